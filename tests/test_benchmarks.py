"""The benchmarks' tables and chart are of what was measured, and otter gets the same questions."""

import ast
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from autograder.notebook import notebooks
from benchmarks import chart, check, measured, otter, ways
from models.markdown import fill
from tests.support import tiny_course


def test_the_readme_shows_what_was_measured() -> None:
    """Else run `python -m benchmarks.chart`."""
    text = (chart.HERE / "README.md").read_text(encoding="utf-8")
    assert fill(text, chart.places(measured.read())) == text


def test_the_chart_shows_what_was_measured(tmp_path: Path) -> None:
    """Else run `python -m benchmarks.chart`."""
    for path in chart.save(chart.ratios(measured.read()), tmp_path):
        assert path.read_bytes() == (chart.HERE / path.name).read_bytes()


def test_a_ratio_is_by_our_time_with_one_job(tmp_path: Path) -> None:
    found = {
        "grading": {
            "seconds": {
                ways.STOCK: {"first": 30.0, "class": 90.0, "further": 20.0},
                chart.ONE_JOB: {"first": 10.0, "class": 15.0, "further": 0.5},
            }
        },
        "check": {
            "seconds": {
                "q2": {
                    check.STOCK: {"wall": 9.0, "processor": 9.0},
                    check.OTTER: {"wall": 12.0, "processor": 9.0},
                    check.OURS: {"wall": 3.0, "processor": 3.0},
                }
            }
        },
    }
    ratios = chart.ratios(found)
    assert ratios == {
        "one submission": {"nbgrader": 3.0},  # otter-grader was left out
        "the class": {"nbgrader": 6.0},
        "each further one": {"nbgrader": 40.0},
        "a check of q2": {"nbgrader": 3.0, "otter-grader": 4.0},
    }
    for path in chart.save(ratios, tmp_path):
        words = {"".join(each.itertext()).strip() for each in ET.parse(path).iter()}  # noqa: S314
        assert {"a check of q2", "40.0", "otter-grader"} <= words
    assert "each further one: nbgrader 40.0;" in chart.picture(ratios)


def test_otter_gets_the_same_questions(tmp_path: Path) -> None:
    cells = [
        notebooks.code_cell("import numpy as np", {}),
        tiny_course.graded("def double(number):\n    return 2 * number", "double"),
        tiny_course.graded('assert double(2) == 4, "it\'s \\"4\\""', "double-test", 1),
    ]
    notebook = notebooks.notebook(cells)
    start, lesson, answer, test = otter.in_its_form(notebook).cells
    assert start.source == otter.START
    assert [lesson.source, answer.source] == [cells[0].source, cells[1].source]
    assert test.source == "grader.check('double-test')"
    assert cells[2].source.startswith("assert")  # the original stays
    otter.write_tests(notebook, tmp_path / "tests")
    (path,) = (tmp_path / "tests").iterdir()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    values = {
        each.targets[0].id: each.value.value
        for each in tree.body
        if isinstance(each, ast.Assign)
        and isinstance(each.targets[0], ast.Name)
        and isinstance(each.value, ast.Constant)
    }
    assert (path.stem, values["name"], values["points"]) == ("double-test", "double-test", 1.0)
    with pytest.raises(AssertionError, match="it's"):
        exec(values["SOURCE"], {"double": lambda _: 5})  # type: ignore[arg-type]  # noqa: S102
