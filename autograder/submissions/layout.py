"""Who handed in what: nbgrader's layout, `<student>/<assignment>/<notebook>.ipynb`.

Nobody is left out without a word: whoever has a folder gets a submission or is a stray, with
the reason. A stray becomes a line of `grades.csv`, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.errors import UsageError
from autograder.submissions import downloads
from autograder.submissions.student_ids import (
    alike,
    escaped,
    normal,
    shown,
    some,
    student_id,
    table_name,
)
from autograder.submissions.tree import Entry, Unreadable, is_notebook

LAYOUT = "<student>/<assignment>/<notebook>.ipynb"
CLOCK = "timestamp.txt"  # where nbgrader's exchange notes a time of receipt, and anybody can
MAX_CLOCK = 200  # bytes of it
MAX_WRAPPING = 5  # folders around all students' folders

Known = Mapping[str, Sequence[str]]  # assignments, and the names of their notebooks without .ipynb


@dataclass(frozen=True)
class Folder:
    """Where one student's submission of one assignment lies."""

    student: str  # the id
    assignment: str
    entry: Entry
    name: str = ""  # what tables call the student, if not by the id
    problem: str = ""  # why what lies there is in the wrong place

    @property
    def clock(self) -> str | None:
        """What the file in it says that claims a time of receipt; None if there is none."""
        try:
            files = [each for each in self.entry.entries() if each.name == CLOCK]
            return files[0].read(MAX_CLOCK).decode("utf-8", "replace").strip() if files else None
        except Unreadable:
            return None


@dataclass(frozen=True)
class Stray:
    """Something that was handed in and belongs to no assignment that the course has."""

    student: str  # the id
    name: str  # what tables call the student, if not by the id
    problem: str


@dataclass(frozen=True)
class Found:
    """The submissions found in a folder or zip, and remarks on them for the teacher."""

    folders: list[Folder] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)  # Canvas's own, by student id

    @property
    def everybody(self) -> "list[Folder | Stray]":
        """Submissions and strays together."""
        return [*self.folders, *self.strays]


@dataclass(frozen=True)
class _Student:
    entry: Entry
    id: str
    name: str  # as in `Folder`


def find(
    root: Entry, where: Path, known: Known, assignment: str | None, student: str | None
) -> Found:
    """Return what was handed in below `root`, which the user knows as `where`.

    Only assignments in `known` count; `assignment` and `student` narrow the choice. Raises
    UsageError if nothing is left, saying which layout was expected and what was found.
    """
    if assignment is not None and assignment not in known:
        raise UsageError(
            f"there is no assignment '{assignment}'; this course has: {', '.join(known) or 'none'}"
        )
    try:
        download = downloads.arranged(root, known, assignment)
        top = _unwrapped(root, known) if download is None else download.root
        entries = [each for each in top.entries() if not _is_hidden(each, known)]
    except Unreadable as problem:
        raise UsageError(f"{where} cannot be read: {problem}") from problem
    students, remarks = _students(entries)
    numbers = {}
    if download is not None:
        remarks[:0] = download.remarks
        numbers = {
            each.id: download.numbers[each.entry.name]
            for each in students
            if each.entry.name in download.numbers
        }
    search = _Search(known, assignment, remarks)
    for each in students:
        search.look_into(each)
    found = search.found
    found.remarks.extend(search.said())
    if all(each.problem for each in found.folders):
        seen = ", ".join(each.shown for each in entries[:3]) or "nothing"
        raise UsageError(
            f"no submissions in {where}: expected {LAYOUT} (assignments: {', '.join(known)}), "
            f"found {seen}{' …' if len(entries) > 3 else ''}"
        )
    return replace(_narrowed(found, where, assignment, student), numbers=numbers)


def _narrowed(found: Found, where: Path, assignment: str | None, student: str | None) -> Found:
    """Return the part that the options choose; raises UsageError if there is none."""
    folders, strays, remarks = found.folders, found.strays, found.remarks
    if student is not None:
        wanted = student_id(student)
        folders = [each for each in folders if each.student == wanted]
        strays = [each for each in strays if each.student == wanted]
        if not folders and not strays:
            names = sorted({each.name or each.student for each in found.everybody})
            listed = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
            raise UsageError(
                f"{where} holds nothing from student '{shown(student)}'; it has: {listed}"
            )
        remarks = []
    if assignment is not None:
        handed_in = sorted({each.assignment for each in folders})
        folders = [each for each in folders if each.assignment == assignment]
        if handed_in and not folders:
            raise UsageError(
                f"{where} holds no submission of {assignment}, only of {', '.join(handed_in)}"
            )
    return Found(folders, strays, remarks)


def _unwrapped(root: Entry, known: Known) -> Entry:
    """Return the folder that the students' folders lie in.

    Whoever compresses a folder gets it as the only one in the zip, with all others in it.
    """
    top = root
    for _ in range(MAX_WRAPPING):
        inside = top.visible()
        folders = [each for each in inside if each.kind == "folder"]
        if any(_holds_assignment(each, known) for each in folders):
            return top
        if len(folders) != 1 or any(_is_handed_in(each) for each in inside):
            break
        top = folders[0]
    return root


def _holds_assignment(entry: Entry, known: Known) -> bool:
    try:
        return any(_meant(each, known) for each in entry.visible())
    except Unreadable:
        return False


def _is_hidden(entry: Entry, known: Known) -> bool:
    """Return whether an entry is a system's and not somebody's, however odd a name may be."""
    return entry.name.startswith("__MACOSX") or (
        entry.name.startswith(".") and not _holds_assignment(entry, known)
    )


def _is_handed_in(entry: Entry) -> bool:
    """Return whether a file can be somebody's work, and not a note of the teacher's."""
    return entry.kind != "folder" and entry.name.lower().endswith((".ipynb", ".zip"))


def _students(entries: Sequence[Entry]) -> tuple[list[_Student], list[str]]:
    """Return for each entry whose it is, and remarks on names that are alike or not safe."""
    taken: set[str] = set()
    named: dict[str, Entry] = {}
    found, unsafe, remarks = [], [], []
    # A name that is an id stays one; of two with the same letters, the one in normal form.
    for entry in sorted(entries, key=lambda each: (student_id(each.name) != each.name, each.name)):
        own, name, seed = student_id(entry.name), table_name(entry.name), entry.name
        while own in taken:
            own, seed = escaped(seed), f"{seed} "
        if name in named:
            remarks.append(
                f"two folders are named {named[name].shown}, with letters put together in "
                f"different ways: the second is taken for another student, {own}"
            )
            name = own
        elif own != normal(entry.name):
            unsafe.append(f"{entry.shown} has {own}")
        taken.add(own)
        named[name] = entry
        found.append(_Student(entry, own, "" if name == own else name))
    if unsafe:
        remarks.append(f"no safe names for a folder: in autograded/ and feedback/, {some(unsafe)}")
    groups: dict[str, list[Entry]] = {}
    for entry in {normal(each.name): each for each in entries}.values():
        groups.setdefault(alike(entry.name), []).append(entry)
    remarks += [
        f"{' and '.join(each.shown for each in group)} differ only in case or outer space: they "
        "are taken for different students"
        for group in groups.values()
        if len(group) > 1
    ]
    return sorted(found, key=lambda each: each.entry.name), remarks


class _Search:
    """Goes through the students, and collects what they handed in and what is to be said."""

    def __init__(self, known: Known, assignment: str | None, remarks: list[str]) -> None:
        self._known = known
        self._assignment = assignment  # the only one that is asked for
        self._nearly: dict[tuple[str, str], list[str]] = {}  # whose folder is taken for which
        self.found = Found(remarks=remarks)

    def look_into(self, student: _Student) -> None:
        """Add what one student handed in: submissions, or else a stray."""
        entry = student.entry
        try:
            inside = entry.visible()
            problem = _problem(entry, inside, self._known)
        except Unreadable as unreadable:
            inside, problem = [], str(unreadable)
        own = _by_assignment(inside, self._known)
        folders = {name: self._folder(student, name, of_it) for name, of_it in own.items()}
        placed = {id(each) for of_it in own.values() for each in of_it}
        for each in inside:
            if id(each) not in placed and (each.kind != "file" or _is_handed_in(each)):
                self._left_over(student, each, folders)
        self.found.folders.extend(folders[name] for name in sorted(folders))
        if not folders:
            self._leave_out(entry.shown, problem)
            if entry.kind != "file" or _is_handed_in(entry):
                self.found.strays.append(Stray(student.id, student.name, problem))

    def said(self) -> list[str]:
        """Return a remark for each folder whose name is nearly an assignment's."""
        return [
            f"{own} is taken for {meant}, in the folders of {some(whose)}"
            for (own, meant), whose in self._nearly.items()
        ]

    def _folder(self, student: _Student, name: str, entries: list[Entry]) -> Folder:
        problem = ""
        if len(entries) > 1:
            listed = ", ".join(each.shown for each in entries)
            problem = f"several folders could be {name} ({listed}), and one is expected"
        elif normal(entries[0].name) != name:
            self._nearly.setdefault((entries[0].shown, name), []).append(student.entry.shown)
        return Folder(student.id, name, entries[0], student.name, problem)

    def _left_over(self, student: _Student, entry: Entry, folders: dict[str, Folder]) -> None:
        """Add what lies beside the assignments' folders, if it can be told what it is."""
        top, told = student.entry.shown, _meant(entry, self._known)
        told = told or _told(entry, self._known, self._assignment)
        if told and told not in folders:
            problem = f"expected {top}/{told}/<notebook>.ipynb, found {top}/{entry.shown}"
            folders[told] = Folder(student.id, told, entry, student.name, problem)
            self._leave_out(f"{top}/{entry.shown}", problem)
        elif told:
            self._leave_out(f"{top}/{entry.shown}", f"{top}/{told} is there, too")
        elif folders:
            self._leave_out(f"{top}/{entry.shown}", "no such assignment")

    def _leave_out(self, name: str, why: str) -> None:
        self.found.remarks.append(f"left out {name}: {why}")


def _by_assignment(inside: Sequence[Entry], known: Known) -> dict[str, list[Entry]]:
    """Return the entries that are an assignment's folder by their names.

    The exact name counts; without it, or if that folder is empty, one that differs in case alone.
    """
    exact: dict[str, list[Entry]] = {}
    nearly: dict[str, list[Entry]] = {}
    for each in inside:
        name = _meant(each, known)
        if name:
            (exact if normal(each.name) == name else nearly).setdefault(name, []).append(each)
    found = {}
    for name in nearly | exact:
        choices = exact.get(name, []), nearly.get(name, [])
        found[name] = next(each for each in (*map(_filled, choices), *choices) if each)
    return found


def _filled(entries: list[Entry]) -> list[Entry]:
    """Return the entries in which something lies."""
    return [each for each in entries if each.kind != "folder" or each.visible()]


def _meant(entry: Entry, known: Known) -> str | None:
    """Return the assignment that an entry's name is, or the only one that it is but for case."""
    if normal(entry.name) in known:
        return normal(entry.name)
    if entry.kind != "folder":
        return None
    names = [name for name in known if alike(name) == alike(entry.name)]
    return names[0] if len(names) == 1 else None


def _told(entry: Entry, known: Known, assignment: str | None) -> str | None:
    """Return the assignment that a notebook in the wrong place is of, if that can be told.

    By the notebook's name, else because only one is asked for or there is only one.
    """
    try:
        files = entry.visible() if entry.kind == "folder" else [entry]
    except Unreadable:
        return None
    names = [each.name for each in files if is_notebook(each.name)]
    stems = {stem for name in names for stem in downloads.stems(name)}
    named = [
        name for name, notebooks in known.items() if stems & {alike(each) for each in notebooks}
    ]
    if len(named) == 1:
        return named[0]
    only = assignment or (next(iter(known)) if len(known) == 1 else None)
    return only if stems and not named else None


def _problem(entry: Entry, inside: Sequence[Entry], known: Known) -> str:
    """Return why an entry at the top is nobody's folder with an assignment in it."""
    if entry.kind == "link":
        return "it is a link, and links are not followed"
    if entry.kind != "folder":
        return f"it is not a folder; expected {LAYOUT}"
    expected = f"expected {entry.shown}/<assignment>/<notebook>.ipynb"
    expected += f" (assignments: {', '.join(known)})"
    if not inside:
        return f"the folder is empty; {expected}"
    return f"{expected}, found {entry.shown}/{inside[0].shown}"
