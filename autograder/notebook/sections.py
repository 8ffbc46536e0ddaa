"""Which section of a chapter explains what an exercise asks for, and where that is read."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass

from autograder.errors import UsageError
from autograder.notebook.course import Course

NAME = "sections.toml"
"""In the folder of source notebooks: a table for each assignment, exercise = "heading"."""
_ADDRESS = re.compile(r"""^ +baseurl: *["']?(https?://[^"'\s]+)""", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """A section of a chapter."""

    heading: str
    address: str
    """Where it stands on the course's website; empty if the course does not say where that is."""


def explaining(course: Course, assignment: str, notebook: str) -> dict[str, Section]:
    """Return for exercises of a notebook (their names) the section that explains them.

    The website's address is `baseurl` of the course's `_config.yml`. A course without a list of
    sections gets none. Raises UsageError if that list cannot be read.
    """
    file = course.source_folder / NAME
    if not file.is_file():
        return {}
    try:
        headings = tomllib.loads(file.read_text(encoding="utf-8")).get(assignment, {})
    except ValueError as problem:
        raise UsageError(f"{file} cannot be read: {problem}") from problem
    page = _page(course, assignment, notebook)
    return {
        exercise: Section(str(heading), page and f"{page}#{_anchor(str(heading))}")
        for exercise, heading in headings.items()
    }


def _page(course: Course, assignment: str, notebook: str) -> str:
    """Return the address of a chapter on the website, or nothing if that has none."""
    config = course.root / "_config.yml"
    found = _ADDRESS.search(config.read_text(encoding="utf-8")) if config.is_file() else None
    released = course.released(assignment, notebook).with_suffix(".html")
    if found is None or not released.is_relative_to(course.root):
        return ""
    return f"{found[1].rstrip('/')}/{released.relative_to(course.root).as_posix()}"


def _anchor(heading: str) -> str:
    """Return what a heading is called in an address, as Sphinx makes it."""
    plain = unicodedata.normalize("NFKD", heading.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
