"""Draws what was measured, and writes the tables of README.md: `python -m benchmarks.chart`.

A bar is how many times as long another grader takes as ours: for one submission, for each further
one, for a class, for a student's check.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from autograder.files import write
from benchmarks import check, measured, ways
from models.markdown import fill, table

HERE = Path(__file__).parent
PALETTE = HERE.parent / "solutions" / "palette.toml"
ONE_JOB = "autograder grade --jobs 1"
OTHERS = ("nbgrader", "otter-grader")
GRADERS, CHECKERS = (ways.STOCK, ways.OTTER), (check.STOCK, check.OTTER)  # how each is measured
SIZES = {"first": "one submission", "class": "the class", "further": "each further one"}


@dataclass(frozen=True)
class Colours:
    """The colours of one drawing: of words, of lines, and of the others' bars."""

    words: str
    line: str
    bars: tuple[str, str]


def colours() -> dict[str, Colours]:
    """Return those for a light page, the course's own, and for a dark one, by the page's name."""
    ink = tomllib.loads(PALETTE.read_text(encoding="utf-8"))["ink"]
    light = Colours(ink["BLUE"], ink["GREY"], (ink["SKY"], ink["OCHRE"]))
    return {"light": light, "dark": Colours("#d6eaf8", "#9aa5a6", ("#5dade2", "#e0a94a"))}


def ratios(found: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return by what is done how many times as long each other grader takes, by its name."""
    grading, checks = found["grading"]["seconds"], found["check"]["seconds"]
    rows = {
        words: (grading[ONE_JOB][size], [grading.get(other, {}).get(size) for other in GRADERS])
        for size, words in SIZES.items()
    } | {
        f"a check of {name}": (
            each[check.OURS]["wall"],
            [each.get(other, {}).get("wall") for other in CHECKERS],
        )
        for name, each in checks.items()
    }
    return {
        what: {
            other: theirs / ours
            for other, theirs in zip(OTHERS, both, strict=True)
            if theirs is not None
        }
        for what, (ours, both) in rows.items()
    }


def drawn(found: dict[str, dict[str, float]], chosen: Colours) -> Figure:
    """Return the chart of ratios."""
    figure = Figure(figsize=(8, 0.8 + 0.62 * len(found)), layout="constrained")
    axes = figure.subplots()
    height = 0.36
    for number, other in enumerate(OTHERS):
        rows = [(place, each[other]) for place, each in enumerate(found.values()) if other in each]
        bars = axes.barh(
            [place + number * height for place, _ in rows],
            [ratio for _, ratio in rows],
            height * 0.9,
            color=chosen.bars[number],
            label=other,
        )
        labels = [f"{ratio:.1f}" for _, ratio in rows]
        axes.bar_label(bars, labels, padding=4, color=chosen.words)
    axes.set_yticks([place + height / 2 for place in range(len(found))], list(found))
    axes.invert_yaxis()
    axes.axvline(1, color=chosen.line)
    axes.set_xticks([1], ["1: autograder"])
    axes.margins(x=0.1)
    axes.set_title("how many times as long it takes", color=chosen.words, loc="left")
    figure.legend(frameon=False, labelcolor=chosen.words, loc="outside lower right", ncols=2)
    axes.tick_params(colors=chosen.words, length=0)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.spines["left"].set_color(chosen.line)
    return figure


def save(found: dict[str, dict[str, float]], folder: Path) -> list[Path]:
    """Draw the chart for light and for dark pages; return the two files, the same each time."""
    paths = []
    for page, chosen in colours().items():
        path = folder / f"ratios-{page}.svg"
        with mpl.rc_context({"svg.hashsalt": "ratios", "svg.fonttype": "none", "font.size": 11}):
            drawn(found, chosen).savefig(path, transparent=True, metadata={"Date": None})
        paths.append(path)
    return paths


def picture(found: dict[str, dict[str, float]]) -> str:
    """Return the chart for README.md, with all that it shows in words."""
    told = "; ".join(
        f"{what}: " + ", ".join(f"{other} {ratio:.1f}" for other, ratio in each.items())
        for what, each in found.items()
    )
    alt = f"How many times as long as autograder other graders take. {told}."
    return (
        '<picture>\n  <source media="(prefers-color-scheme: dark)" srcset="ratios-dark.svg">\n'
        f'  <img src="ratios-light.svg" alt="{alt}">\n</picture>'
    )


def grading_table(found: dict[str, Any]) -> str:
    """Return the times of each way to grade, and the ratios to ours."""
    grading = found["grading"]
    first, whole, further = SIZES
    rows = [
        [f"`{way}`", f"{each[first]:.1f} s", f"{each[whole]:.1f} s", f"{each[further]:.2f} s"]
        for way, each in grading["seconds"].items()
    ]
    header = ["", SIZES[first], f"the class of {grading['submissions']}", SIZES[further]]
    return table(header, rows)


def check_table(found: dict[str, Any]) -> str:
    """Return what a student waits for, chapter by chapter."""
    rows = [
        [name, f"`{way}`", f"{each['wall']:.1f} s", f"{each['processor']:.1f} s"]
        for name, all_ways in found["check"]["seconds"].items()
        for way, each in all_ways.items()
    ]
    return table(["chapter", "", "wall", "processor"], rows)


def measured_on(found: dict[str, Any]) -> str:
    """Return a sentence on the machine, and one on what was graded."""
    grading = found["grading"]
    machine, chapters = grading["machine"], len(grading["chapters"])
    return (
        f"Measured on {machine['cores']} cores ({machine['processor']}, {machine['memory_gb']} GB, "
        f"load before {machine['load']}), Python {machine['python']}, nbgrader "
        f"{machine['nbgrader']}: {grading['submissions']} submissions of {chapters} chapters, "
        f"medians of {grading['repeat']} interleaved repeats."
    )


def places(found: dict[str, Any]) -> dict[str, str]:
    """Return what README.md has a place for, by the place's name."""
    return {
        "chart": picture(ratios(found)),
        "machine": measured_on(found),
        "grading": grading_table(found),
        "check": check_table(found),
    }


def main() -> None:
    """Draw the chart, and write the tables."""
    found = measured.read()
    save(ratios(found), HERE)
    readme = HERE / "README.md"
    write(readme, fill(readme.read_text(encoding="utf-8"), places(found)))


if __name__ == "__main__":
    main()
