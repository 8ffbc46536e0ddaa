"""What a student gets back: nbgrader's feedback page, made safe to hand out.

It holds the exercises only. Hidden tests are not in it, no value from them, nothing that
runs and nothing from another host: what students' code displayed is made harmless, and the
page's content security policy forbids the rest.
"""

import base64
import copy
import functools
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nbgrader
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]

from autograder.checks import hints
from autograder.notebook import cells, headings, markup, notebooks, pictures
from autograder.notebook.sections import Section
from autograder.results import marks
from autograder.results.gradebook import RecordedScore
from autograder.results.graded import Graded
from autograder.results.hint_wording import for_student, public
from autograder.results.laid_out import laid_out
from autograder.results.status import MEANING, Status
from autograder.results.verdict import Exercise, Result

LEFT_OUT = {
    "name": "stdout",
    "text": "From here on, this page leaves out what your own cells show: checks that are not "
    "shown had run before them.",
}
HIDDEN_NOTE = "# (here run checks that are not shown)"
_ALT = {"alt": "A picture that this cell displayed."}
MAX_TEXT = 5_000  # characters of one output

_DARK_CODE = HtmlFormatter(style="github-dark", nobackground=True).get_style_defs(".highlight")
_TEMPLATES = Path(nbgrader.__file__).parent / "server_extensions/formgrader"
_SHOWN = re.compile(r"""(!\[[^\]]*\]\(|<img\b[^>]*\bsrc=["'])([^\s"')]+)""")
_PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
_CELL_FILE = re.compile(r"\((?:\d+\.py|<ipython-input-[\w-]+>), line (\d+)\)")


@functools.lru_cache(maxsize=1_000)
def _coloured(source: str) -> str:
    """Return code as HTML; a whole class has most cells in common."""
    return str(Highlight2HTML(pygments_lexer="ipython3")(source))


@functools.cache
def _exporter() -> HTMLExporter:
    """Return nbgrader's exporter with our template, which is compiled once."""
    exporter = HTMLExporter(
        template_name="feedback",
        template_file=str(files("autograder.results").joinpath("feedback.html.j2")),
        extra_template_basedirs=[str(_TEMPLATES / "templates")],
        optimistic_validation=True,  # once, not after each of twelve preprocessors
    )
    exporter.register_filter("highlight_code", lambda source, **_: _coloured(source))
    exporter.register_filter("harmless", lambda html: markup.harmless(html) or "")
    return exporter


def page(
    name: str,
    result: Result,
    recorded: RecordedScore,
    executed: NotebookNode | None,
    beside: Mapping[str, Path] = {},
    explained: Mapping[str, Section] = {},
) -> str:
    """Return the page of one submission as HTML, with the gradebook's points and comments.

    `name` is the notebook's; `executed` is the notebook as graded, or None if there was
    nothing to execute. `beside` are the teacher's files beside it, by their names: pictures
    that its text shows are in the page. `explained` has for exercises, by name, the section of
    the chapter that a mistake is pointed to.
    """
    titles = {} if executed is None else headings.titles(executed)
    shown = notebooks.notebook([]) if executed is None else handed_back(executed, result)
    for cell in shown.cells:
        is_students = cells.is_solution(cell) or cells.is_extra(cell)
        if cell.cell_type == "markdown" and not is_students:
            cell.source = _with_pictures(cell.source, beside)
    _write_marks(shown, recorded)
    graded = Graded(result, recorded)
    status, exercises = graded.status_for_student, graded.counted.exercises
    if executed is None and not any(each.by_hand for each in exercises):
        exercises = ()  # the reason says it all
    resources: dict[str, Any] = {
        "nbgrader": {
            "notebook": name,
            "assignment": result.assignment,
            "student": result.shown,
            "exercises": [_row(each, titles, explained) for each in exercises],
            "status": status,
            "status_words": _in_a_sentence(status, exercises),
            "is_final": MEANING[status].final,
            "reason": _clean(result.reason) if executed is None else "",
            "dark_code": _DARK_CODE,
            "score": recorded.score,
            "max_score": recorded.max_score,
            "late_penalty": recorded.penalty,
        }
    }
    # Not HTMLExporter's own: it would parse the finished page once more, to give pictures a
    # text, which they have; that takes longer than all the rest.
    html, _ = TemplateExporter.from_notebook_node(_exporter(), shown, resources)
    return str(html)


def _with_pictures(text: str, beside: Mapping[str, Path]) -> str:
    """Return Markdown of the teacher's in which pictures beside the notebook are spelled out."""

    def spelled_out(found: re.Match[str]) -> str:
        path = beside.get(unquote(found[2]).removeprefix("./"))
        kind = None if path is None else _PICTURES.get(path.suffix.lower())
        if path is None or kind is None:
            return found[0]
        return f"{found[1]}data:{kind};base64,{_base64(path, path.stat().st_mtime_ns)}"

    return _SHOWN.sub(spelled_out, text)


@functools.lru_cache(maxsize=100)
def _base64(path: Path, _version: int) -> str:
    return base64.b64encode(path.read_bytes()).decode()


def _in_a_sentence(status: Status, exercises: Sequence[Exercise]) -> str:
    """Return what became of the work as a whole."""
    if status != "partial":
        return MEANING[status].student
    right = sum(each.passed for each in exercises)
    one = "is right as a whole" if not right else "is right" if right == 1 else "are right"
    return f"{right or 'None'} of the {len(exercises)} exercises {one}."


def _row(
    exercise: Exercise, titles: Mapping[str, str], explained: Mapping[str, Section]
) -> dict[str, Any]:
    """Return an exercise's line in the table on top; its points are none if nobody gave them.

    `words` say what to do, or that there is nothing to do; `seen` is what the check saw,
    `section` where a mistake is explained.
    """
    all_wait = all(each.kind == "waiting" for each in exercise.verdicts)
    points = "–" if all_wait else f"{round(exercise.points, 2):g}"
    seen, words = "", marks.words(exercise)
    hint = hints().get(exercise.code or "", {}).get("hint", "")
    if hint and hint in words:
        seen, _, rest = words.partition(hint)
        words = hint + rest
        for how in map(marks.sentence, (marks.BY_HAND, marks.TO_MARK)):
            if seen.startswith(how):
                seen, words = seen.removeprefix(how), f"{how} {words}"
    state = _state(exercise)
    return {
        "name": titles.get(exercise.name, exercise.name),
        "anchor": exercise.verdicts[0].grade_id,
        "points": f"{points} of {round(exercise.max_points, 2):g}",
        "state": state,
        "words": _clean(words),
        "seen": laid_out(_clean(seen.strip())),
        "section": explained.get(exercise.name) if state in {"part", "wrong"} else None,
    }


def _state(exercise: Exercise) -> str:
    """Return what its mark in the table shows: right, in part, wrong, or not known yet."""
    if exercise.waits:
        return "open"
    if exercise.passed:
        return "right"
    return "part" if exercise.points > 0 else "wrong"


def _write_marks(notebook: NotebookNode, recorded: RecordedScore) -> None:
    """Put scores and comments into the cells' metadata, where nbgrader's template has them."""
    for cell in notebook.cells:
        name = cells.grade_id(cell)
        if name in recorded.marks:
            mark, shown = recorded.marks[name], cell.metadata.nbgrader
            shown["score"], shown["points"] = mark.points, mark.max_points
            shown["waits"] = mark.waits
            shown["how"] = marks.TO_MARK if mark.waits else marks.BY_HAND if mark.by_hand else ""
        if name in recorded.comments:
            cell.metadata.nbgrader["comment"] = recorded.comments[name]


def handed_back(executed: NotebookNode, result: Result) -> NotebookNode:
    """Return the part of an executed notebook that its student may see.

    Kept are each exercise's text, answer and visible checks, and cells the student added.
    The student's code meets hidden values when hidden tests call it, and could tell them
    later, by what it prints or by how it stops: so of its cells after the first hidden test
    nothing is shown but their text.
    """
    verdicts = {each.grade_id: each for each in result.verdicts}
    kept: list[NotebookNode] = []
    text: list[NotebookNode] = []  # the markdown just before the current cell
    met_hidden = said = False
    for original in executed.cells:
        cell = copy.deepcopy(original)
        is_lesson = not cells.grade_id(cell) and not cells.is_extra(cell)
        if cell.cell_type == "markdown" and is_lesson:
            text.append(cell)
            continue
        if cells.grade_id(cell) or cells.is_extra(cell):
            if cells.grade_id(cell):
                kept += text
            if cells.is_test(cell):
                met_hidden = met_hidden or verdicts[cells.grade_id(cell)].met_hidden
                cell.source = cells.without_hidden_tests(cell.source, HIDDEN_NOTE)
                cell.outputs = [_told(for_student(verdicts[cells.grade_id(cell)]))]
            elif cell.cell_type == "code" and met_hidden:
                cell.outputs = [] if said else [notebooks.output("stream", **LEFT_OUT)]
                said = True
            elif cell.cell_type == "code":
                shown = (_safe_output(output) for output in cell.outputs)
                cell.outputs = [output for output in shown if output is not None]
            cell.source = _clean(cell.source)
            kept.append(cell)
        text = []
    for number, cell in enumerate(kept, start=1):
        cell.id = str(number)  # a random one would make the same page another one each time
    return notebooks.notebook(kept)


def _told(message: str) -> NotebookNode:
    """Return the output of a test cell: one sentence, whether it passed or not."""
    if not message:
        return notebooks.output("stream", name="stdout", text="All checks pass.")
    message = laid_out(_clean(message))
    return notebooks.output("error", ename="", evalue="", traceback=[message])


def _safe_output(output: NotebookNode) -> NotebookNode | None:
    """Return an output of the student's own cell as text, table or picture, or None."""
    kind = output.get("output_type")
    if kind == "error":
        line = _own_error(str(output.get("ename", "")), str(output.get("evalue", "")))
        return notebooks.output("error", ename="", evalue="", traceback=[line])
    if kind == "stream":
        return notebooks.output("stream", name="stdout", text=_clean(str(output.get("text", ""))))
    data = output.get("data", {})
    safe = pictures.still(data)
    if isinstance(data.get("text/plain"), str):
        safe["text/plain"] = _clean(data["text/plain"])
    if isinstance(data.get("text/html"), str):
        html = markup.harmless(markup.plain(data["text/html"]))
        if html is not None:
            safe["text/html"] = html
    return notebooks.output("display_data", data=safe, metadata=_ALT) if safe else None


def _own_error(ename: str, evalue: str) -> str:
    """Return one line about an error of the student's own cell."""
    if ename == "CellTimeoutError":
        return "This cell ran too long and was stopped."
    told = _CELL_FILE.sub(r"(line \1)", evalue)
    name = public(ename)
    return _clean(f"{name}: {told}" if told else name)


def _clean(text: str) -> str:
    """Return text without terminal escapes and control characters, and not endless."""
    text = markup.plain(text)
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + " …"
