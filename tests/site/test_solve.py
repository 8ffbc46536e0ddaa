"""Exercises solved on the page: which ones, with what, and from wrong to right."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import in_browser
import nbformat
import oldest_python
import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from solve import LOADED, Exercise, in_words, read_exercises

from autograder import checks
from autograder.authoring.bank import Answer, hand_in, read_bank
from autograder.notebook.relied_on import libraries, relied_on
from tests.site.accessibility import violations
from tests.site.browsing import (
    CHAPTERS,
    NARROW,
    ROOT,
    WIDE,
    Record,
    Site,
    look,
    parsed,
    recorded,
    skip_without_chromium,
)
from tests.site.playing import cells

skip_without_chromium()

SOLVE = ROOT / "book" / "_static" / "solve"
CHAPTER = "notebooks/q2/parameters-and-memory"
EXERCISE = "conv-parameters"
NO_BIAS = """def conv_parameters(kernel, channels, filters, use_bias=True):
    if not isinstance(kernel, tuple):
        kernel = kernel, kernel
    return kernel[0] * kernel[1] * channels * filters"""
RIGHT = NO_BIAS.replace("channels * filters", "channels * filters + use_bias * filters")
PASSED = "Exercise 1: the visible checks pass.\n"
LONG = 60_000  # milliseconds: Python starts on a machine that is busy with other tests


@cache
def exercises(chapter: str) -> list[Exercise]:
    """The exercises of a chapter's released notebook."""
    text = (ROOT / f"{chapter}.ipynb").read_text("utf-8")
    return list(read_exercises(json.loads(text)))


def bank(chapter: str) -> list[Answer]:
    """Answers to what can be solved on the page that need no library: one for each hint."""
    code = [cell for cell in cells(f"{chapter}.ipynb") if cell["cell_type"] == "code"]
    texts = ["".join(cell["source"]) for cell in code]
    names = [cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in code]
    here = {exercise.name for exercise in exercises(chapter) if not exercise.libraries}

    def needs_none(answer: Answer) -> bool:
        place = names.index(answer.exercise)
        given = [*texts[:place], answer.source]
        return not libraries([*relied_on(given, [place]), answer.source])

    answers = {
        (answer.exercise, answer.hint): answer
        for answer in read_bank(ROOT / "solutions" / chapter.split("/")[1] / "answers")
        if answer.exercise in here and answer.kind in ("right", "wrong") and needs_none(answer)
    }
    return list(answers.values())


def checked(chapter: str, answer: Answer) -> dict[str, object]:
    """What becomes of an answer in this Python, which has NumPy."""
    notebook = (ROOT / f"{chapter}.ipynb").read_text("utf-8")
    given = {answer.exercise: answer.source}
    verdict: dict[str, object] = json.loads(
        in_browser.check(notebook, answer.exercise, given, lambda _: None)
    )
    return verdict


def on_the_page(page: Page, tasks: Sequence[tuple[str, str, str]]) -> list[dict[str, object]]:
    """What becomes of answers in the page's Python: for each a chapter, its exercise, its text."""
    address = page.url.removesuffix(f"/{CHAPTER}.html")
    verdicts: list[dict[str, object]] = page.evaluate(
        """async ([runner, tasks]) => {
            const { check } = await import(runner);
            const found = [];
            for (const task of tasks) found.push(await check(task, () => {}, () => {}));
            return found;
        }""",
        [
            f"{address}/_static/solve/runner.js",
            [
                {
                    "notebook": f"{address}/_sources/{chapter}.ipynb",
                    "exercise": exercise,
                    "answers": {exercise: answer},
                }
                for chapter, exercise, answer in tasks
            ],
        ],
    )
    return verdicts


def own_requests(record: Record) -> set[str]:
    """What was asked for of this."""
    paths = [urlsplit(url).path for url in record.requests]
    return {path.partition("/_static/solve/")[2] for path in paths if "/_static/solve/" in path}


# ---- What comes with the repository, and what is on the pages ----


def test_python_is_the_packages_own_and_its_licence_is_there() -> None:
    folder = SOLVE / "python"
    sums = dict(line.split()[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    there = {path.name for path in folder.iterdir()} - {"SHA256SUMS", "LICENCES.txt"}
    assert set(sums) == there
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, name
    lock = json.loads((ROOT / "book" / "solve" / "package-lock.json").read_text())
    version = json.loads((folder / "package.json").read_text())["version"]
    assert lock["packages"]["node_modules/pyodide"]["version"] == version
    licences = (folder / "LICENCES.txt").read_text("utf-8")
    assert f"Pyodide {version}" in licences
    linked = licences.partition("\nWhat was linked")[2].partition("\nThe two scripts")[0]
    named = dict(re.findall(r"^(\S.*?) ((?:\d+\.)+\d+) ", linked, re.MULTILINE))
    assert {"zlib", "bzip2", "SQLite", "Expat"} <= set(named)
    content = (folder / "pyodide.asm.wasm").read_bytes()
    assert [name for name, number in named.items() if number.encode() not in content] == []


def test_what_checks_on_the_page_are_the_graders_own_files(html: Path) -> None:
    with ZipFile(html / "_static" / "solve" / "grader.zip") as archive:
        names = archive.namelist()
        for name in names:
            is_ours = "/" not in name and name.endswith(".py")
            file = ROOT / ("book/solve" if is_ours else "") / name
            assert archive.read(name) == file.read_bytes(), name
        assert {name.split("/")[0] for name in archive.namelist()} == {
            "autograder",
            "hints.toml",
            "in_browser.py",
            "oldest_python.py",
        }


def test_many_exercises_of_many_chapters_are_there() -> None:
    here = {
        chapter: sum(not exercise.libraries for exercise in exercises(chapter))
        for chapter in CHAPTERS
    }
    assert sum(here.values()) >= 15
    assert sum(count > 0 for count in here.values()) >= 5


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_exercise_has_its_offer_or_says_what_it_needs(html: Path, chapter: str) -> None:
    page = parsed(html / f"{chapter}.html")
    size = sum((SOLVE / "python" / name).stat().st_size for name in LOADED)
    said = []
    for offer in page.select(".solve, .solve-elsewhere"):
        section = offer.find_parent("section", id=re.compile("^exercise-"))
        assert section
        heading = section.find("h3")
        assert heading
        title = heading.get_text().rstrip("#")
        if offer.name == "p":
            said.append((title, offer.get_text()))
        else:
            assert offer["data-size"] == f"{size / 1e6:.1f}"
            assert offer["aria-label"] == title
            said.append((title, str(offer["data-exercise"])))
    assert said == [
        (
            each.heading.replace("`", ""),
            f"Needs {in_words(each.libraries)}: solve it in the notebook."
            if each.libraries
            else each.name,
        )
        for each in exercises(chapter)
    ]


def test_the_table_on_how_to_study_lists_them_all(html: Path) -> None:
    page = parsed(html / "book" / "study.html")
    section = page.select_one("#solve-on-this-website")
    assert section
    rows = [[cell.select("a") for cell in row.select("td")] for row in section.select("tbody tr")]
    for (_, here, elsewhere), chapter in zip(rows, CHAPTERS, strict=True):
        there = exercises(chapter)
        for links, are_here in ((here, True), (elsewhere, False)):
            names = [link.get_text() for link in links]
            wanted = [each.heading for each in there if are_here == (not each.libraries)]
            assert names == [each.split(": ", 1)[1].replace("`", "") for each in wanted]


# ---- One exercise, on its page ----


@pytest.fixture
def reading(site: Site, browser: Browser) -> Iterator[Record]:
    """A chapter, opened by somebody who has solved nothing yet, and whose Python never comes."""
    with recorded(browser, WIDE) as found:
        found.page.route(
            "**/worker.js", lambda route: route.fulfill(body="", content_type="text/javascript")
        )
        found.page.goto(site.page(CHAPTER))
        yield found
        assert found.complaints == []


@pytest.fixture(scope="module")
def running(site: Site, browser: Browser) -> Iterator[Record]:
    """A chapter with its Python, which takes seconds to start: the tests below share it."""
    with recorded(browser, WIDE) as found:
        found.page.goto(site.page(CHAPTER))
        opened(found.page)
        yield found
        assert found.complaints == []


def part(page: Page, exercise: str = EXERCISE) -> Locator:
    """An exercise's part of the page."""
    return page.locator(f"section.solve[data-exercise={exercise}]")


def opened(page: Page, button: str = "Solve it here") -> Locator:
    """The field, after the click."""
    part(page).get_by_role("button", name=button).click()
    field = part(page).get_by_role("textbox", name="Your answer, in Python")
    expect(field).to_be_focused(timeout=LONG)
    return field


def run(page: Page, answer: str) -> Locator:
    """Put an answer into the field and run it; return what is said of it."""
    part(page).get_by_role("textbox").fill(answer)
    part(page).get_by_role("button", name="Run and check").click()
    return part(page).get_by_role("status")


def in_jupyter(answer: str) -> str:
    """What a notebook shows below the check of a wrong answer."""
    code = ["".join(cell["source"]) for cell in cells(f"{CHAPTER}.ipynb")]
    check = next(text for text in code if text.count("checks.calls(conv_parameters"))
    names: dict[str, object] = {"checks": checks}
    exec(answer, names)  # noqa: S102  (this file's)
    checks._failed.clear()  # as at the first try
    with pytest.raises(checks.WrongAnswer) as wrong:
        exec(check, names)  # noqa: S102  (the course's own)
    return " ".join(wrong.value._render_traceback_())


def test_before_the_click_nothing_of_it_is_loaded(reading: Record) -> None:
    expect(part(reading.page).get_by_role("button", name="Solve it here")).to_be_visible()
    reading.page.wait_for_load_state("networkidle")
    assert own_requests(reading) == {"offer.css", "offer.js"}
    assert sum((SOLVE / name).stat().st_size for name in ("offer.css", "offer.js")) < 3_000


def test_a_reload_keeps_the_work_until_one_starts_again(reading: Record) -> None:
    page = reading.page
    field = opened(page)
    stub = field.input_value()
    assert "raise NotImplementedError()" in stub
    field.fill(NO_BIAS)
    page.reload()
    field = opened(page, "Go on here")
    assert field.input_value() == NO_BIAS
    again = part(page).get_by_role("button", name="Start again")
    again.click()
    assert field.input_value() == stub
    page.keyboard.press("Control+z")
    assert field.input_value() == NO_BIAS
    again.click()
    page.reload()
    assert opened(page).input_value() == stub


def test_the_notebook_is_the_released_one_with_the_answer_in_it(
    reading: Record, tmp_path: Path
) -> None:
    page = reading.page
    opened(page).fill(RIGHT)
    with page.expect_download() as download:
        part(page).get_by_role("button", name="Take it to the notebook").click()
    assert download.value.suggested_filename == f"{Path(CHAPTER).name}.ipynb"
    taken = tmp_path / "taken.ipynb"
    download.value.save_as(taken)
    released = nbformat.read(ROOT / f"{CHAPTER}.ipynb", 4)
    nbformat.write(hand_in(released, {EXERCISE: RIGHT}), tmp_path / "as-jupyter-saves-it.ipynb")
    assert taken.read_bytes() == (tmp_path / "as-jupyter-saves-it.ipynb").read_bytes()


def test_what_the_browser_does_not_keep_is_said_once_and_used(
    reading: Record, tmp_path: Path
) -> None:
    page = reading.page
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    opened(page).fill(NO_BIAS)
    said = part(page).get_by_role("status")
    expect(said).to_contain_text("Your browser does not keep what you write")
    said.evaluate("status => { status.textContent = 'as it was'; }")
    page.keyboard.type("\n")
    third = part(page, "network-parameters")
    third.get_by_role("button").click()
    third.get_by_role("textbox").fill("print()")
    with page.expect_download() as download:
        third.get_by_role("button", name="Take it to the notebook").click()
    assert said.inner_text() == "as it was"
    download.value.save_as(tmp_path / "taken.ipynb")
    taken = [cell.source for cell in nbformat.read(tmp_path / "taken.ipynb", 4).cells]
    assert part(page).get_by_role("textbox").input_value() in taken
    assert "print()" in taken


def test_what_another_tab_writes_is_not_overwritten(reading: Record) -> None:
    page = reading.page
    opened(page).fill("here")
    with page.context.expect_page() as opening:
        page.evaluate("address => void open(address)", page.url)
    opening.value.route("**/worker.js", lambda route: route.abort())
    opened(opening.value, "Go on here").fill("there")
    opening.value.close()
    expect(part(page).get_by_role("textbox")).to_have_value("there")
    expect(part(page).locator("pre")).to_have_text("there\n")
    part(page).get_by_role("textbox").press("End")
    page.keyboard.type(" and here")
    page.reload()
    assert opened(page, "Go on here").input_value() == "there and here"


def test_on_paper_there_is_the_answer_and_nothing_to_press(reading: Record) -> None:
    page = reading.page
    opened(page).fill(NO_BIAS)
    page.emulate_media(media="print")
    assert part(page).locator("pre").inner_text().strip() == NO_BIAS
    for kind in ("button", "textarea", ".solve-keys"):
        for each in part(page).locator(kind).all():
            expect(each).to_be_hidden()
    expect(part(page, "output-shape").get_by_role("button")).to_be_hidden()


def test_python_that_does_not_arrive_is_said_and_tried_again(
    site: Site, browser: Browser, tmp_path: Path
) -> None:
    wasm = SOLVE / "python" / "pyodide.asm.wasm"
    beginning = tmp_path / wasm.name
    beginning.write_bytes(wasm.read_bytes()[:5_000])
    nothing = tmp_path / "404"
    nothing.write_text("no such page", encoding="utf-8")
    ways: list[tuple[int, str, Path]] = [
        (404, "text/html", nothing),
        (200, "application/wasm", beginning),
        (200, "application/octet-stream", wasm),  # a host need not know the type
    ]

    def send(route: Route) -> None:
        status, kind, content = ways.pop(0)
        route.fulfill(status=status, content_type=kind, path=content)

    with recorded(browser, WIDE) as found:
        found.page.route("**/pyodide.asm.wasm", send)
        found.page.goto(site.page(CHAPTER))
        opened(found.page)
        said = run(found.page, RIGHT)
        expect(said).to_contain_text("pyodide.asm.wasm: 404. Try again?", timeout=LONG)
        said = run(found.page, RIGHT)
        expect(said).to_contain_text("WebAssembly.instantiateStreaming()", timeout=LONG)
        expect(run(found.page, RIGHT)).to_have_text("Right.", timeout=LONG)


def test_from_wrong_to_right(running: Record) -> None:
    page = running.page
    said = run(page, NO_BIAS)
    expect(said).to_have_text(in_jupyter(NO_BIAS), timeout=LONG)
    assert "[no-bias]" in said.inner_text()

    said = run(page, f"{RIGHT}\n\nprint('so many')\nconv_parameters(3, 3, 8)")
    expect(said).to_have_text("Right.")
    printed = part(page).get_by_role("region", name="What it printed")
    assert printed.text_content() == f"so many\n224\n{PASSED}"

    # An error comes with the reader's own lines, and no others.
    said = run(page, "def conv_parameters(*sizes):\n    first = sizes[7]\n    return first")
    expect(said).to_contain_text("In your code, line 2: first = sizes[7]")
    expect(said).to_contain_text("[index-past-the-end]")
    said = run(page, "def conv_parameters(:\n    pass")
    expect(said).to_contain_text("SyntaxError")
    expect(said).to_contain_text("In your code, line 1: def conv_parameters(:")
    said = run(page, "import numpy as np")
    expect(said).to_contain_text("This page has no numpy. Take your answer to the notebook")
    own = page.url.partition("/notebooks")[0]
    assert [url for url in running.requests if not url.startswith(own)] == []


def test_an_answer_may_use_another_one_and_what_the_chapter_defines(running: Record) -> None:
    page = running.page
    part(page).get_by_role("textbox").fill(RIGHT)
    # This one is no Python yet, and nothing relies on it.
    part(page, "output-shape").get_by_role("button").click()
    part(page, "output-shape").get_by_role("textbox").fill("def output_shape(")
    third = part(page, "network-parameters")
    third.get_by_role("button").click()
    third.get_by_role("textbox").fill(
        """def network_parameters(channels, layers):
    total = 0
    for layer in layers:
        total += conv_parameters(layer["kernel"], channels, layer["filters"])
        channels = layer["filters"]
    return total

network_parameters(3, NETWORK)"""
    )
    third.get_by_role("button", name="Run and check").click()
    expect(third.get_by_role("status")).to_have_text("Right.", timeout=LONG)
    printed = third.get_by_role("region", name="What it printed")
    assert printed.text_content() == "903400\nExercise 3: the visible checks pass.\n"


def test_the_field_by_keyboard(running: Record) -> None:
    page = running.page
    field = part(page).get_by_role("textbox")
    field.fill("")
    page.keyboard.type("for:\nif:\nx")
    assert field.input_value() == "for:\n    if:\n        x"
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.type("y")
    assert field.input_value() == "for:\n    if:\n    y"
    page.keyboard.press("Shift+Tab")
    assert field.input_value() == "for:\n    if:\ny"
    page.keyboard.press("Tab")
    assert field.input_value() == "for:\n    if:\ny   "
    page.keyboard.press("Control+a")
    page.keyboard.press("Tab")
    assert field.input_value() == "    for:\n        if:\n    y   "
    field.fill("\tfor:")  # pasted
    page.keyboard.type("\nx")
    assert field.input_value() == "\tfor:\n\t    x"
    page.keyboard.press("Shift+Tab")
    assert field.input_value() == "\tfor:\n    x"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(part(page).get_by_role("button", name="Run and check")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(field).to_be_focused()
    field.fill(RIGHT)
    page.keyboard.press("Shift+Enter")
    expect(part(page).get_by_role("status")).to_have_text("Right.", timeout=LONG)
    expect(field).to_be_focused()


@pytest.mark.parametrize(("width", "mode"), [(WIDE, "light"), (NARROW, "dark")])
def test_axe_finds_nothing_and_nothing_is_too_wide(running: Record, width: int, mode: str) -> None:
    page = running.page
    look(page, width, mode)
    long_line = f"{RIGHT}\nprint('{'long ' * 40}')\nraise ValueError"
    expect(run(page, long_line)).to_contain_text("ValueError", timeout=LONG)
    assert violations(page, ".solve") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for button in part(page).get_by_role("button").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44


HINTED = RIGHT.replace("filters, use_bias", "filters: {}, use_bias")
NEWER = [
    "type Size = int",
    "def first[T](values: T): pass",
    "try:\n    pass\nexcept ValueError, TypeError:\n    pass",
    't"{3}"',
    'f"{dict(a=1)["a"]}"',
    r"""f'{"\n".join("ab")}'""",
    'f"{1  # one\n}"',
    'f"{\n1}"',
    'f"{f"{1}"}"',
    """f"{f'{1}""'}" """,
]
UNDEFINED = [
    HINTED.format("Unknown"),
    RIGHT.replace("True):", "True) -> Unknown:"),
    f"class Size:\n    width: Unknown = 3\n{RIGHT}",
    f"class Size:\n    async def of(self, *sizes: Unknown): pass\n{RIGHT}",
    f"def outer():\n    def inner(*, size: Unknown): pass\n\nouter()\n{RIGHT}",
    f"size: Unknown = 3\n{RIGHT}",
]
AS_EVER = [
    HINTED.format("int | None"),
    "from __future__ import annotations\n" + HINTED.format("Unknown"),
    f"def own():\n    count: Unknown = 3\n    return count\n\nown()\n{RIGHT}",
    r"""print(f"{'a'!r:>{4}} {{}} \n {dict(a=1)['a']}", '# {')""" + f"\n{RIGHT}",
    f"print(f'''{{'b'}}\n{{1\n}}''')\n{RIGHT}",
    f"display(3)\n{RIGHT}",
    # What looks its main module up.
    "from __future__ import annotations\nfrom dataclasses import KW_ONLY, dataclass\n\n@dataclass\n"
    f"class Size:\n    height: int\n    _: KW_ONLY\n    width: int = 3\n\nSize(4)\n{RIGHT}",
    "import doctest\n\ndef one():\n    '''\n    >>> one()\n    1\n    '''\n    return 1\n\n"
    f"assert doctest.testmod().attempted == 1\n{RIGHT}",
]


def test_what_is_right_here_is_right_in_each_python_of_the_course(running: Record) -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert needed.startswith(f">={'.'.join(map(str, oldest_python.OLDEST))},")
    newer = [f"{text}\n{RIGHT}" for text in NEWER]
    texts = [*newer, *UNDEFINED, *AS_EVER]
    there = on_the_page(running.page, [(CHAPTER, EXERCISE, text) for text in texts])
    for text, verdict in zip(texts, there, strict=True):
        here = checked(CHAPTER, Answer(EXERCISE, "", "right", None, text))
        assert verdict["kind"] == here["kind"] == ("right" if text in AS_EVER else "stopped"), text
        if text in newer:
            assert str(verdict["said"]).startswith("SyntaxError: ")
        else:
            assert verdict == here
    assert "other quotation marks" in str(there[NEWER.index('f"{dict(a=1)["a"]}"')]["said"])


def test_every_answer_gets_the_words_that_it_gets_in_jupyter(running: Record) -> None:
    tasks = [(chapter, answer) for chapter in CHAPTERS for answer in bank(chapter)]
    solved = {(chapter, answer.exercise) for chapter, answer in tasks if answer.kind == "right"}
    mistaken = {(chapter, answer.exercise) for chapter, answer in tasks if answer.kind == "wrong"}
    everything = {
        (chapter, each.name)
        for chapter in CHAPTERS
        for each in exercises(chapter)
        if not each.libraries
    }
    assert solved == mistaken == everything
    given = [(chapter, answer.exercise, answer.source) for chapter, answer in tasks]
    verdicts = on_the_page(running.page, given)
    for (chapter, answer), verdict in zip(tasks, verdicts, strict=True):
        assert verdict == checked(chapter, answer), (chapter, answer.exercise, answer.title)


def test_code_says_nothing_in_the_name_of_the_checks(running: Record) -> None:
    page = running.page
    forged: list[object] = [
        None,
        "<b>",
        {"verdict": {"kind": "right"}},
        {"failed": "<b>"},
        {"printed": {}},
    ]
    sent = [f"js.postMessage(js.JSON.parse({json.dumps(each)!r}))\n" for each in forged]
    late = "js.setInterval(js.eval('() => postMessage({printed: \"late\"})'), 1)\n"
    said = run(page, f"import js\n{''.join(sent)}{late}print('<img src=x>')\n{NO_BIAS}")
    expect(said).to_contain_text("[no-bias]", timeout=LONG)
    printed = part(page).get_by_role("region", name="What it printed")
    assert printed.text_content() == "<img src=x>\n"
    expect(run(page, RIGHT)).to_have_text("Right.")
    assert printed.text_content() == PASSED
    expect(run(page, "raise ValueError('<b>x</b>')")).to_contain_text("ValueError: <b>x</b>")
    assert part(page).locator("b, img").count() == 0


# The last of those that share the page: it ends Python.
def test_an_endless_loop_is_stopped_by_hand_and_by_the_clock(running: Record) -> None:
    page = running.page
    said = run(page, f"import builtins\nbuiltins.print = None\n{RIGHT}")
    expect(said).to_have_text("TypeError: 'NoneType' object is not callable", timeout=LONG)
    part(page).get_by_role("button", name="Start again").click()
    expect(said).to_contain_text("Python starts anew")
    expect(run(page, RIGHT)).to_have_text("Right.", timeout=LONG)

    said = run(page, "while True:\n    pass")
    expect(said).to_have_text("Running …", timeout=LONG)
    part(page).get_by_role("button", name="Stop").click()
    expect(said).to_have_text("Stopped.")
    expect(part(page).get_by_role("button", name="Run and check")).to_be_focused()
    other = part(page, "prediction-memory")
    other.get_by_role("button", name="Solve it here").click()
    page.clock.install()  # here a clock goes faster when told to, and no loop runs for long
    said = run(page, "while True:\n    print('on and on')")
    expect(said).to_have_text("Running …", timeout=LONG)
    page.clock.fast_forward(4_000)
    other.get_by_role("button", name="Run and check").click()
    expect(other.get_by_role("status")).to_contain_text("Another answer on this page is being run")
    printed = part(page).get_by_role("region", name="What it printed")
    expect(printed).to_contain_text("… and more.", timeout=LONG)  # it goes on, and says no more
    page.clock.fast_forward(1_000)
    expect(said).to_have_text("Stopped after 5 seconds. Is there a loop that never ends?")
    assert "on and on" in (printed.text_content() or "")
    assert len(printed.text_content() or "") < 11_000


def test_from_a_folder_one_is_told_what_to_do(html: Path, browser: Browser) -> None:
    with recorded(browser, WIDE) as found:
        found.page.goto((html / f"{CHAPTER}.html").as_uri())
        part(found.page).get_by_role("button").click()
        expect(part(found.page).get_by_role("status")).to_contain_text("python3 -m http.server")
        assert found.complaints == []


def test_without_javascript_there_is_no_offer(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.page(CHAPTER))
    expect(part(page)).to_be_hidden()
    context.close()


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (f"%matplotlib inline\n{RIGHT}", "stopped", "Lines that begin with % or !"),
        (f"!pip install numpy\n{RIGHT}", "stopped", "Lines that begin with % or !"),
        (
            "def conv_parameters(*sizes):\n    return int(input('how many? '))",
            "wrong",
            "input() cannot be answered here",
        ),
        (f"x = (5\n % )\n{RIGHT}", "stopped", "SyntaxError: invalid syntax"),
        (f"?print\n{RIGHT}", "stopped", "or ask with ?"),
        (f"math.sqrt??\n{RIGHT}", "stopped", "or ask with ?"),
        (f"x = (5  # why?\n{RIGHT}", "stopped", "SyntaxError: '(' was never closed"),
        (f"await 3\n{RIGHT}", "stopped", "`await` outside a function is for the notebook"),
        ("def conv_parameters(*sizes):\n    import no_such_module", "elsewhere", "no_such_module"),
        ("import no_such_module", "elsewhere", "no_such_module"),
    ],
)
def test_what_only_a_notebook_can_is_said(answer: str, kind: str, said: str) -> None:
    notebook = (ROOT / f"{CHAPTER}.ipynb").read_text(encoding="utf-8")
    told = json.loads(
        in_browser.check(notebook, "conv-parameters", {"conv-parameters": answer}, print)
    )
    assert told["kind"] == kind
    assert said in told["said"]


@pytest.mark.parametrize("line", ["return 1", "break", "def f(a, a): pass", "nonlocal n"])
def test_what_the_compiler_alone_finds_has_its_line(line: str) -> None:
    notebook = (ROOT / f"{CHAPTER}.ipynb").read_text(encoding="utf-8")
    told = json.loads(in_browser.check(notebook, EXERCISE, {EXERCISE: f"n = 1\n{line}"}, print))
    assert told["said"].startswith("SyntaxError: ")
    assert told["lines"][0] == f"line 2: {line}"


@pytest.mark.parametrize(
    ("code", "sent"),
    [
        ("for _ in range(9): print(end='')", []),
        ("print('x' * 9_999)", ["x" * 9_999, "\n"]),
        ("print('x' * 10_000)\nprint('y')", ["x" * 10_000, "\n… and more.\n"]),
    ],
)
def test_output_has_a_limit_that_is_said_once(code: str, sent: list[str]) -> None:
    notebook = (ROOT / f"{CHAPTER}.ipynb").read_text(encoding="utf-8")
    printed: list[str] = []
    in_browser.check(notebook, EXERCISE, {EXERCISE: code}, printed.append)
    assert printed == sent


def test_a_long_error_is_cut_and_one_from_above_is_not_taken_for_ones_own() -> None:
    notebook = (ROOT / f"{CHAPTER}.ipynb").read_text(encoding="utf-8")
    told = json.loads(
        in_browser.check(notebook, EXERCISE, {EXERCISE: "raise ValueError('x' * 9_999)"}, print)
    )
    assert len(told["said"]) < 1_100
    answers = {EXERCISE: "kernels = 1 / 0", "output-shape": "kernels"}
    told = json.loads(in_browser.check(notebook, "output-shape", answers, print))
    assert told == {
        "kind": "stopped",
        "said": f"ZeroDivisionError: division by zero\n{in_browser.FROM_ABOVE}",
        "lines": [],
    }
