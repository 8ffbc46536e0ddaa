"""Every address inside the built site leads somewhere."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from autograder.notebook.course import Course
from autograder.notebook.sections import explaining
from tests.site.browsing import ROOT, parsed

ADDRESSES = {"a": "href", "link": "href", "img": "src", "script": "src"}


@cache
def _anchors(page: Path) -> set[str]:
    """The places of a page that an address can name."""
    keys = ("id", "name")
    return {str(tag[key]) for tag in parsed(page).find_all() for key in keys if tag.get(key)}


def addresses(page: Path) -> Iterator[str]:
    """Every address that a page of the site refers to."""
    for tag, attribute in ADDRESSES.items():
        for element in parsed(page).find_all(tag, attrs={attribute: True}):
            yield str(element[attribute])


def broken(html: Path) -> list[str]:
    """The addresses inside the site in the folder `html` that lead nowhere: "page -> address"."""
    found = []
    for page in sorted(html.rglob("*.html")):
        if page.is_relative_to(html / "_static"):
            continue  # parts of the theme, not pages
        for address in addresses(page):
            target = urlsplit(urljoin(page.as_uri(), address))
            if target.scheme != "file":
                continue
            file = Path(unquote(target.path))
            fragment = unquote(target.fragment)
            if not file.is_file() or (
                fragment and file.suffix == ".html" and fragment not in _anchors(file)
            ):
                found.append(f"{page.relative_to(html)} -> {address}")
    return found


def test_every_link_and_anchor_resolves(html: Path) -> None:
    assert broken(html) == []


def test_feedback_points_to_sections_that_are_there(html: Path, tmp_path: Path) -> None:
    """What a feedback page links to, where the course's website is this one."""
    for name in ("solutions", "nbgrader_config.py"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "_config.yml").write_text("html:\n  baseurl: https://course.example\n", "utf-8")
    course = Course(tmp_path)
    for name in course.names():
        for section in explaining(course, name, course.source(name).stem).values():
            target = urlsplit(section.address)
            assert target.fragment in _anchors(html / target.path.lstrip("/")), section


def test_nothing_is_loaded_from_another_host(html: Path) -> None:
    loaded = [
        str(element[ADDRESSES[element.name]])
        for page in html.rglob("*.html")
        for element in parsed(page).find_all(["img", "script", "link"])
        if element.get(ADDRESSES[element.name])
    ]
    assert loaded
    assert [address for address in loaded if urlsplit(address).netloc] == []


@pytest.mark.parametrize("address", ["gone.html", "b.html#gone", "#gone"])
def test_the_checker_sees_a_broken_link(tmp_path: Path, address: str) -> None:
    (tmp_path / "a.html").write_text(f'<a href="b.html#there">x</a><a href="{address}">y</a>')
    (tmp_path / "b.html").write_text('<p id="there">x</p>')
    assert broken(tmp_path) == [f"a.html -> {address}"]
