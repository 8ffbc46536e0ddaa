"""The questions of a chapter's section "Quiz", made into forms that say what each option leads to.

In the notebook, and where there is no JavaScript (on paper, in an e-book), an option is a fold:

    **1. What is asked?** *(objective 1)*

    <details><summary>an option</summary>

    Right: the reason.

    </details>
    <details><summary>another</summary>

    Not yet. What leads there. `[the-mistake]`

    </details>

The right option is the one whose feedback begins with "Right". On the website the feedback is in
the page as base64, so that neither the page's source nor the search gives an answer away.
"""

import base64
import hashlib
import json
import re
from typing import Any, Final

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

SECTION: Final = "Quiz"
IN_NOTEBOOK, ON_SITE = "Open an option to see", "Choose an option and check it to see"
"""How the section's first words say what to do."""

_OPTION = re.compile(r"(?:</details>\s*)?<details>\s*<summary>(.*?)</summary>", re.DOTALL)
_END = "</details>"
_VERDICT = re.compile(r"Right|Nearly|Not yet")


class question(nodes.TextElement):  # type: ignore[misc]  # noqa: N801  (as docutils names nodes)
    """A question: its children are the words that ask; `options` has text (HTML) and feedback."""


class score(nodes.Element):  # type: ignore[misc]  # noqa: N801
    """The place that says how the quiz goes."""


class QuizForms(SphinxPostTransform):
    """Make a form of each question of the quiz, for the website only."""

    builders = ("html", "dirhtml")
    default_priority = 900  # links, citations and formulas in the feedback are ready by then

    def run(self, **kwargs: Any) -> None:
        for section in list(self.document.findall(nodes.section)):
            if section[0].astext() == SECTION:
                self._make_forms(section)

    def _make_forms(self, section: nodes.section) -> None:
        children: list[nodes.Node] = []
        feedback: nodes.Element | None = None
        for child in section.children:
            html = child.astext().strip() if isinstance(child, nodes.raw) else ""
            if opened := _OPTION.fullmatch(html):
                if not (children and isinstance(children[-1], question)):
                    asked = children.pop()
                    children.append(question("", "", *asked.children, options=[]))
                feedback = nodes.container()
                children[-1]["options"].append((opened[1], feedback))
            elif feedback is None:
                children.append(child)
            elif html == _END:
                feedback = None
            else:
                feedback += child
        asked = [child for child in children if isinstance(child, question)]
        for each in asked:
            self._judge(each)
        if asked:
            children.insert(children.index(asked[-1]) + 1, score(chapter=self.env.docname))
        section.children = []
        section += children
        for text in list(section.findall(nodes.Text)):
            if text.startswith(IN_NOTEBOOK):
                text.parent.replace(text, nodes.Text(text.replace(IN_NOTEBOOK, ON_SITE)))

    def _judge(self, asked: question) -> None:
        """Give each option's feedback its verdict, the first words of it, and count the right."""
        verdicts = [_verdict(feedback) for _, feedback in asked["options"]]
        asked["right"] = [verdict == "Right" for verdict in verdicts]
        if sum(asked["right"]) != 1:
            logger.warning(
                "%s: %d options begin with 'Right', not one",
                asked.astext(),
                sum(asked["right"]),
                type="quiz",
                location=self.env.docname,
            )


def _verdict(feedback: nodes.Element) -> str:
    """Set off the words with which the feedback judges; "Not yet" where it goes without them."""
    text = next(iter(feedback.findall(nodes.Text)))
    said = _VERDICT.match(text)
    word = said[0] if said else "Not yet"
    rest = text[said.end() :] if said else f". {text}"
    text.parent.replace(text, [nodes.strong("", word, classes=["quiz-verdict"]), nodes.Text(rest)])
    return word


def visit_question(self: HTML5Translator, node: question) -> None:
    """Open the form; what asks is its legend."""
    # Named by its words: a question that was rewritten is a new one.
    key = hashlib.sha256(node.astext().encode()).hexdigest()[:8]
    self.body.append(f'<form class="quiz" data-question="{key}"><fieldset>\n<legend>')


def depart_question(self: HTML5Translator, node: question) -> None:
    """Write the options, and what is said about them as base64."""
    self.body.append("</legend>\n")
    for number, (text, _) in enumerate(node["options"]):
        self.body.append(
            f'<label><input type="radio" name="option" value="{number}">'
            f"<span>{text}</span></label>\n"
        )
    said = [
        {"right": right, "html": _html(self, feedback)}
        for right, (_, feedback) in zip(node["right"], node["options"], strict=True)
    ]
    encoded = base64.b64encode(json.dumps(said).encode()).decode()
    # Disabled, the button also keeps the Enter key from sending the form where no script runs.
    self.body.append(
        '</fieldset>\n<button type="submit" hidden disabled>Check</button>\n'
        f'<div class="quiz-feedback" aria-live="polite" data-feedback="{encoded}"></div></form>\n'
    )


def _html(translator: HTML5Translator, element: nodes.Element) -> str:
    """What `translator` makes of the children of `element`, written nowhere."""
    before = len(translator.body)
    for child in element.children:
        child.walkabout(translator)
    html = "".join(translator.body[before:])
    del translator.body[before:]
    return html


def visit_score(self: HTML5Translator, node: score) -> None:
    """Write the place for the score, which the script fills, and what there is to read without."""
    self.body.append(
        f'<div class="quiz-score" data-chapter="{self.attval(node["chapter"])}" hidden>'
        '<p></p><button type="button">Forget my answers</button><p role="status"></p></div>\n'
        '<p class="quiz-without-script">Without JavaScript nothing is checked here: the '
        "same questions, with what is to be said about each option, are in this chapter's "
        "notebook.</p>\n"
    )


def depart_score(self: HTML5Translator, node: score) -> None:
    """Do nothing: all of it is written."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform, and how a question is written."""
    app.add_node(question, html=(visit_question, depart_question))
    app.add_node(score, html=(visit_score, depart_score))
    app.add_post_transform(QuizForms)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
