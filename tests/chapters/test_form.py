"""Every chapter has the parts that a reader, a student and a teacher count on."""

import ast
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.authoring.bank import read_bank
from autograder.checks import hints
from autograder.notebook.cells import exercise_of
from autograder.notebook.course import Course
from autograder.notebook.sections import explaining

PARTS = [
    "## What you will be able to do",
    "## Commit first",
    "## What a common answer gets wrong",
    "## Exercises",
    "## Quiz",
    "## Summary",
    "## Further reading",
]


def markdown(notebook: NotebookNode) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def graded(notebook: NotebookNode, role: str) -> list[NotebookNode]:
    """Return the cells that nbgrader knows as "grade" (tests) or "solution"."""
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get(role)]


def test_the_parts_come_in_order(source: NotebookNode) -> None:
    text = markdown(source)
    places = [text.find(f"\n{part}\n") for part in PARTS]
    assert -1 not in places
    assert places == sorted(places)


def test_every_objective_is_practised_twice(source: NotebookNode) -> None:
    text = markdown(source)
    section = text.split("## What you will be able to do")[1].split("**You need:**")[0]
    objectives = set(re.findall(r"^(\d)\. ", section, re.MULTILINE))
    practised = [
        number
        for phrase in re.findall(r"objectives? ((?:\d(?:, | and )?)+)", text)
        for number in re.findall(r"\d", phrase)
    ]
    assert len(objectives) >= 3
    assert {number for number in objectives if practised.count(number) >= 2} == objectives


def test_ten_points_in_four_to_six_exercises(source: NotebookNode) -> None:
    tests = graded(source, "grade")
    assert sum(cell.metadata["nbgrader"]["points"] for cell in tests) == 10
    assert 4 <= len(graded(source, "solution")) <= 6
    announced = re.findall(r"^\*(\d) points?\.", markdown(source), re.MULTILINE)
    assert sum(map(int, announced)) == 10


def test_every_exercise_has_a_test_with_hidden_parts(source: NotebookNode) -> None:
    exercises = {cell.metadata["nbgrader"]["grade_id"] for cell in graded(source, "solution")}
    tests = {cell.metadata["nbgrader"]["grade_id"]: cell for cell in graded(source, "grade")}
    assert {f"{exercise}-test" for exercise in exercises} <= set(tests)
    for cell in tests.values():
        assert "### BEGIN HIDDEN TESTS" in cell.source


def test_every_exercise_has_a_section_that_explains_it(
    course: Course, name: str, source: NotebookNode
) -> None:
    told = explaining(course, name, course.source(name).stem)
    assert set(told) == {
        exercise_of(cell.metadata.nbgrader.grade_id) for cell in graded(source, "grade")
    }
    lesson = markdown(source).partition("\n## Exercises\n")[0]
    headings = re.findall(r"^##+ (.+)$", lesson, re.MULTILINE)
    missing = {section.heading for section in told.values()} - set(headings)
    assert missing == set(), "solutions/sections.toml names headings that the chapter has not"


def test_the_bank_is_large_enough(course: Course, name: str, source: NotebookNode) -> None:
    bank = read_bank(course.source(name).parent / "answers")
    exercises = {cell.metadata["nbgrader"]["grade_id"] for cell in graded(source, "solution")}
    assert {answer.exercise for answer in bank} == exercises
    for exercise in exercises:
        kinds = [answer.kind for answer in bank if answer.exercise == exercise]
        assert kinds.count("wrong") >= 8, exercise
        assert kinds.count("right") >= 3, exercise
        assert kinds.count("crash") + kinds.count("stop") >= 1, exercise


def test_stored_outputs_are_of_one_clean_run(source: NotebookNode) -> None:
    code = [cell for cell in source.cells if cell.cell_type == "code" and cell.source.strip()]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        for output in cell.outputs:
            assert output.output_type != "error", cell.source
            assert output.get("name") != "stderr", cell.source


def test_every_figure_has_a_text_that_states_a_number(source: NotebookNode) -> None:
    figures = [
        cell
        for cell in source.cells
        if any("image/png" in output.get("data", {}) for output in cell.get("outputs", []))
    ]
    assert figures
    for cell in figures:
        alt = cell.metadata["mystnb"]["image"]["alt"]
        assert len(alt) >= 60
        assert re.search(r"\d", alt)


def test_quiz_options_name_known_mistakes(source: NotebookNode) -> None:
    quiz = markdown(source).split("## Quiz")[1].split("## Summary")[0]
    questions = re.split(r"^\*\*\d+\. ", quiz, flags=re.MULTILINE)[1:]
    assert len(questions) >= 5
    for question in questions:
        options = re.findall(r"<summary>.*?</summary>\s*(.*?)\s*</details>", question, re.DOTALL)
        right = [text for text in options if text.startswith("Right")]
        codes = [re.findall(r"`\[([a-z-]+)\]`", text) for text in options if text not in right]
        assert len(right) == 1, question
        assert codes, question
        assert all(len(code) == 1 and code[0] in hints() for code in codes), question


def test_a_chapter_names_no_file_outside_the_project(course: Course, name: str) -> None:
    text = course.source(name).read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.])/(home|root|work|tmp|Users)/", text)


@pytest.fixture(scope="session")
def used_codes(course: Course) -> set[str]:
    """The codes that occur in the checks themselves, in the diagnosis or in a chapter."""
    files = [Path("autograder/checks.py"), *Path("autograder/diagnosis").glob("*.py")]
    texts = [file.read_text(encoding="utf-8") for file in files]
    for name in course.names():
        notebook = nbformat.read(course.source(name), as_version=4)
        texts += [cell.source for cell in graded(notebook, "grade")]
    return set(re.findall(r'"([a-z]+(?:-[a-z0-9]+)*)"', "\n".join(texts)))


def test_every_mistake_that_a_check_knows_has_a_hint(source: NotebookNode) -> None:
    for cell in graded(source, "grade"):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Dict):
                keys = {each.value for each in node.keys if isinstance(each, ast.Constant)}
                codes = {key for key in keys if isinstance(key, str) and "-" in key}
                assert codes <= set(hints()), cell.source


def test_no_hint_is_left_over(used_codes: set[str]) -> None:
    assert set(hints()) <= used_codes
