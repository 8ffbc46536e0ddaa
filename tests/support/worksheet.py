"""A course as other teachers have them: two data-science worksheets, with nbgrader's own settings.

A table, a picture and a module lie beside the notebook; the other assignment has files of the same
names. There are plots, AUTOTEST lines, hidden tests, and an answer that is marked by hand.
"""

import copy
import json
import shutil
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.notebook import notebooks

CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'weather'\n"
ASSIGNMENT, NOTEBOOK = "rain", "worksheet"
RECIPES = files("nbgrader") / "docs/source/user_guide/autotests.yml"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63"
    "64f8cf50070003860180a5d4e2f80000000049454e44ae426082"
)
TABLE = """\
town,month,rain,days
Bergen,1,255,21
Bergen,7,148,17
Lima,1,1,1
Lima,7,3,2
Pune,1,2,1
Pune,7,187,21
"""
HELPERS = '''\
def wet(frame, limit=100):
    """Return the rows with more rain than `limit`."""
    return frame[frame.rain > limit]
'''

KIND = {"test": (True, False), "answer": (False, True), "by hand": (True, True)}


def _cell(kind: str, name: str, source: str, points: float = 0, text: bool = False) -> NotebookNode:
    grade, solution = KIND[kind]
    mark: dict[str, Any] = {"grade_id": name, "grade": grade, "solution": solution, "task": False}
    mark |= {"locked": kind == "test", "schema_version": 3}
    mark |= {"points": points} if grade else {}
    metadata = {"nbgrader": mark}
    if text:
        return cast(NotebookNode, new_markdown_cell(source, metadata=metadata, id=name))
    return cast(NotebookNode, new_code_cell(source, metadata=metadata, id=name))


def source() -> NotebookNode:
    """Return the teacher's notebook of the worksheet."""
    cells = [
        new_markdown_cell("# Rain\n\n![A map of the towns](map.png)", id="title"),
        new_code_cell(
            "import pandas as pd\nimport matplotlib.pyplot as plt\nfrom helpers import wet",
            id="setup",
        ),
        _cell(
            "answer",
            "load",
            'weather = None\n### BEGIN SOLUTION\nweather = pd.read_csv("weather.csv")\n'
            "### END SOLUTION",
        ),
        _cell(
            "test",
            "loaded",
            "assert isinstance(weather, pd.DataFrame)\n### AUTOTEST weather.shape\n"
            "### HASHED AUTOTEST int(weather.rain.sum())",
            2,
        ),
        _cell(
            "answer",
            "mean_rain",
            "def mean_rain(frame):\n"
            '    """Return the mean rain of each town."""\n'
            '    ### BEGIN SOLUTION\n    return frame.groupby("town").rain.mean()\n'
            "    ### END SOLUTION",
        ),
        _cell(
            "test",
            "mean_rain_test",
            'assert set(mean_rain(weather).index) == {"Bergen", "Lima", "Pune"}\n'
            "### BEGIN HIDDEN TESTS\n"
            'other = pd.DataFrame({"town": ["a", "a", "b"], "rain": [1.0, 3.0, 7.0]})\n'
            'pd.testing.assert_series_equal(mean_rain(other), other.groupby("town").rain.mean())\n'
            "### END HIDDEN TESTS",
            3,
        ),
        _cell(
            "answer",
            "plot",
            "### BEGIN SOLUTION\nfigure, axes = plt.subplots()\n"
            'axes.bar(weather.town[::2], weather.rain[::2])\naxes.set_ylabel("mm")\n'
            "### END SOLUTION",
        ),
        _cell(
            "test",
            "plot_test",
            'assert axes.get_ylabel() == "mm"\n### BEGIN HIDDEN TESTS\n'
            "assert len(axes.patches) == 3\nassert axes.patches[0].get_height() == 255\n"
            "### END HIDDEN TESTS\n'Well done!'",
            2,
        ),
        _cell(
            "answer",
            "wettest",
            'wettest = ""\n### BEGIN SOLUTION\nwettest = "Bergen"\n### END SOLUTION',
        ),
        _cell(
            "test",
            "wettest_test",
            "### HASHED AUTOTEST wettest\nassert wettest in set(wet(weather).town)",
            1,
        ),
        _cell("by hand", "why", "Westerly winds meet mountains.", 2, text=True),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return cast(NotebookNode, new_notebook(cells=cells, metadata={"kernelspec": kernel}))


ANSWERS: dict[str, dict[str, str]] = {  # by student, what takes the place of the solution
    "reference": {},
    "another-way": {
        "load": 'with open("weather.csv") as file:\n    weather = pd.read_csv(file)',
        "mean_rain": "def mean_rain(frame):\n"
        '    return frame[["town", "rain"]].groupby("town")["rain"].mean()',
    },
    "part-of-the-table": {"load": 'weather = pd.read_csv("weather.csv").head(3)'},
    "typed-in": {
        "mean_rain": "def mean_rain(frame):\n"
        '    return pd.Series({"Bergen": 201.5, "Lima": 2.0, "Pune": 94.5}, name="rain")'
    },
    "warns": {
        "mean_rain": "import sys\ndef mean_rain(frame):\n"
        '    print("be careful", file=sys.stderr)\n    return frame.groupby("town").rain.mean()'
    },
    "no-plot": {"plot": "# I did not get to it"},
    "no-label": {"plot": "figure, axes = plt.subplots()\naxes.bar(weather.town, weather.rain)"},
    "guessed": {"wettest": 'wettest = "Pune"', "why": "It is at the sea."},
    "syntax": {"load": "weather = pd.read_csv("},
    "list": {
        "mean_rain": 'def mean_rain(frame):\n    return list(frame.groupby("town").rain.mean())'
    },
}


def make_course(folder: Path) -> Path:
    """Write the course: the worksheet, and an assignment with files of the same names."""
    for name, table, helpers in (
        (ASSIGNMENT, TABLE, HELPERS),
        ("sun", "town,hours\nLima,1230\n", "LIMIT = 2_000\n"),
    ):
        own = folder / "source" / name
        own.mkdir(parents=True)
        (own / "weather.csv").write_text(table, encoding="utf-8")
        (own / "helpers.py").write_text(helpers, encoding="utf-8")
        (own / "map.png").write_bytes(PIXEL)
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    shutil.copy(str(RECIPES), folder / "autotests.yml")
    write(folder / "source/rain/worksheet.ipynb", source())
    write(folder / "source/sun/worksheet.ipynb", other())
    return folder


def other() -> NotebookNode:
    """Return the notebook of the assignment whose files have the same names as the worksheet's."""
    cells = [
        new_code_cell("import pandas as pd\nfrom helpers import LIMIT", id="setup"),
        _cell(
            "answer",
            "hours",
            'def hours(town):\n    ### BEGIN SOLUTION\n    table = pd.read_csv("weather.csv")\n'
            '    return int(table.set_index("town").hours[town])\n    ### END SOLUTION',
        ),
        _cell("test", "hours_test", 'assert hours("Lima") == 1230 < LIMIT', 1),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return cast(NotebookNode, new_notebook(cells=cells, metadata={"kernelspec": kernel}))


def answered(released: NotebookNode, teachers: NotebookNode, **answers: str) -> NotebookNode:
    """Return a released notebook with the teacher's solutions, or what `answers` has instead."""
    right = {cell.id: cell.source for cell in teachers.cells}
    notebook = copy.deepcopy(released)
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("solution"):
            text = (right | answers)[mark["grade_id"]]
            cell.source = "\n".join(line for line in text.split("\n") if "### " not in line)
    return notebook


def hand_in(course: Path, submitted: Path, students: Mapping[str, Mapping[str, str]]) -> None:
    """Write submissions of the worksheet, once it is released: with its files, as handed out."""
    released = course / "release" / ASSIGNMENT
    for student, answers in students.items():
        folder = submitted / student / ASSIGNMENT
        shutil.copytree(released, folder)
        notebook = answered(notebooks.read(released / "worksheet.ipynb"), source(), **answers)
        write(folder / "worksheet.ipynb", notebook)


def write(path: Path, notebook: NotebookNode) -> None:
    """Write a notebook's file."""
    path.write_text(json.dumps(notebook), encoding="utf-8")
