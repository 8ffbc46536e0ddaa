"""A process that has seen hidden inputs has no way to say anything but its answers.

Two courses that differ in their hidden inputs only grade the same submissions. What a student
gets must be the same to the byte, unless the points differ, or how they were lost: what these tell
is all there is, and the threat model counts it.
"""

import base64
import csv
import difflib
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode

from autograder.notebook import notebooks
from autograder.results.hint_wording import CUT_SHORT
from tests.attacks import telling
from tests.support import tiny_course
from tests.support.running import run
from tests.support.tiny_course import NAME, Make, hand_in_class

ODD, EVEN = (405_073_912_877, 604_135_208_193), (906_251_748_332, 802_265_991_748)
CANARIES = [str(number * factor) for number in ODD + EVEN for factor in (1, 2, 64)]


def pages(
    folder: Path, inputs: tuple[int, int], makes: Mapping[str, Make], edit: telling.Edit
) -> dict[str, bytes]:
    """Grade these submissions with these hidden inputs; return each student's feedback page."""
    course, out = folder / "course", folder / "grading"
    tiny_course.make_course(course)
    tiny_course.write_source(course, telling.source(inputs, edit))
    assert run("release", folder=course).returncode == 0
    chapter = notebooks.read(course / "notebooks/q1" / NAME)
    hand_in_class(folder / "submitted", chapter, dict(makes))
    done = run(
        *("grade", folder / "submitted", "--out", out, "--jobs", "4"),
        *("--cell-timeout", "20", "--memory", "1024"),
        folder=course,
    )
    assert done.returncode == 0, done.stderr
    with (out / "grades.csv").open(encoding="utf-8", newline="") as table:
        statuses = {row["student_id"]: row["status"] for row in csv.DictReader(table)}
    assert "infra-error" not in statuses.values()
    return {
        student: (out / "feedback" / student / "q1/tiny.html").read_bytes() for student in makes
    }


CUT = re.compile("was not reached|" + "|".join(CUT_SHORT.values()))


def price(page: bytes) -> tuple[list[str], list[str]]:
    """Return the points of a page, and which tests lost theirs to a run that was cut short."""
    return scores(page), CUT.findall(page.decode())


def scores(page: bytes) -> list[str]:
    """Return the points that a page gives, in all and for each exercise."""
    return re.findall(r"[\d.–]+ of [\d.]+", page.decode())


def forms(canary: str) -> list[bytes]:
    """Return a number as it could be written to be overlooked."""
    plain = canary.encode()
    grouped = f"{int(canary):,}".encode()
    return [
        plain,
        plain[::-1],
        grouped,
        plain.hex().encode(),
        hex(int(canary))[2:].encode(),
        *(base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3)),
    ]


def different(page: bytes, other: bytes) -> list[str]:
    """Return the lines in which two pages differ."""
    one, two = page.decode().splitlines(), other.decode().splitlines()
    return list(difflib.unified_diff(one, two, n=0, lineterm=""))


def assert_nothing_told(
    makes: Mapping[str, Make], edit: telling.Edit = telling.as_they_are
) -> dict[str, bytes]:
    """Grade in both courses, their tests edited, compare what students get, and return it."""
    base = Path(tempfile.mkdtemp(prefix="telling-"))
    try:
        odd, even = (
            pages(base / name, inputs, makes, edit)
            for name, inputs in (("odd", ODD), ("even", EVEN))
        )
    finally:
        shutil.rmtree(base)
    for student, page in odd.items():
        for found in (page, even[student]):
            told = [canary for canary in CANARIES if any(form in found for form in forms(canary))]
            assert not told, student
        if price(page) == price(even[student]):
            assert not different(page, even[student]), student
    return odd


def test_no_way_tells_hidden_inputs() -> None:
    found = assert_nothing_told(telling.CASES)
    marked_down = {student for student, page in found.items() if scores(page)[0] != "5 of 5"}
    assert marked_down == telling.COSTLY


def test_a_test_beside_the_answer_tells_no_more() -> None:
    names = ["update-a-display", "update-a-picture", "clear", "print-later"]
    makes = {name: telling.CASES[f"when-called-{name}"] for name in names}
    found = assert_nothing_told(makes | {"forged": forged}, telling.beside)
    assert {student for student, page in found.items() if scores(page)[0] != "5 of 5"} == {"forged"}


def test_what_is_visible_tells_nothing_where_hidden_tests_stand_before_it_or_in_it() -> None:
    makes = {price: telling.again(price) for price in ("nothing", *telling.AGAIN, "scored")}
    found = assert_nothing_told(makes, telling.looped)
    in_all = {student: scores(page)[0] for student, page in found.items()}
    assert in_all == {
        "nothing": "5 of 5",
        "raises": "3 of 5",
        "returns": "3 of 5",
        "scored": "5 of 5",
    }
    assert not re.search(r"\d\.\d{3}", " ".join(scores(found["scored"]))), "points to a hundredth"


def forged(released: NotebookNode, _folder: object) -> NotebookNode:
    return tiny_course.solved(released, double=telling.FORGED)


one_way = st.builds(
    telling.making,
    st.lists(st.sampled_from(sorted(telling.WHEN_CALLED)), max_size=4),
    st.lists(st.sampled_from(sorted(telling.LATER)), max_size=6),
    st.none() | st.sampled_from(sorted(telling.AT_A_PRICE)),
)


@given(ways=st.lists(one_way, min_size=12, max_size=12))
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_mixture_of_ways_tells_hidden_inputs(ways: list[Make]) -> None:
    assert_nothing_told({f"way-{number}": make for number, make in enumerate(ways)})


@pytest.mark.parametrize(
    "text",
    [
        "405073912877",
        "778219370504",
        "405,073,912,877",
        b"405073912877".hex(),
        hex(405073912877),
        *(base64.b64encode(b"inputs:"[:n] + b" 405073912877, 1").decode() for n in range(3)),
    ],
)
def test_the_oracle_sees_what_is_told(text: str) -> None:
    assert any(form in f"<p>{text}</p>".encode() for form in forms("405073912877"))
