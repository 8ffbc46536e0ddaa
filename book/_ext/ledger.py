"""`{ledger}`: the table of every claim the chapters judge, read from their notebooks.

The tables name their question and the rows their verdicts in classes. With these the page's script
filters the claims and counts what is left; without it, the tables are all there is.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from chapters import chapter_files
from claim_lines import badge
from claims import Claim, Problem, count_verdicts, parse_claims
from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)


class Ledger(SphinxDirective):
    """A filter, the count of claims by verdict, then one table of claims per chapter.

    A claim that lacks its form is a warning that names file and claim, and so fails the build.
    """

    def run(self) -> list[nodes.Node]:
        root = Path(self.env.srcdir)
        tables: list[nodes.Node] = []
        questions: dict[str, int] = {}
        everything: list[Claim] = []
        for path in chapter_files(root):
            self.env.note_dependency(str(path))
            file = path.relative_to(root).as_posix()
            claims, problems = parse_claims(json.loads(path.read_text(encoding="utf-8")))
            foreign = [c for c in claims if not c.id.startswith(f"{path.parent.name.upper()}-")]
            problems += [Problem(c.id, f"does not belong to {path.parent.name}") for c in foreign]
            for problem in problems:
                logger.warning("%s: %s", file, problem, type="ledger", location=self.get_location())
            everything += claims
            questions[path.parent.name] = len(claims)
            table = self._claims(file, claims)
            table["classes"].append(f"question-{path.parent.name}")
            tables.append(table)
        return [_filter(questions, count_verdicts(everything)), self._counts(everything), *tables]

    def _counts(self, claims: Sequence[Claim]) -> nodes.table:
        counted = [(verdict, str(n)) for verdict, n in count_verdicts(claims).items()]
        table = self._table(
            "Claims by verdict",
            ("Verdict", "Claims"),
            [*counted, ("all claims", str(len(claims)))],
            widths=(60, 40),
        )
        table["classes"].append("counts")
        return table

    def _claims(self, file: str, claims: Sequence[Claim]) -> nodes.table:
        table = self._table(
            f"[](/{file})",
            ("Claim", "What was said", "Verdict", "What is true"),
            [
                (
                    f"[{c.id}](/{file}#claim-{c.id.lower()})",
                    c.quote,
                    ", ".join(c.verdicts),
                    c.truth.replace("](../", "](/notebooks/"),
                )
                for c in claims
            ],
            widths=(12, 28, 15, 45),
        )
        for row, claim in zip(table.findall(nodes.row), [None, *claims], strict=True):
            if claim:  # the first row is the head
                row["classes"] = [_verdict_class(verdict) for verdict in claim.verdicts]
                row[2][0].clear()
                for verdict in claim.verdicts:
                    row[2][0] += [badge(verdict), nodes.Text(" ")]
        return table

    def _table(
        self,
        caption: str,
        head: Sequence[str],
        body: Sequence[Sequence[str]],
        widths: Sequence[int],
    ) -> nodes.table:
        """A table of Markdown texts whose first column names the rows."""
        columns = [nodes.colspec(colwidth=width) for width in widths]
        columns[0]["stub"] = 1  # <th>: screen readers say it with every cell of the row
        group = nodes.tgroup("", *columns, cols=len(widths))
        group += nodes.thead("", self._row(head))
        group += nodes.tbody("", *(self._row(texts) for texts in body))
        title = nodes.title("", "", *self._markdown(caption)[0].children)
        return nodes.table("", title, group, classes=["ledger"])

    def _row(self, texts: Iterable[str]) -> nodes.row:
        return nodes.row("", *(nodes.entry("", *self._markdown(text)) for text in texts))

    def _markdown(self, text: str) -> list[nodes.Node]:
        parsed = nodes.Element()
        lines = StringList(text.splitlines(), source=self.env.docname)
        self.state.nested_parse(lines, self.content_offset, parsed)
        children: list[nodes.Node] = parsed.children
        return children


def _verdict_class(verdict: str) -> str:
    return f"verdict-{nodes.make_id(verdict)}"


def _filter(questions: Mapping[str, int], verdicts: Mapping[str, int]) -> nodes.Node:
    """Two selections, each with how many claims it leaves, and a search in the rows' words.

    The website's script shows them.
    """
    choices = {
        "question": {name: f"question {name[1:]} ({n})" for name, n in questions.items()},
        "verdict": {nodes.make_id(name): f"{name} ({n})" for name, n in verdicts.items()},
    }
    selections = "".join(
        f'<label>{kind.capitalize()} <select name="{kind}"><option value="">all {kind}s</option>'
        + "".join(f'<option value="{value}">{text}</option>' for value, text in texts.items())
        + "</select></label>\n"
        for kind, texts in choices.items()
    )
    search = '<label>Words <input type="search" name="words"></label>\n'
    html = (
        f'<form class="ledger-filter" hidden>\n{selections}{search}<p role="status"></p>\n</form>'
    )
    only = "builder_html or builder_dirhtml"
    return addnodes.only("", nodes.raw("", html, format="html"), expr=only)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("ledger", Ledger)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
