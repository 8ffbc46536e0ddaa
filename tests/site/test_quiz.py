"""The quizzes: what is asked and said is the notebook's, and answering works for everybody."""

import base64
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page, expect
from sphinx.search.en import SearchEnglish

from tests.site.browsing import CHAPTERS, ROOT, WIDE, Site, parsed, recorded, skip_without_chromium

skip_without_chromium()

CHAPTER = "notebooks/q2/parameters-and-memory"


@dataclass(frozen=True)
class Question:
    """A question of a notebook: its number, its options, what is said about each of them."""

    number: str
    options: list[str]
    feedback: list[str]

    @property
    def right(self) -> int:
        """Which option is the right one."""
        return [text.startswith("Right") for text in self.feedback].index(True)

    @property
    def wrong(self) -> int:
        """Which option is the first wrong one."""
        return [text.startswith("Right") for text in self.feedback].index(False)


@cache
def questions(chapter: str) -> list[Question]:
    """The questions of a chapter's quiz, as the notebook has them."""
    cells = json.loads((ROOT / f"{chapter}.ipynb").read_text("utf-8"))["cells"]
    text = "\n\n".join("".join(cell["source"]) for cell in cells)
    quiz = text.split("## Quiz\n")[1].split("## Summary\n")[0]
    _, *parts = re.split(r"^\*\*(\d+)\. ", quiz, flags=re.MULTILINE)
    option = re.compile(r"<summary>(.*?)</summary>\s*(.*?)\s*</details>", re.DOTALL)
    return [
        Question(number, *map(list, zip(*option.findall(part), strict=True)))
        for number, part in zip(parts[::2], parts[1::2], strict=True)
    ]


def plain(text: str) -> str:
    """A text without what Markdown and the site do to its signs."""
    return re.sub(r"[^\w=]+", " ", re.sub(r"\$[^$]*\$|\]\([^)]*\)|</?code>", " ", text)).strip()


@cache
def article_of(html: Path, chapter: str) -> Tag:
    """The text of a built page."""
    page = parsed(html / f"{chapter}.html")
    article = page.find("article")
    assert isinstance(article, Tag)
    return article


def quiz_of(html: Path, chapter: str) -> Tag:
    """The section of a built page that holds the quiz."""
    section = article_of(html, chapter).select_one("section#quiz")
    assert section
    return section


def said_by(form: Tag) -> list[dict[str, object]]:
    """What a question's form holds ready to say about its options."""
    box = form.select_one(".quiz-feedback")
    assert box
    said: list[dict[str, object]] = json.loads(base64.b64decode(str(box["data-feedback"])))
    return said


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_question_of_the_notebook_is_a_form(html: Path, chapter: str) -> None:
    section = quiz_of(html, chapter)
    forms = section.select("form.quiz")
    assert section.select("details:not([class])") == []
    assert "Open an option" not in section.text
    assert len({str(form["data-question"]) for form in forms}) == len(forms)
    for form, question in zip(forms, questions(chapter), strict=True):
        legend = form.select_one("fieldset > legend")
        assert legend
        assert legend.text.startswith(f"{question.number}. ")
        assert [plain(label.text) for label in form.select("label")] == [
            plain(option) for option in question.options
        ]
        said = said_by(form)
        assert [each["right"] for each in said].index(True) == question.right
        for each, feedback in zip(said, question.feedback, strict=True):
            text = plain(BeautifulSoup(str(each["html"]), "html.parser").text)
            assert text.removeprefix("Not yet ").endswith(plain(feedback).removeprefix("Not yet "))
            assert re.match(r"Right|Nearly|Not yet", text)


@cache
def search_terms(html: Path, chapter: str) -> set[str]:
    """The stems under which the site's search finds a chapter."""
    text = (html / "searchindex.js").read_text("utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    number = index["docnames"].index(chapter)
    return {
        term
        for term, places in index["terms"].items()
        if number in (places if isinstance(places, list) else [places])
    }


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_is_said_about_an_option_is_not_there_to_read_or_to_find(
    html: Path, chapter: str
) -> None:
    stem = SearchEnglish({}).stem  # the words of the index are stems

    def stems(text: str) -> set[str]:
        return {stem(word.lower()) for word in re.findall(r"\w+", text)}

    feedback = [text for question in questions(chapter) for text in question.feedback]
    phrases = {max(re.findall(r"[A-Za-z ,;]{20,}", text), key=len, default="") for text in feedback}
    source = str(quiz_of(html, chapter))
    assert phrases - {""}
    assert {phrase for phrase in phrases - {""} if phrase in source} == set()

    shown = stems(article_of(html, chapter).text)
    found = search_terms(html, chapter)
    said_only_here = stems(" ".join(feedback)) - shown
    assert said_only_here
    assert found & shown
    assert said_only_here & found == set()


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    """A chapter, opened by somebody who has answered nothing yet."""
    with recorded(browser, WIDE) as record:
        record.page.goto(site.page(CHAPTER))
        yield record.page
        assert record.complaints == []


def test_a_quiz_by_keyboard(page: Page) -> None:
    first = questions(CHAPTER)[0]
    expect(page.locator(".quiz-without-script")).to_have_count(0)
    form = page.locator("form.quiz").first
    feedback = form.locator("[aria-live=polite]")
    score = page.locator(".quiz-score p").first
    check = form.get_by_role("button", name="Check")
    group = page.get_by_role("group", name=re.compile("^1. A convolutional layer"))
    options = group.get_by_role("radio")

    page.locator("section#quiz > h2").click()  # from here on, no mouse
    page.keyboard.press("Tab")  # the heading's own link
    page.keyboard.press("Tab")
    expect(options.nth(0)).to_be_focused()
    label = form.locator("label").nth(0)
    expect(label).to_have_css("outline-style", "solid")
    for target in (label, check):
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44

    # Nothing chosen: the check says so and counts nothing.
    check.press("Enter")
    expect(feedback).to_have_text("Choose an option first.")
    expect(score).to_contain_text("Nothing answered yet, 6 to go.")

    # The arrows lead past an option without answering.
    assert first.wrong == 0
    options.nth(0).press("ArrowDown")
    expect(options.nth(1)).to_be_checked()
    expect(feedback).to_be_empty()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(check).to_be_focused()
    page.keyboard.press("Enter")
    expect(feedback).to_contain_text("Not yet. That counts a flat 5 × 5 square")
    expect(feedback.locator("code")).to_have_text("[no-channels]")
    sign = "node => getComputedStyle(node, '::before').content"
    assert feedback.locator("strong").evaluate(sign) == '"✗ "'
    expect(score).to_contain_text("0 of 1 answered right at first try, 5 to go.")

    # Another choice takes back what was said; the first try stays the first.
    options.nth(0).focus()
    for _ in range(first.right):
        page.keyboard.press("ArrowDown")
    expect(options.nth(first.right)).to_be_checked()
    expect(feedback).to_be_empty()
    page.keyboard.press("Enter")
    expect(feedback).to_contain_text("Right: (5 · 5 · 32 + 1) · 64.")
    assert feedback.locator("strong").evaluate(sign) == '"✓ "'
    expect(score).to_contain_text("0 of 1 answered right at first try, 5 to go.")


def test_a_browser_keeps_the_score_until_it_is_told_to_forget(site: Site, page: Page) -> None:
    score = page.locator(".quiz-score p").first
    for form, question in zip(page.locator("form.quiz").all(), questions(CHAPTER), strict=True):
        form.locator("label").nth(question.right).click()
        form.get_by_role("button").click()
        expect(form.locator(".quiz-feedback")).to_contain_text("Right")
    said = "6 of 6 answered right at first try. Only this browser keeps that."
    expect(score).to_have_text(said)
    page.reload()
    expect(score).to_have_text(said)
    expect(page.locator("form.quiz :checked")).to_have_count(0)
    page.goto(site.page(CHAPTERS[0]))  # each chapter has its own
    expect(score).to_contain_text("Nothing answered yet")
    page.goto(site.page(CHAPTER))
    page.get_by_role("button", name="Forget my answers").click()
    expect(page.locator(".quiz-score [role=status]")).to_have_text("Forgotten.")
    page.reload()
    expect(score).to_contain_text("Nothing answered yet, 6 to go.")


def test_from_a_file_and_with_nothing_kept(html: Path, browser: Browser) -> None:
    with recorded(browser, WIDE) as record:
        page = record.page
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused') }})"
        )
        page.goto((html / f"{CHAPTER}.html").as_uri())
        page.locator("form.quiz label").first.click()
        page.locator("form.quiz button").first.click()
        expect(page.locator(".quiz-feedback").first).to_contain_text("Not yet")
        expect(page.locator(".quiz-score p").first).to_have_text(
            "0 of 1 answered right at first try, 5 to go. "
            "Your browser keeps nothing: it is forgotten when you leave."
        )
        page.get_by_role("button", name="Forget my answers").click()
        expect(page.locator(".quiz-score p").first).to_contain_text("Nothing answered yet")


def test_without_javascript_the_questions_and_options_are_there(
    site: Site, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.page(CHAPTER))
    expect(page.get_by_text("are in this chapter's notebook.")).to_be_visible()
    first = questions(CHAPTER)[0]
    for option in first.options:
        expect(page.locator("form.quiz").first.get_by_text(option, exact=True)).to_be_visible()
    expect(page.locator("form.quiz button").first).to_be_hidden()
    expect(page.locator(".quiz-score")).to_be_hidden()
    context.close()


QUIZ = """# A chapter

(there)=
## Quiz

Open an option to see.

**1. What is it?** *(objective 1)*

<details><summary>this</summary>

It has $x^2$ in it, [a link](#there), and

```python
code = 1
```

</details>
<details><summary>that</summary>

{second} This is it.

</details>

After the question.
"""


def build(folder: Path, builder: str, second: str = "Right.") -> subprocess.CompletedProcess[str]:
    """Build a book of one page, whose quiz says `second` about its second option."""
    (folder / "index.md").write_text(QUIZ.replace("{second}", second), encoding="utf-8")
    (folder / "conf.py").write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT / 'book' / '_ext')!r})\n"
        "extensions = ['myst_parser', 'mathml', 'page_parts', 'quiz']\n"
        "myst_enable_extensions = ['dollarmath']\n"
        f"html_static_path = [{str(ROOT / 'book' / '_static')!r}]\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, ".", builder]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_feedback_may_hold_formulas_code_and_links(tmp_path: Path, browser: Browser) -> None:
    done = build(tmp_path, "html")
    assert (done.returncode, done.stderr) == (0, "")
    with recorded(browser, WIDE) as record:
        page = record.page
        page.goto((tmp_path / "html" / "index.html").as_uri())
        page.get_by_text("this", exact=True).click()
        page.get_by_role("button", name="Check").click()
        feedback = page.locator(".quiz-feedback")
        expect(feedback).to_contain_text("Not yet. It has")
        expect(feedback.locator("math")).to_be_visible()
        expect(feedback.locator(".highlight-python")).to_have_text("code = 1\n")
        expect(feedback.get_by_role("link")).to_have_attribute("href", "#there")
        expect(page.get_by_text("After the question.")).to_be_visible()
        assert record.complaints == []


def test_on_paper_the_options_stay_folds(tmp_path: Path) -> None:
    done = build(tmp_path, "singlehtml")
    assert (done.returncode, done.stderr) == (0, "")
    page = BeautifulSoup((tmp_path / "singlehtml/index.html").read_text("utf-8"), "html.parser")
    assert page.select("form.quiz") == []
    assert [fold.text.split()[0] for fold in page.select("details")] == ["this", "that"]


def test_a_question_without_one_right_option_is_named(tmp_path: Path) -> None:
    done = build(tmp_path, "html", second="Not yet.")
    assert "1. What is it? (objective 1): 0 options begin with 'Right', not one" in done.stderr
