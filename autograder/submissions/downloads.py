"""What learning platforms give as a class's download, put into nbgrader's layout.

They put the student, and more, into the names of files or folders. `FORMS` has what each makes
of a name; a name of another form is left where it is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath
from typing import Final

from autograder.errors import UsageError
from autograder.submissions.student_ids import alike, normal, shown, some
from autograder.submissions.tree import Entry, Kind, Unreadable, is_notebook

MAX_DEPTH: Final = 6  # folders in which a student's notebook may lie
MAX_WRAPPING: Final = 3  # folders around a whole download


@dataclass(frozen=True)
class Form:
    """How a platform names what a student handed in: a folder, or each file of it.

    The pattern has the student's `name`, and may have the name of the `file`, the platform's
    `number` of the student, the assignment's `title`, `when` it was handed in, and whether it was
    `late`. In it FILES stands for the names of the course's notebooks, TITLES for its assignments.
    """

    platform: str
    is_folder: bool
    pattern: str


FORMS: Final = (
    Form("Moodle", True, r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_(file|onlinetext)_?"),
    Form(
        "Moodle",
        False,
        r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_(file|onlinetext)_(?P<file>.+)",
    ),
    Form("Canvas", False, r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<number>\d+)_\d+_(?P<file>.+)"),
    Form(
        "Brightspace",
        True,
        r"(?P<number>\d+)-\d+ - (?P<name>.+) - (?P<when>\w+ \d{1,2}, \d{4} \d{3,4} [AP]M)",
    ),
    Form(
        "Blackboard",
        False,
        r"(?P<title>.+)_(?P<name>[^_]+)_attempt_(?P<when>\d{4}(-\d\d){5})(_(?P<file>.+)|\.txt)",
    ),
    Form("Google Classroom", False, r"(?P<name>.+) - (?P<file>FILES\.ipynb)"),
    Form("Google Classroom", False, r"(?P<file>FILES) - (?P<name>.+)\.ipynb"),
    Form("GitHub Classroom", True, r"(?P<title>TITLES)-(?P<name>[A-Za-z0-9-]+)"),
)
PLATFORMS: Final = tuple(dict.fromkeys(form.platform for form in FORMS))
_TIMES = ("%b %d, %Y %I%M %p", "%Y-%m-%d-%H-%M-%S")
# What platforms and browsers add to the name of a file that was there already.
_COPY_OF = re.compile(r"^Copy of ", re.IGNORECASE)
_COPY = re.compile(r" ?\(\d+\)$|-\d+$")
_BLACKBOARDS_NOTE = re.compile(r"^Name: .*\((?P<login>[^()\s]+)\)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Download:
    """A platform's download as a folder in nbgrader's layout."""

    root: Entry
    remarks: list[str]
    numbers: dict[str, str] = field(default_factory=dict)  # Canvas's own, by folder's name


@dataclass(frozen=True)
class _Item:
    """A file or folder of a download, and what its name says."""

    entry: Entry
    platform: str
    name: str
    file: str  # empty for a folder
    number: str
    title: str
    when: datetime | None
    is_late: bool


class _Folder(Entry):
    """A folder that nobody handed in: entries, put together."""

    def __init__(self, name: str, inside: Iterable[Entry]) -> None:
        self.name = name
        self._inside = list(inside)

    @property
    def kind(self) -> Kind:
        return "folder"

    def entries(self) -> Sequence[Entry]:
        return self._inside

    def read(self, limit: int) -> bytes:
        raise Unreadable(f"{self.shown} is not an ordinary file")


class _Named(Entry):
    """An entry under another name."""

    def __init__(self, name: str, entry: Entry) -> None:
        self.name = name
        self._entry = entry

    @property
    def kind(self) -> Kind:
        return self._entry.kind

    def entries(self) -> Sequence[Entry]:
        return self._entry.entries()

    def read(self, limit: int) -> bytes:
        return self._entry.read(limit)


def arranged(
    root: Entry, known: Mapping[str, Sequence[str]], assignment: str | None
) -> Download | None:
    """Return what lies in `root` in nbgrader's layout, or None if it is no platform's download.

    `known` are the course's assignments and the names of their notebooks, `assignment` the one that
    is asked for. Of several versions of a student's work the newest is there. Raises UsageError
    if it cannot be told which assignment it is, Unreadable if `root` cannot be read.
    """
    for top in _tops(root):
        inside = top.visible()
        items = _items(inside, known)
        if items:
            break
    else:
        return None
    rest = [each for each in inside if each not in {item.entry for item in items}]
    name = assignment or _assignment(items, known)
    remarks, groups = _by_student(items)
    students = [
        _Folder(student, [_work(name, known[name], own)]) for student, own in groups.items()
    ]
    remarks.insert(0, f"taken for {items[0].platform}'s download of {name}")
    numbers = {
        student: own[0].number for student, own in groups.items() if own[0].platform == "Canvas"
    }
    return Download(_Folder("", [*students, *rest]), remarks, numbers)


def stems(name: str) -> set[str]:
    """Return what a notebook may be called that has this file's name, which may be a copy's."""
    own = PurePath(name)
    stem = _COPY_OF.sub("", own.stem if own.suffix.lower() == ".ipynb" else own.name)
    return {alike(stem), alike(_COPY.sub("", stem))}


def _tops(root: Entry) -> Iterator[Entry]:
    """Yield the folders that can be a whole download: the root, and what wraps all in it."""
    top = root
    for _ in range(MAX_WRAPPING):
        yield top
        inside = top.visible()
        if len(inside) != 1 or inside[0].kind != "folder":
            return
        top = inside[0]


def _items(inside: Sequence[Entry], known: Mapping[str, Sequence[str]]) -> list[_Item]:
    """Return what has a name as one platform makes them; nothing if none has."""
    files = "|".join(re.escape(each) for notebooks in known.values() for each in notebooks)
    titles = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    found: dict[str, list[_Item]] = {platform: [] for platform in PLATFORMS}
    for form in FORMS:
        pattern = form.pattern.replace("FILES", rf"(Copy of )?({files})( ?\(\d+\))?")
        pattern = pattern.replace("TITLES", titles)
        for entry in inside:
            said = re.fullmatch(pattern, normal(entry.name), re.IGNORECASE)
            if said and (entry.kind == "folder") == form.is_folder:
                found[form.platform].append(_item(entry, form, said.groupdict()))
    folders = [each for each in inside if each.kind == "folder"]
    if len(found["GitHub Classroom"]) < len(folders):
        found["GitHub Classroom"] = []  # a student may be called like this, but not everybody
    return max(found.values(), key=len)


def _item(entry: Entry, form: Form, said: Mapping[str, str | None]) -> _Item:
    name, title = said["name"] or "", said.get("title") or ""
    if form.platform == "Blackboard":
        title, name = _login(entry, title, name)
    return _Item(
        entry=entry,
        platform=form.platform,
        name=name.strip(),
        file=said.get("file") or "",
        number=said.get("number") or "",
        title=title,
        when=_time(said.get("when") or ""),
        is_late=bool(said.get("late")),
    )


def _login(entry: Entry, title: str, name: str) -> tuple[str, str]:
    """Return an assignment's title and a login, both of which may have a `_` in them.

    Blackboard's note on each attempt has the login by itself.
    """
    if not entry.name.endswith(".txt"):
        return title, name
    try:
        note = _BLACKBOARDS_NOTE.search(entry.read(10_000).decode("utf-8", "replace"))
    except Unreadable:
        note = None
    both = f"{title}_{name}"
    if note is not None and both.endswith(f"_{note['login']}"):
        return both.removesuffix(f"_{note['login']}"), note["login"]
    return title, name


def _time(text: str) -> datetime | None:
    """Return a time as a platform writes it, in its own zone; None for any other text."""
    clock = re.sub(r" (\d)(\d\d) ([AP]M)$", r" 0\1\2 \3", text)
    for form in _TIMES:
        try:
            return datetime.strptime(clock, form)
        except ValueError:
            continue
    return None


def _assignment(items: Sequence[_Item], known: Mapping[str, Sequence[str]]) -> str:
    """Return which assignment a download is of. Raises UsageError if that cannot be told."""
    files = [item.file or each.name for item in items for each in _notebooks(item.entry)]
    named = {stem for file in files for stem in stems(file)}
    of_names = {name for name, own in known.items() if named & {alike(each) for each in own}}
    titles = {alike(item.title) for item in items}
    of_titles = {name for name in known if alike(name) in titles}
    for told in (of_titles, of_names, set(known)):
        if len(told) == 1:
            return told.pop()
    raise UsageError(
        f"this is {items[0].platform}'s download of some assignment; say of which with "
        f"--assignment ({', '.join(known)})"
    )


def _by_student(items: Sequence[_Item]) -> tuple[list[str], dict[str, list[_Item]]]:
    """Return remarks, and the newest items of each student by a name that is nobody else's."""
    logins = {item.name for item in items if item.entry.name.endswith(".txt")}
    groups: dict[tuple[str, str], list[_Item]] = {}
    for item in items:
        groups.setdefault((_own(item, logins), item.number), []).append(item)
    called = Counter(alike(name) for name, _ in groups)
    found: dict[str, list[_Item]] = {}
    again, late = [], []
    for (name, number), own in groups.items():
        student = f"{name} {number}".strip() if called[alike(name)] > 1 else name
        times = {item.when for item in own if item.when is not None}
        newest = [item for item in own if not times or item.when == max(times)]
        if len(times) > 1:
            again.append(f"{shown(student)} ({max(times):%Y-%m-%d %H:%M})")
        if any(item.is_late for item in newest):
            late.append(shown(student))
        found[student] = newest
    remarks = []
    namesakes = sorted({shown(name) for name, _ in groups if called[alike(name)] > 1})
    if namesakes:
        remarks.append(f"told apart by the platform's numbers: those called {some(namesakes)}")
    if again:
        remarks.append(f"of work handed in more than once the newest counts: {some(again)}")
    if late:
        remarks.append(
            f"marked LATE in their files' names: {some(late)}; nothing is taken off for it, since "
            "times of receipt come from --received"
        )
    return remarks, found


def _own(item: _Item, logins: set[str]) -> str:
    """Return a student's name; with the logins of Blackboard's notes, the one that fits."""
    both = f"{item.title}_{item.name}"
    if item.platform != "Blackboard":
        return item.name
    return max((each for each in logins if both.endswith(f"_{each}")), key=len, default=item.name)


def _work(assignment: str, notebooks: Sequence[str], items: Sequence[_Item]) -> Entry:
    """Return the folder of a student's work: the notebooks, however deep they lay, with what lay
    beside them, or all there is.
    """
    found = [
        (item.file, _Named(_with_suffix(item.file), each) if item.file else each)
        for item in items
        for each in _notebooks(item.entry)
    ]
    beside = [each for item in items for each in _beside(item)]
    wanted = {alike(each) for each in notebooks}
    named = [each for file, each in found if stems(file or each.name) & wanted]
    if found:
        return _Folder(assignment, [*(named or [each for _, each in found]), *beside])
    if len(items) == 1 and items[0].entry.kind == "folder":
        return _Named(assignment, items[0].entry)
    return _Folder(assignment, [item.entry for item in items])


def _with_suffix(file: str) -> str:
    return file if is_notebook(file) else f"{file}.ipynb"


def _beside(item: _Item) -> Sequence[Entry]:
    """Return the other files of an item with a notebook in it, or the item if it is such a file."""
    if item.entry.kind == "folder":
        return _beside_notebooks(item.entry) or ()
    is_other = item.file and not _is_notebook(item.entry)
    return [_Named(item.file, item.entry)] if is_other else ()


def _beside_notebooks(folder: Entry, depth: int = MAX_DEPTH) -> Sequence[Entry] | None:
    """Return what lies beside the first notebooks in a folder; None if there are none."""
    try:
        inside = folder.visible() if depth else []
    except Unreadable:
        return None
    if any(map(_is_notebook, inside)):
        return [each for each in inside if not _is_notebook(each)]
    below = (_beside_notebooks(each, depth - 1) for each in inside if each.kind == "folder")
    return next((each for each in below if each is not None), None)


def _is_notebook(entry: Entry) -> bool:
    return entry.kind != "folder" and is_notebook(entry.name)


def _notebooks(entry: Entry, depth: int = MAX_DEPTH) -> list[Entry]:
    """Return the notebooks in an entry, which may be one itself; none where it cannot be read."""
    if entry.kind != "folder":
        return [entry] if _is_notebook(entry) else []
    try:
        inside = entry.visible() if depth else []
    except Unreadable:
        return []
    return [each for child in inside for each in _notebooks(child, depth - 1)]
