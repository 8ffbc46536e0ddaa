"""No hidden test reaches a student or a reader, and a solution only in the part for solutions."""

import base64
import html as entities
import json
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.site.browsing import DOCUMENTS, ROOT, parsed

KINDS = ("SOLUTION", "HIDDEN TESTS")
SECRET = re.compile(
    rf"^[ \t]*### BEGIN ({'|'.join(KINDS)})\n(.*?)^[ \t]*### END \1", re.MULTILINE | re.DOTALL
)
PICTURE = re.compile("[A-Za-z0-9+/=]{1000,}")  # in a notebook, as text: most of it
WORD = re.compile(r"\w+")
SHORTEST = 12  # shorter lines, such as `return total`, give nothing away
SOURCES = sorted(ROOT.glob("solutions/*/*.ipynb"))
# The lines in a content, by its kind, its hash and the lines that were looked for: the site has
# many a file twice, and so have the tests.
SEEN: dict[tuple[str, bytes, frozenset[str]], set[str]] = {}


def read(path: Path) -> dict[str, Any]:
    """A notebook as its JSON says it, which is all that a scanner needs."""
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def secret_lines(sources: Iterable[str], kinds: Collection[str] = KINDS) -> set[str]:
    """The lines in an instructor's cells that only secret parts of these kinds have."""
    cells = list(sources)
    parts = [found for text in cells for found in SECRET.findall(text)]
    # Public is what the cells show outside of them. (What the student's notebook shows cannot
    # decide it: a leak would make itself public.)
    shown = [SECRET.sub("", text) for text in cells]
    public = "\n".join(shown + [part for kind, part in parts if kind not in kinds])
    secret = [line.strip() for kind, part in parts if kind in kinds for line in part.splitlines()]
    return {line for line in secret if len(line) >= SHORTEST and line not in public}


def cells_of(path: Path) -> list[str]:
    """The texts of a notebook's cells."""
    return ["".join(cell["source"]) for cell in read(path)["cells"]]


def texts(file: Path) -> Iterator[str]:
    """What a reader could find in a file: its text, and what that encodes."""
    raw = file.read_bytes().decode("utf-8", errors="ignore")
    if file.suffix == ".ipynb":
        raw = PICTURE.sub("", raw)
        yield "\n".join(_strings(json.loads(raw)))
    yield raw
    if file.suffix == ".html":
        yield parsed(file).get_text()  # code without its colours
        yield entities.unescape(raw)  # attributes
        for said in re.findall(r'data-feedback="([^"]+)"', raw):  # what a quiz has to say
            yield from _strings(json.loads(base64.b64decode(said)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings([*value.keys(), *value.values()])
    elif isinstance(value, list):
        for entry in value:
            yield from _strings(entry)


def lines_in(text: str, wanted: Mapping[str, Collection[str]]) -> set[str]:
    """Those of the wanted lines that occur in a text; with each line come its inner words.

    Where the line occurs, its inner words do, as whole words. To look them up is quick, and most
    lines need not be looked for.
    """
    words = set(WORD.findall(text))
    return {line for line, inner in wanted.items() if words.issuperset(inner) and line in text}


def leaks(secrets: Iterable[str], files: Iterable[Path]) -> list[str]:
    """Where the secret lines occur: "file: line"."""
    wanted = {line: WORD.findall(line)[1:-1] for line in secrets}
    lines = frozenset(wanted)
    found = []
    for file in files:
        content = file.suffix, sha256(file.read_bytes()).digest(), lines
        if content not in SEEN:
            SEEN[content] = {line for text in texts(file) for line in lines_in(text, wanted)}
        found += [f"{file}: {line}" for line in SEEN[content]]
    return found


def published(html: Path) -> list[Path]:
    """The files that readers and students get, but for what the theme brings along."""
    site = (
        file for file in html.rglob("*") if file.is_file() and html / "_static" not in file.parents
    )
    return [*site, *ROOT.glob("notebooks/**/*.ipynb")]


def solution_pages(html: Path) -> set[Path]:
    """The pages of the site that are there to show solutions."""
    return set((html / "book" / "solutions").glob("*.html"))


@pytest.fixture(scope="module")
def secrets() -> set[str]:
    """The secret lines of all chapters; what another chapter shows is no secret of this one."""
    return secret_lines(text for path in SOURCES for text in cells_of(path))


@pytest.fixture(scope="module")
def hidden_tests() -> set[str]:
    """The secret lines that no solution has."""
    return secret_lines((text for path in SOURCES for text in cells_of(path)), ["HIDDEN TESTS"])


def test_nothing_published_has_a_secret_line(html: Path, secrets: set[str]) -> None:
    files = set(published(html)) - solution_pages(html)
    assert {".html", ".ipynb", ".js"} <= {file.suffix for file in files}
    assert leaks(secrets, files) == []


def test_the_solutions_have_no_hidden_test(
    html: Path, secrets: set[str], hidden_tests: set[str]
) -> None:
    pages = solution_pages(html)
    # A course that grades takes the part out.
    assert len(pages) == (len(SOURCES) if "book/solutions" in DOCUMENTS else 0)
    assert leaks(hidden_tests, pages) == []
    # All the other secret lines are there: the pages do show solutions, and the scanner sees them.
    shown = {leak.partition(": ")[2] for leak in leaks(secrets, pages)}
    assert shown == (secrets - hidden_tests if pages else set())


def test_no_answer_bank_is_published(html: Path) -> None:
    banks = [file for path in SOURCES for file in path.parent.glob("answers/*") if file.is_file()]
    assert banks
    contents = {file.read_bytes() for file in banks}
    names = {file.name for file in banks}
    everything = [file for file in html.rglob("*") if file.is_file()]
    everything += [file for file in (ROOT / "notebooks").rglob("*") if file.is_file()]
    assert [f for f in everything if f.name in names or f.read_bytes() in contents] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_every_chapter_has_secrets_to_keep(source: Path, secrets: set[str]) -> None:
    assert secret_lines(cells_of(source)) & secrets


def test_what_is_shown_elsewhere_is_no_secret() -> None:
    cells = [
        "def area(width, height):\n    ### BEGIN SOLUTION\n    import numpy as np\n"
        "    return width * height\n    ### END SOLUTION\n",
        "import numpy as np  # arrays\nassert area(2, 3) == 6\n### BEGIN HIDDEN TESTS\n"
        "assert area(5, 7) == 35\n### END HIDDEN TESTS",
    ]
    assert secret_lines(cells) == {"return width * height", "assert area(5, 7) == 35"}
    assert secret_lines(cells, ["HIDDEN TESTS"]) == {"assert area(5, 7) == 35"}


@pytest.mark.parametrize(
    "place", ["cell", "output", "metadata", "page", "attribute", "quiz", "search"]
)
def test_the_scanner_sees_a_planted_line(
    html: Path, secrets: set[str], tmp_path: Path, place: str
) -> None:
    released = ROOT / "notebooks" / SOURCES[0].relative_to(ROOT / "solutions")
    document = html / released.relative_to(ROOT).with_suffix(".html")
    # The line that is hardest to find: JSON and HTML write all of these signs in another way.
    line = max(sorted(secrets), key=lambda text: sum(map(text.count, "\"'<>&")))

    notebook = read(released)
    planted = {
        "cell": {"source": [f"if True:\n    {line}"]},
        "output": {"outputs": [{"output_type": "stream", "text": [f"{line}\n"]}]},
        "metadata": {"metadata": {"teacher": {"note": line}}},
    }
    notebook["cells"].append(planted.get(place, {}))
    (tmp_path / "n.ipynb").write_text(json.dumps(notebook), encoding="utf-8")

    page = document.read_text(encoding="utf-8")
    if place == "page":
        words = " ".join(f"<span>{entities.escape(word)}</span>" for word in line.split(" "))
        page = page.replace("</article>", f"<pre>{words}</pre></article>")
    elif place == "attribute":
        page = page.replace("<article", f'<article data-x="{entities.escape(line)}"', 1)
    elif place == "quiz":
        said = base64.b64encode(json.dumps([{"right": True, "html": line}]).encode()).decode()
        page = page.replace("<article", f'<article data-feedback="{said}"', 1)
    (tmp_path / "page.html").write_text(page, encoding="utf-8")

    shutil.copy(html / "searchindex.js", tmp_path)
    if place == "search":
        with (tmp_path / "searchindex.js").open("a", encoding="utf-8") as index:
            index.write(f"// {line}")

    # Another secret line may be a part of the planted one.
    parts = sorted(secret for secret in secrets if secret in line)
    expected = {"cell": "n.ipynb", "output": "n.ipynb", "metadata": "n.ipynb"} | {
        "page": "page.html",
        "attribute": "page.html",
        "quiz": "page.html",
        "search": "searchindex.js",
    }
    assert sorted(leaks(secrets, tmp_path.iterdir())) == [
        f"{tmp_path / expected[place]}: {part}" for part in parts
    ]
