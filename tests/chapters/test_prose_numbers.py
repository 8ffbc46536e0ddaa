"""No number stands in a chapter's prose that no cell computes or takes as given."""

import io
import re
import tokenize

from nbformat import NotebookNode

# Not numbers of ours: what others wrote, names, and citations.
NOT_OURS = [
    re.compile(r"^>.*$", re.MULTILINE),  # a quoted claim
    re.compile(r"\{cite[^}]*\}`[^`]*`"),
    re.compile(r"\bQ\d+-C\d+\b"),  # a claim's name
    re.compile(r"\bconv\d\b"),  # a layer's name
    re.compile(r"</?[a-z][^>]*>"),  # HTML tags
    re.compile(r"\b(19|20)\d\d\b(?!,)"),  # a year
]
NUMBER = re.compile(r"\d+(?:(?:,|\{,\})\d{3})*(?:\.\d+)?")
COUNTING = 10  # up to here a numeral counts things or numbers them, as in "3 × 3" or "Exercise 2"


def numbers(text: str) -> set[str]:
    """Return the numbers in `text`, written alike: "903{,}400" and "903_400" -> "903400"."""
    text = re.sub(r"(?<=\d)_(?=\d)", "", text)
    return {re.sub(r"[,{}]", "", found) for found in NUMBER.findall(text)}


def prose(notebook: NotebookNode) -> str:
    """Return the Markdown of the notebook and its figures' alternative texts."""
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    texts += [
        cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "") for cell in notebook.cells
    ]
    text = "\n".join(texts)
    for pattern in NOT_OURS:
        text = pattern.sub(" ", text)
    return text


def computed(notebook: NotebookNode) -> set[str]:
    """Return the numbers that the code takes as given or prints."""
    found: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        found |= numbers(cell.source)
        for output in cell.outputs:
            data = output.get("data", {})
            found |= numbers(output.get("text", ""))
            found |= numbers(data.get("text/markdown", "") + data.get("text/plain", ""))
    return found


def literals(code: str) -> set[str]:
    """Return the numbers that stand in the code itself, not in its comments and strings."""
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    return set().union(
        *(numbers(token.string) for token in tokens if token.type == tokenize.NUMBER)
    )


def typed_in(notebook: NotebookNode) -> set[str]:
    """Return the numbers of the prose that nothing in the notebook computes."""
    ours = {number for number in numbers(prose(notebook)) if float(number) > COUNTING}
    return ours - computed(notebook)


def test_every_number_in_prose_is_computed(source: NotebookNode) -> None:
    assert typed_in(source) == set()


def test_a_number_typed_into_the_prose_is_found(source: NotebookNode) -> None:
    source.cells[0].source += "\nThe network has 1,096,700 parameters."
    assert typed_in(source) == {"1096700"}
