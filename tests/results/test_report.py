"""The class report: what it counts, and what it says where counting means nothing."""

import base64
import csv
import hashlib
import json
import re
import shutil
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from autograder.results.analysis import (
    ENOUGH,
    Analysis,
    Lead,
    analyse,
    discrimination,
    distribution,
    teach_next,
)
from autograder.results.graded import Graded as Submission
from autograder.results.report import write
from autograder.results.status import Status
from autograder.results.verdict import Result, Verdict
from tests.support.running import Command, Graded
from tests.support.tiny_course import CLASS, SECTIONS


@pytest.fixture(scope="module")
def report(graded: Graded) -> BeautifulSoup:
    """The report of the tiny course's class."""
    return BeautifulSoup((graded.out / "report.html").read_text(encoding="utf-8"), "html.parser")


def table(report: BeautifulSoup, caption: str) -> dict[str, list[str]]:
    """Return the rows of the table whose caption begins like this, by the row's heading."""
    found = next(each for each in report.find_all("caption") if each.text.startswith(caption))
    parent = found.parent
    assert isinstance(parent, Tag)
    return {
        " ".join(row.select_one("th").text.split()): [  # type: ignore[union-attr]
            " ".join(cell.text.split()) for cell in row.select("td")
        ]
        for row in parent.select("tbody tr")
    }


def reasons(report: BeautifulSoup) -> dict[str, str]:
    """Return each student's reason, as far as no recognised mistake says it."""
    rows = {row.select_one("th"): row.select_one("td.reason") for row in report.select("tr")}
    return {name.text: cell.text for name, cell in rows.items() if name and cell}


def test_statuses(report: BeautifulSoup) -> None:
    counts = {status: int(cells[0]) for status, cells in table(report, "What became").items()}
    expected = {case.status for case in CLASS.values()}
    assert counts == {
        status: sum(case.status == status for case in CLASS.values()) for status in expected
    }
    assert list(counts.values()) == sorted(counts.values(), reverse=True)


def test_the_mean_is_of_all_scores_zeros_too(graded: Graded, report: BeautifulSoup) -> None:
    rows = [row for row in graded.rows().values() if row["score"]]
    assert "0" in {row["score"] for row in rows}
    mean = sum(float(row["score"]) / float(row["max_score"]) for row in rows) / len(rows)
    assert f"mean score {100 * mean:.0f}%" in report.text


def test_distribution_of_scores(report: BeautifulSoup) -> None:
    chart = report.select_one("figure svg")
    assert chart is not None
    scores = [case.score for case in CLASS.values()]
    counts = [sum(score == points for score in scores) for points in range(6)]
    parts = [f"{count} of {points}" for points, count in enumerate(counts) if count]
    label = f"Bar chart of {len(scores)} scores in q1: {', '.join(parts)}."
    assert chart["aria-label"] == label
    assert [text.text for text in chart.select("text")] == [
        text
        for points, count in enumerate(counts)
        for text in ([str(count)] if count else []) + [str(points)]
    ]
    assert len(chart.select("rect")) == len(parts)
    assert "the median 3 and the highest 5 of 5" in report.text


def test_exercises(report: BeautifulSoup) -> None:
    answered = [
        case for case in CLASS.values() if case.status not in ("blank", "unreadable", "tampered")
    ]
    assert f"Of {len(answered)} submissions with an answer." in report.text
    rows = table(report, "Of ")
    assert list(rows) == ["double", "area"]
    passed = int(rows["area"][0].split()[0])
    failed = {"none-right", "one-answered", "exits"}
    assert passed == len(answered) - len(failed)
    assert rows["area"][1] == "1"  # left blank by one of them
    assert rows["area"][3] in ("too few submissions", rows["double"][3])


def test_misconceptions_by_frequency(report: BeautifulSoup) -> None:
    rows = table(report, "Mistakes that")
    assert list(rows) == ["Too large too-large", "Too small too-small"]
    assert rows["Too large too-large"] == ["5", "double"]
    assert rows["Too small too-small"] == ["2", "double, area"]
    assert "not-answered" not in "".join(rows)
    assert "students failed a check in a way that no hint fits" in report.text


def test_it_begins_with_what_to_teach_next(graded: Graded, report: BeautifulSoup) -> None:
    answered = int(report.find(string=re.compile("submissions with an answer")).split()[1])  # type: ignore[union-attr]
    lead = report.select_one("h1 + p.lead")
    assert lead is not None
    said = " ".join(lead.get_text().split())
    # "Too large" is what most got, but it says nothing that one could teach.
    rows = table(report, "Of ")
    fewest = min(rows, key=lambda name: int(rows[name][0].split()[0]))
    passed = rows[fewest][0].split()[0]
    assert said == (
        f"What to teach next: {passed} of {answered} students passed {fewest}, the fewest. "
        f"Explained in the chapter: “{SECTIONS[fewest]}”."
    )


def test_where_the_site_is_known_it_leads_to_the_section(
    graded: Graded, autograder: Command, tmp_path: Path
) -> None:
    shutil.copytree(graded.course, tmp_path / "course")
    (tmp_path / "course/_config.yml").write_text("html:\n  baseurl: https://course.example/\n")
    shutil.copytree(graded.out, tmp_path / "course/out")
    done = autograder("report", "--out", "out", folder=tmp_path / "course")
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup((tmp_path / "course/out/report.html").read_text("utf-8"), "html.parser")
    link = page.select_one("p.lead a")
    assert link is not None
    assert link.text in SECTIONS.values()
    assert re.fullmatch(r"https://course\.example/\S+\.html#\S+", str(link["href"]))


def test_the_same_numbers_for_a_spreadsheet(graded: Graded, report: BeautifulSoup) -> None:
    exercises, mistakes = (
        list(csv.DictReader((graded.out / name).read_text(encoding="utf-8").splitlines()))
        for name in ("exercises.csv", "mistakes.csv")
    )
    rows = table(report, "Of ")
    assert [line["exercise"] for line in exercises] == list(rows)
    for line in exercises:
        share = f"{100 * int(line['passed']) / int(line['answered']):.0f}"
        assert rows[line["exercise"]][0] == f"{line['passed']} ({share}%)"
    shown = table(report, "Mistakes that")
    assert {f"{line['title']} {line['mistake']}": line["students"] for line in mistakes} == {
        name: cells[0] for name, cells in shown.items()
    }
    links = [str(link["href"]) for link in report.select("p.note a")]
    assert links == ["exercises.csv", "mistakes.csv"]


def test_only_its_own_script_may_run(graded: Graded) -> None:
    page = (graded.out / "report.html").read_text(encoding="utf-8")
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in page


def test_slowest_cells(report: BeautifulSoup) -> None:
    rows = table(report, "Seconds that")
    assert next(iter(rows)) == "a test of double"
    assert rows["a test of double"][2] in ("endless", "hog", "flood")
    seconds = [float(cells[1].removesuffix(" s")) for cells in rows.values()]
    assert seconds == sorted(seconds, reverse=True)
    assert seconds[0] >= 3  # the limit that `endless` ran into


def test_a_journal_of_an_earlier_version_is_read(
    graded: Graded, report: BeautifulSoup, autograder: Command, tmp_path: Path
) -> None:
    """Before 0.2.0 a reason was one text, and the kinds of verdicts were not told."""
    shutil.copytree(graded.out, tmp_path / "old")
    journal = tmp_path / "old/journal.jsonl"
    entries = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    for entry in entries:
        result = entry["result"]
        result["reason"] = Result.from_json(result).reason
        del result["cells"], result["notes"]
        for verdict in result["verdicts"]:
            del verdict["kind"], verdict["ename"]
    journal.write_text("\n".join(map(json.dumps, entries)) + "\n", encoding="utf-8")
    assert autograder("report", "--out", tmp_path / "old").returncode == 0
    page = (tmp_path / "old/report.html").read_text(encoding="utf-8")
    assert "Slowest cells" not in page
    assert f"{len(CLASS)} submissions: " in page
    assert reasons(BeautifulSoup(page, "html.parser")) == reasons(report)


# --- the rules, on made-up results ---


def result(student: str, points: dict[str, float], status: Status = "partial") -> Result:
    """Return a result in which each exercise has one test of 2 points."""
    found = tuple(
        Verdict(
            name,
            f"{name}-test",
            own,
            2,
            None if own == 2 else "too-small",
            "" if own == 2 else "too small",
            False,
        )
        for name, own in points.items()
    )
    return Result(student, "q1", status, found, (), 1.0, "sealed", {"a test of easy": 0.1})


def analysed(results: list[Result]) -> Analysis:
    scores = [sum(each.points for each in one.verdicts) for one in results]
    return analyse("q1", results, scores, 4)


def test_a_notebooks_name_is_no_pattern(tmp_path: Path) -> None:
    """Each row leads to its own page, whatever signs are in the name."""
    for name in ("hw[1]", "hw1"):
        (tmp_path / "feedback/ann/q1").mkdir(parents=True, exist_ok=True)
        (tmp_path / f"feedback/ann/q1/{name}.html").touch()
    one = result("ann", {"a": 2}, "ok")
    both = [Submission(replace(one, notebook=name), None) for name in ("hw[1]", "hw1")]
    page = BeautifulSoup(write(tmp_path, both, None).read_text(encoding="utf-8"), "html.parser")
    links = [str(link["href"]) for link in page.select("#submissions ~ table a")]
    assert links == ["feedback/ann/q1/hw%5B1%5D.html", "feedback/ann/q1/hw1.html"]


def test_discrimination_is_the_correlation_with_the_rest() -> None:
    """By hand: of 20 students, who has the first exercise has the second, but for two pairs."""
    first = [2.0] * 10 + [0.0] * 10
    second = [2.0] * 9 + [0.0] + [2.0] + [0.0] * 9
    totals = [a + b for a, b in zip(first, second, strict=True)]
    value, why = discrimination(first, totals)
    assert value == pytest.approx(0.8)  # phi of the table 9, 1, 1, 9
    assert why == ""
    results = [
        result(f"s{n}", {"a": a, "b": b})
        for n, (a, b) in enumerate(zip(first, second, strict=True))
    ]
    assert [each.discrimination for each in analysed(results).exercises] == [
        pytest.approx(0.8),
        pytest.approx(0.8),
    ]


def test_what_to_teach_next() -> None:
    def wrong(student: str, *codes: str) -> Result:
        found = (
            Verdict(f"e{n}", f"e{n}-test", 0, 2, code, "no", False) for n, code in enumerate(codes)
        )
        return Result(student, "q1", "partial", tuple(found), (), 1.0, "sealed")

    one = [wrong("ann", "no-bias"), wrong("ben", "too-small")]
    assert teach_next(analysed(one)) == Lead("Nobody passed e0.", ("e0",))
    alone = [wrong("ann", "no-bias", "x", "too-small")]
    assert teach_next(analysed(alone)) == Lead("Nobody passed e0, e1 or e2.", ("e0", "e1", "e2"))
    some = [*one, result("eve", {"e0": 2}, "ok")]
    assert teach_next(analysed(some)) == Lead("1 of 3 students passed e0, the fewest.", ("e0",))
    often = [wrong(name, *["no-channels"] * 3) for name in ("ann", "ben")]
    assert teach_next(analysed(often)) == Lead(
        "2 of 2 students made the mistake “Leaves out the input channels”, in e0, e1 and e2.",
        ("e0", "e1", "e2"),
    )
    tie = [wrong("ann", "no-bias", "no-channels"), wrong("ben", "no-bias", "x", "no-channels")]
    assert teach_next(analysed(tie)) == Lead(
        "2 of 2 students made the mistake “Leaves out the input channels”, in e1 and e2.",
        ("e1", "e2"),
    )
    # In the notebook's order, whoever made the mistake in which exercise first.
    mixed = [wrong("ann", "x", "no-channels"), wrong("ben", "no-channels")]
    assert analysed(mixed).mistakes[0].exercises == ["e0", "e1"]
    right = [result("ann", {"a": 2}, "ok")]
    assert teach_next(analysed(right)) == Lead("Everybody passed every exercise of q1.")
    assert teach_next(analysed([])) is None


def test_columns_that_say_nothing_are_left_out() -> None:
    page = Path(str(files("autograder.results").joinpath("report.html.j2"))).read_text("utf-8")
    few = analysed([result(f"s{n}", {"a": 2 * (n % 2), "b": 2}) for n in range(3)])
    row = {"student": "ann", "assignment": "q1", "status": "ok", "marks": [], "reason": ""}
    rows = {False: [row], True: [row, row | {"student": "ben", "reason": "cut off"}]}
    many = analysed([result(f"s{n}", {"a": 2 * (n % 2), "b": n % 3}) for n in range(ENOUGH)])
    heads = []
    for found in (few, many):
        shown = (
            Environment(autoescape=True)
            .from_string(page)
            .render(analyses=[found], rows=rows[found is many], often=8)
        )
        parsed = BeautifulSoup(shown, "html.parser")
        # What is not in a table is not explained below it.
        assert ("item–rest correlation" in parsed.text) == (found is many)
        table = parsed.select("#submissions ~ table")[0]
        assert ("Reason" in table.select("thead")[0].text) == (found is many)
        widths = {len(line.select("th, td")) for line in table.select("tr")}
        assert len(widths) == 1
        heads.append([each.text for each in parsed.select("#q1 ~ table thead")[0].select("th")])
    assert heads == [
        ["Exercise", "Passed", "Mean points"],
        ["Exercise", "Passed", "Mean points", "Discrimination"],
    ]


def test_too_few_or_all_the_same_is_said() -> None:
    few = [result(f"s{n}", {"a": 2 * (n % 2), "b": 2}) for n in range(ENOUGH - 1)]
    assert {each.why_none for each in analysed(few).exercises} == {"too few submissions"}
    same = [result(f"s{n}", {"a": 2 * (n % 2), "b": 2}) for n in range(ENOUGH)]
    assert {each.why_none for each in analysed(same).exercises} == {"no differences"}


def test_who_handed_in_no_answer_says_nothing_about_exercises() -> None:
    some = [result("ann", {"a": 2, "b": 0}), result("ben", {"a": 0, "b": 0}, "unreadable")]
    found = analysed(some)
    assert (found.answered, [each.passed for each in found.exercises]) == (1, [1, 0])
    assert [(each.code, each.students) for each in found.mistakes] == [("too-small", 1)]
    assert found.scores is not None
    assert found.scores.count == 2
    nobody = analyse("q1", some[1:], [], 0)
    assert (nobody.scores, nobody.exercises, nobody.mistakes) == (None, [], [])


@given(
    st.lists(st.floats(-5, 200, allow_nan=False), min_size=1, max_size=50),
    st.floats(0, 150, allow_nan=False),
)
def test_every_score_is_in_one_bar(scores: list[float], maximum: float) -> None:
    found = distribution(scores, maximum)
    assert sum(each.count for each in found.bars) == len(scores)
    starts = [each.start for each in found.bars]
    assert starts == list(range(0, int(maximum) + 1, found.step))
    assert len(starts) <= 11
    for bar in found.bars[1:-1]:
        assert bar.count == sum(bar.start <= score < bar.start + found.step for score in scores)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=ENOUGH, max_size=60))
def test_discrimination_is_a_correlation(pairs: list[tuple[int, int]]) -> None:
    value, why = discrimination([a for a, _ in pairs], [a + b for a, b in pairs])
    assert (value is None) == (why != "")
    assert value is None or -1.000001 <= value <= 1.000001
