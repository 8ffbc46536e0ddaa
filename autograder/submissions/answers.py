"""Whose answer each piece of a student's code is, wherever in the notebook it stands.

Students merge cells, move them, write an answer below the check or into a text cell. So an
answer is found by the names it gives a value: every piece of code that gives a value to a name
which an exercise asks for, and which no answer in its own place has, answers that exercise.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode

from autograder.names import Statement, bound, changed, statements, used
from autograder.notebook.cells import (
    answer_names,
    is_lesson,
    is_solution,
    is_test,
    without_hidden_tests,
)
from autograder.submissions.matching import match, squeezed


@dataclass(eq=False)
class Piece:
    """A piece of the student's own code: a cell, or what was written into a cell."""

    source: str
    place: int  # the template cell after which it stands; -1 before all
    until: int  # the template cell before which it stands
    home: int | None  # the solution cell whose text it is, if it stands in one
    names: frozenset[str]  # that the student's own statements in it give a value
    answers: list[int] = field(default_factory=list)  # the solution cells that it answers

    def __post_init__(self) -> None:
        self.gap = (self.place, self.until)  # where it was handed in


@dataclass(frozen=True)
class Run:
    """The part of a piece that runs in the place of a solution cell."""

    piece: Piece
    source: str


@dataclass(frozen=True)
class Answers:
    """What a student wrote, sorted by where it is to run."""

    by_solution: dict[int, list[Run]]  # solution cell -> what runs in its place, in order
    extras: list[Piece]  # code that answers no exercise
    seen: frozenset[int]  # solution cells that are there, changed or not
    elsewhere: dict[int, frozenset[str]]  # solution cell -> its names that other cells answer


def find_answers(template: Sequence[NotebookNode], submitted: Sequence[NotebookNode]) -> Answers:
    """Return the answers in a submitted notebook, and where in the template each is to run.

    A piece with several answers runs in the place of the first of them. If it uses what the lesson
    defines further down, only what the first answers need runs there, and the whole piece runs
    where everything that it uses is defined.
    """
    asked = {
        index: answer_names(cell)
        for index, cell in enumerate(template)
        if is_solution(cell) and cell.cell_type == "code"
    }
    pieces, seen = _pieces(template, submitted, frozenset().union(*asked.values()))
    _assign(pieces, asked)
    _fill_gaps(pieces, asked, seen)
    _bring_what_follows(template, pieces)
    by_solution: dict[int, list[Run]] = {}
    for piece in pieces:
        places = _runs_at(template, piece, pieces)
        for place, following in itertools.zip_longest(places, places[1:]):
            here = (i for i in piece.answers if following is None or i < following)
            names = frozenset().union(*(asked.get(i, frozenset()) for i in here))
            wanted, rest = _parted(piece.source, names)
            runs = by_solution.setdefault(place, [])
            if following is not None:
                runs.append(Run(piece, wanted))
            elif len(piece.answers) > 1 and used(rest) & _defined_later(template, place):
                runs += [Run(piece, wanted), Run(piece, rest)]
            else:
                runs.append(Run(piece, piece.source))
    _bring_helpers(template, pieces)
    return Answers(
        by_solution=by_solution,
        extras=[piece for piece in pieces if not piece.answers],
        seen=seen,
        elsewhere={
            index: _elsewhere(index, names, pieces, by_solution.get(index, ()))
            for index, names in asked.items()
        },
    )


def _assign(pieces: Sequence[Piece], asked: Mapping[int, frozenset[str]]) -> None:
    """Set in each piece which solution cells it answers, and so where it is to run."""
    provided: set[str] = set()
    for piece in pieces:
        if piece.home is not None and piece.home in asked:
            provided |= asked[piece.home] & piece.names
    moved: list[Piece] = []
    for piece in pieces:
        found = [index for index in asked if (asked[index] & piece.names) - provided]
        provided |= piece.names
        if piece.home is not None:
            piece.answers = sorted({piece.home, *found})
            continue
        piece.answers = sorted(found)
        if found:
            piece.place = piece.answers[0]
            moved.append(piece)
        else:  # what comes after an answer, and has to do with it, stays after it
            about = piece.names | used(piece.source)
            piece.place = max([piece.place, *(m.place for m in moved if m.names & about)])


def _fill_gaps(
    pieces: Sequence[Piece], asked: Mapping[int, frozenset[str]], seen: frozenset[int]
) -> None:
    """Take code that stands just where a solution cell is gone for that cell, whatever it names.

    In a notebook without ids there is no other sign that `globals()[name] = …` is an answer.
    """
    open_ = {
        index: names
        for index, names in asked.items()
        if index not in seen and not any(index in piece.answers for piece in pieces)
    }
    for piece in pieces:
        gaps = [index for index in open_ if 0 <= piece.place < index < piece.until]
        if not piece.answers and len(gaps) == 1:
            piece.answers, piece.place = gaps, gaps[0]
            piece.names |= open_[gaps[0]]


def _bring_what_follows(template: Sequence[NotebookNode], pieces: Sequence[Piece]) -> None:
    """Let code right after an answer that was moved up move with it if it uses or changes that.

    It may complete the answer: `rows.append(1)`, or `fill(rows)`. What needs more than is there
    further up stays.
    """
    moved: list[Piece] = []
    for piece in pieces:
        if piece.home is None and piece.answers:
            moved.append(piece)
        elif piece.home is None:
            uses = used(piece.source)
            near = (m for m in reversed(moved) if m.gap == piece.gap)
            place = next((m.answers[0] for m in near if m.names & (piece.names | uses)), None)
            if place is None:
                continue
            later = (each.names for each in pieces if each.answers and each.answers[0] > place)
            if not uses & _defined_later(template, place).union(*later):
                piece.answers, piece.place = [place], place
                moved.append(piece)


def _bring_helpers(template: Sequence[NotebookNode], pieces: Sequence[Piece]) -> None:
    """Move code that an answer needs, and that would run only after it, before it.

    What was moved up, and so away from the cells before it, needs its own helpers even if others
    have given values to the same names.
    """
    # Not by tests: where a student's code stands must tell nothing of what a hidden one says.
    given = frozenset().union(*(bound(cell.source) for cell in template if is_lesson(cell)))
    given = given.union(*(piece.names for piece in pieces))
    for answer in pieces:
        if not answer.answers:
            continue
        place = answer.answers[0]
        known = answer.names
        if answer.home is not None:
            lesson = (bound(cell.source) for cell in template[:place] if is_lesson(cell))
            known = known.union(*lesson, *(each.names for each in pieces if each.place <= place))
        needed = used(answer.source) - known
        while late := [
            piece
            for piece in pieces
            if not piece.answers
            and piece.place >= place
            and (piece.names & needed or ("*" in piece.names and needed - given))
        ]:
            for helper in late:
                helper.place = place - 1
                needed |= used(helper.source) - known


def _pieces(
    template: Sequence[NotebookNode],
    submitted: Sequence[NotebookNode],
    answers: frozenset[str],
) -> tuple[list[Piece], frozenset[int]]:
    """Return the student's own code in order, and the solution cells that are there."""
    pieces: list[Piece] = []
    seen: set[int] = set()
    stubs = {i: _trees(cell.source) for i, cell in enumerate(template) if is_solution(cell)}
    # Of hidden tests nothing is left out: what is missing would tell a student of a right guess.
    visible = (without_hidden_tests(cell.source) for cell in template if is_test(cell))
    tests = (_checks(source, answers) for source in visible)
    theirs = frozenset().union(*stubs.values(), *tests)
    last = -1
    homes = match(template, submitted)
    tested: set[int] = set()  # solution cells whose tests came by
    for number, (cell, home) in enumerate(zip(submitted, homes, strict=True)):
        # A cell whose type was changed by mistake is an answer all the same.
        is_code = cell.cell_type == "code" or bound(cell.source) & answers
        source = cell.source if is_code else ""
        if home in stubs and home in tested and _is_old(cell.source, home, pieces):
            home = None
        last = last if home is None else home
        if home is None:
            own, stub = None, ""
        elif home in stubs:
            seen.add(home)
            own, stub, source = home, template[home].source, cell.source
            if squeezed(source) == squeezed(stub):
                continue
        else:
            own, stub, source = None, "", _added(template[home], source, answers)
            if is_test(template[home]):
                tested.add(max((each for each in stubs if each < home), default=-1))
        source = _begun(_apart_from(source, theirs - _trees(stub)), stub)
        if source.strip():
            until = next((h for h in homes[number + 1 :] if h is not None), len(template))
            pieces.append(Piece(source, last, until, own, _written(source, stub)))
    return pieces, frozenset(seen)


def _is_old(source: str, home: int, pieces: Sequence[Piece]) -> bool:
    """Return whether a copy of a solution cell, below its tests, gives no name a first value.

    It is an earlier try that was kept: the tests ran with the answer in its place.
    """
    answered = (each.names for each in pieces if each.home == home and statements(each.source))
    return bool(bound(source)) and bound(source) <= frozenset().union(*answered)


def _checks(source: str, answers: frozenset[str]) -> frozenset[str]:
    """Return the trees of a test's statements that use an answer, or a value computed from one.

    What a test merely prepares, such as `rng = np.random.default_rng(0)`, an answer may have, too.
    """
    about, found = answers, set()
    for each in statements(source) or ():
        if used(each.text) & about:
            about |= each.names
            found.add(each.tree)
    return frozenset(found)


def _begun(source: str, stub: str) -> str:
    """Return an answer without what of the stub was left in by mistake, and would undo it.

    That is `raise NotImplementedError()`, which stops what follows it, and a stub behind all that
    was written for its names, or that uses them. Where nothing else was written, all stays.
    """
    theirs, ours = statements(source), statements(stub)
    of_stub = _trees(stub)
    if theirs is None or ours is None or _trees(source) <= of_stub:
        return source
    left = {each.tree for each in ours if not each.names}
    last = {name: n for n, each in enumerate(theirs) for name in each.names | used(each.text)}
    written = frozenset().union(*(each.names for each in theirs if each.tree not in of_stub))
    left |= {
        each.tree
        for n, each in enumerate(theirs)
        if each.tree in of_stub and each.names <= written and all(last[k] == n for k in each.names)
    }
    return _apart_from(source, frozenset(left))


def _trees(source: str) -> frozenset[str]:
    return frozenset(each.tree for each in statements(source) or ())


def _apart_from(source: str, trees: frozenset[str]) -> str:
    """Return a cell's text without these statements: checks and stubs that were merged into it."""
    own = statements(source)
    if own is None or not any(each.tree in trees for each in own):
        return source
    return "\n".join(each.text for each in own if each.tree not in trees)


def _added(original: NotebookNode, source: str, answers: frozenset[str]) -> str:
    """Return what a student wrote into a cell that is not for answers, whose text is `source`.

    What was changed of a lesson or a test is the teacher's again. Of a test that was edited,
    and not only added to, nothing is kept but what gives a value to a name.
    """
    text = without_hidden_tests(original.source)
    if squeezed(source) in (squeezed(text), squeezed(original.source)):
        return ""
    if original.cell_type != "code":
        return source
    theirs, ours = statements(source), statements(text)
    if theirs is None or ours is None:
        return _other_lines(source, text)
    known = _trees(text)
    lesson = frozenset().union(*(each.names for each in ours)) - answers
    added = [each for each in theirs if each.tree not in known]
    if is_test(original) and not known <= _trees(source):
        added = [each for each in added if each.names]
    return "\n".join(each.text for each in added if not each.names or not each.names <= lesson)


def _other_lines(text: str, original: str) -> str:
    """Return the lines of a text that are not in another one."""
    known = {line.strip() for line in original.split("\n")}
    return "\n".join(line for line in text.split("\n") if line.strip() not in known)


def _written(source: str, stub: str) -> frozenset[str]:
    """Return the names that the student's own statements give a value, not those of the stub.

    Of a cell with a syntax error these are the names that it would define, as far as lines tell.
    """
    theirs = statements(source)
    if theirs is None:
        return _claimed(source)
    left = _trees(stub)
    return frozenset().union(*(each.names for each in theirs if each.tree not in left))


def _claimed(source: str) -> frozenset[str]:
    found: set[str] = set()
    for line in source.split("\n"):
        words = line.replace(":", " ").replace("(", " ").split()
        if len(words) > 1 and words[0] in ("def", "class") and not line.startswith((" ", "\t")):
            found.add(words[1])
        elif len(words) > 1 and words[1] == "=" and not line.startswith((" ", "\t")):
            found.add(words[0])
    return frozenset(found)


def _runs_at(template: Sequence[NotebookNode], piece: Piece, pieces: Sequence[Piece]) -> list[int]:
    """Return the solution cells in whose place a piece runs."""
    places = piece.answers[:1]
    for index in piece.answers[1:]:
        lesson = (bound(cell.source) for cell in template[places[-1] : index] if is_lesson(cell))
        others = (each.names for each in pieces if places[-1] < each.place < index)
        if used(piece.source) & frozenset().union(*lesson, *others):
            places.append(index)
    return places


def _parted(source: str, names: frozenset[str]) -> tuple[str, str]:
    """Return the statements that give these names their values, with what they need; the others.

    A piece with a syntax error is not parted.
    """
    own = statements(source)
    if own is None:
        return source, ""
    kept: set[int] = set()
    while new := [
        number
        for number, each in enumerate(own)
        if number not in kept and (each.names | changed(each.text)) & names
    ]:
        kept |= set(new)
        names |= frozenset().union(*(used(own[number].text) for number in new))
    wanted = "\n".join(each.text for number, each in enumerate(own) if number in kept)
    return wanted, "\n".join(each.text for number, each in enumerate(own) if number not in kept)


def _defined_later(template: Sequence[NotebookNode], place: int) -> frozenset[str]:
    """Return the names that the lesson defines after a cell, and not before it."""
    before, after = (
        frozenset().union(*(bound(cell.source) for cell in part if is_lesson(cell)))
        for part in (template[:place], template[place:])
    )
    return after - before


def _elsewhere(
    index: int, asked: frozenset[str], pieces: Sequence[Piece], runs: Sequence[Run]
) -> frozenset[str]:
    """Return which of a solution cell's names are answered by code from outside of it.

    The text of the cell itself counts, too, if it does not run there but further up.
    """
    here = [each.piece for each in runs]
    others = (
        each.names
        for each in pieces
        if index in each.answers and not (each.home == index and each in here)
    )
    return asked & frozenset().union(*others)


def without(source: str, stub: str, names: frozenset[str]) -> str:
    """Return a solution cell's text without the stub's own statements for these names.

    Nothing is left of a stub whose names are all answered elsewhere, or that has a syntax
    error. Other text with a syntax error stays as it is.
    """
    theirs = statements(source)
    of_stub: Mapping[str, Statement] = {each.tree: each for each in statements(stub) or ()}
    if not names:
        return source
    if theirs is None:
        return "" if squeezed(source) == squeezed(stub) else source
    dropped = {tree for tree, each in of_stub.items() if each.names and each.names <= names}
    if all(each.names <= names for each in of_stub.values()):
        dropped = set(of_stub)  # `raise NotImplementedError`, too
    if not any(each.tree in dropped for each in theirs):
        return source
    return "\n".join(each.text for each in theirs if each.tree not in dropped)
