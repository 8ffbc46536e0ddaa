"""The landing page's own parts: `{digit-run}`, a digit on its way through the trained network, and
`{in-three-figures}`, why one may trust the course. Each number is read where it was found.
"""

import json
import re
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from chapters import chapter_files
from claims import parse_claims
from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

SHOWN: Final = 3
"""The digit that is shown until another is asked for."""


class DigitRun(SphinxDirective):
    """A digit, ten maps of each stage, ten probabilities: tiles of one picture.

    `python -m models.export_landing` makes the picture and the probabilities.
    """

    def run(self) -> list[nodes.Node]:
        file = Path(self.env.srcdir, "book/_static/landing/digits.json")
        self.env.note_dependency(str(file))
        own = self.env.app.builder.get_relative_uri(self.env.docname, "book/digit")
        html = _digit_run(json.loads(file.read_text(encoding="utf-8")), own)
        only = "builder_html or builder_dirhtml"
        return [addnodes.only("", nodes.raw("", html, format="html"), expr=only)]


def _digit_run(found: dict[str, Any], own: str) -> str:
    """Return the HTML for what was found; `own` is the address where one draws a digit oneself."""
    left, stages = 28, []
    for number, side in enumerate(found["sides"], 1):
        tiles = "".join(_tile(left + map_ * side, side) for map_ in range(10))
        left += 10 * side
        words = f"stage {number}: maps of {side} × {side}"
        stages.append(
            f'<figure><div class="run-maps">{tiles}</div><figcaption>{words}</figcaption>'
        )
    probabilities = found["probabilities"]
    bars = "".join(
        f'<li><span>{digit}</span><span class="run-bar"><span style="--p:{p}"></span></span></li>'
        for digit, p in enumerate(probabilities[SHOWN])
    )
    buttons = "".join(
        f'<button type="button" aria-pressed="{str(digit == SHOWN).lower()}">{digit}</button>'
        for digit in range(10)
    )
    p = probabilities[SHOWN][SHOWN]
    return (
        f'<div class="digit-run" style="--digit:{SHOWN};--width:{left}"'
        f' data-probabilities="{escape(json.dumps(probabilities))}">\n'
        f'<div class="run-stages" role="img" aria-label="A handwritten {SHOWN}, the feature maps it'
        f' becomes in the three stages of a convolutional network, and the ten probabilities.">'
        f"<figure>{_tile(0, 28)}<figcaption>28 × 28 pixels</figcaption></figure>"
        f'{"</figure>".join(stages)}</figure><ol aria-hidden="true">{bars}</ol></div>\n'
        f'<div class="run-choice" hidden role="group" aria-label="Digit of the test set">{buttons}'
        f'</div>\n<p><span role="status">The network says {SHOWN}, {100 * p:.1f}%.</span>'
        f' <a href="{own}">Draw one of your own</a></p>\n</div>'
    )


def _tile(left: int, side: int) -> str:
    return f'<i style="--left:{left};--side:{side}"></i>'


class InThreeFigures(SphinxDirective):
    """What was said and what is true, what was judged, and what the network of the course does."""

    def run(self) -> list[nodes.Node]:
        root = Path(self.env.srcdir)
        files = chapter_files(root)
        results = root / "models/results.json"
        for file in (*files, results):
            self.env.note_dependency(str(file))
        notebooks = [json.loads(file.read_text(encoding="utf-8")) for file in files]
        claims = [claim for each in notebooks for claim in parse_claims(each)[0]]
        faulty = sum(claim.verdicts != ("correct",) for claim in claims)
        said, true = parameters(notebooks[1])
        found = json.loads(results.read_text(encoding="utf-8"))
        errors = round((1 - found["mean_accuracy"]) * found["images"])
        chapters = [f"/{file.relative_to(root).as_posix()}" for file in files]
        lines = [
            f"- **{true}** parameters, where a common answer counts {said}: "
            f"[recount them]({chapters[1]}#claim-q2-c06)",
            f"- **{faulty} of {len(claims)}** claims wrong, imprecise or incomplete: "
            f"[check each](/book/corrected.md)",
            f"- **{errors} errors** in {found['images']:,} digits, by a network trained on two "
            f"processor cores: [train it]({chapters[8]})",
        ]
        parsed = nodes.Element()
        self.state.nested_parse(StringList(lines, source=self.env.docname), 0, parsed)
        for child in parsed.findall(nodes.bullet_list):
            child["classes"].append("three-figures")
        children: list[nodes.Node] = parsed.children
        return children


def parameters(notebook: dict[str, Any]) -> tuple[str, str]:
    """Return the parameters that were claimed, and those there are: what claim Q2-C06 quotes, and
    what its cell puts out.

    Raises ValueError if one of them is not found.
    """
    for cell, proof in pairwise(notebook["cells"]):
        text = "".join(cell["source"])
        if text.startswith("### Claim Q2-C06"):
            output = "".join(line for each in proof["outputs"] for line in each.get("text", []))
            said = re.search(r"= (\d+)”", text)
            true = re.search(r"parameters of the network: ([\d,]+)", output)
            if said and true:
                return f"{int(said[1]):,}", true[1]
    raise ValueError("question 2 has no claim Q2-C06 with two numbers of parameters")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("digit-run", DigitRun)
    app.add_directive("in-three-figures", InThreeFigures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
