"""The checks of the exercises: folded on the website, each below the answer that it checks."""

import json
from pathlib import Path

import pytest
from chapters import chapter_files

from tests.site.browsing import CHAPTERS, ROOT, parsed, skip_without_chromium

skip_without_chromium()


BOTH = list(zip(CHAPTERS, chapter_files(ROOT), strict=True))


@pytest.mark.parametrize(("document", "path"), BOTH)
def test_each_check_is_folded_under_its_name_and_no_answer_is(
    html: Path, document: str, path: Path
) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    marks = {"".join(cell["source"]).strip(): cell["metadata"].get("nbgrader") for cell in cells}
    page = parsed(html / f"{document}.html")
    checks = 0
    for block in page.select("div.cell_input pre"):
        mark = marks[block.get_text().strip()] or {"grade": False, "solution": False}
        fold = block.find_parent(class_="hide")
        if mark["grade"] and not mark["solution"]:
            assert fold is not None
            words = [each.get_text() for each in fold.select("summary > p")]
            assert words == ["The check", "The check"]  # closed, and open
            checks += 1
        elif mark["solution"]:
            assert fold is None
    assert checks > 0
