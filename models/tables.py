"""Fill the tables of the READMEs from the results and the logs: `python -m models.tables`."""

import json
import re
from typing import Any, Final

from autograder.files import write
from models import compare, paths
from models.ablate import VARIANTS
from models.markdown import fill, table
from models.network import run_name, seeds
from models.vote import trained

READMES: Final = (paths.HERE / "README.md", paths.HERE.parent / "README.md")
"""The one here has all tables, the repository's some of them."""
SHOWN: Final = 5
"""So many of the best votes are in their table."""
Log = list[dict[str, float]]


def read_log(name: str) -> Log:
    """Return the epochs of a run's log, in order: none, if it was not begun."""
    path = paths.LOGS / f"{name}.jsonl"
    return (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if path.exists()
        else []
    )


def cells(found: dict[str, Any]) -> list[str]:
    """Return three cells of a verdict."""
    low, high = found["interval"]
    return [
        str(found["errors"]),
        f"{found['accuracy']:.2%}",
        f"{low:.2%} to {high:.2%}",
    ]


def results_table(results: dict[str, Any]) -> str:
    """Return the table of the single networks and their ensemble on the test part."""

    def row(name: str, plain: dict[str, Any], averaged: dict[str, Any]) -> list[str]:
        return [name, *(cell for found in (plain, averaged) for cell in cells(found))]

    single, moved = results["seeds"], results["seeds_with_shifts"]
    mean, mean_moved = results["mean_accuracy"], results["mean_accuracy_with_shifts"]
    errors, errors_moved = (
        f"{sum(v['errors'] for v in found.values()) / len(found):.1f}" for found in (single, moved)
    )
    header = ["network", "errors", "accuracy", "95% interval"]
    return table(
        [*header, "errors, nine shifts", "accuracy", "95% interval"],
        [
            *(row(f"seed {seed}", single[seed], moved[seed]) for seed in single),
            ["mean of these", errors, f"{mean:.3%}", "", errors_moved, f"{mean_moved:.3%}", ""],
            row("ensemble of these", results["ensemble"], results["ensemble_with_shifts"]),
            *longer_rows(results),
            *vote_rows(results),
        ],
    )


def longer_rows(results: dict[str, Any]) -> list[list[str]]:
    """Return the rows of the networks that were trained longer, if there are any; no shifts."""
    if "longer" not in results:
        return []
    longer = results["longer"]
    single = longer["networks"]
    errors = f"{sum(found['errors'] for found in single.values()) / len(single):.1f}"
    return [
        *([title(name), *cells(found), "", "", ""] for name, found in single.items()),
        ["mean of the longer ones", errors, f"{longer['mean_accuracy']:.3%}", "", "", "", ""],
        ["ensemble of the longer ones", *cells(longer["ensemble"]), "", "", ""],
    ]


def vote_rows(results: dict[str, Any]) -> list[list[str]]:
    """Return the rows of the other voters and of the vote, if there was one; without shifts."""
    if "vote" not in results:
        return []
    vote = results["vote"]
    others = {title(name): found for name, found in vote["voters"].items() if name not in in_rows()}
    return [
        [name, *cells(found), "", "", ""]
        for name, found in {**others, f"vote of {len(vote['voters'])}": vote}.items()
    ]


def in_rows() -> list[str]:
    """Return the run names of the networks that have a row of their own: not only as voters."""
    return [run_name(recipe, seed) for recipe in ("3x3", "long") for seed in seeds(recipe)]


def title(name: str) -> str:
    """Return what a table calls a run: `seed 1`, `longer, seed 1`, or `5 × 5, seed 1`."""
    kind = re.sub(r"(\d)x(\d)-", r"\1 × \2, ", name.replace("long-", "longer, "))
    return kind.replace("seed-", "seed ")


def time_of(log: Log) -> list[str]:
    """Return two cells: the minutes by the wall clock, and those of the processor cores."""
    return [f"{sum(line[key] for line in log) / 60:.1f}" for key in ("seconds", "cpu_seconds")]


def time_table() -> str:
    """Return the table of what training took, with the validation accuracy at its end."""
    rows = []
    for name in (run_name(*network) for network in trained()):
        log = read_log(name)
        end = f"{log[-1]['validation_accuracy']:.2%}"
        rows.append([title(name), str(len(log)), *time_of(log), end])
    return table(["network", "epochs", "minutes", "minutes × cores", "validation accuracy"], rows)


def side_by_side_table(results: dict[str, Any]) -> str:
    """Return the table of the document's recipe and ours in the same time."""
    rows = []
    for title, key, name in (
        ("the document's", "document", "document"),
        ("ours, shortened", "ours", "short"),
    ):
        log, found = read_log(name), results["side_by_side"][key]
        accuracy = f"{found['accuracy']:.2%}"
        rows.append([title, str(len(log)), *time_of(log), str(found["errors"]), accuracy])
    header = ["recipe", "epochs", "minutes", "minutes × cores", "test errors", "test accuracy"]
    return table(header, rows)


def ablation_row(name: str, line: dict[str, float], images: int) -> list[str]:
    """Return the cells of one variant, from a line of its log."""
    errors, unaveraged = (
        str(round((1 - line[key]) * images))
        for key in ("validation_accuracy", "validation_accuracy_unaveraged")
    )
    return [name.replace("-", " "), errors, f"{line['validation_loss']:.4f}", unaveraged]


def ablation_table() -> str:
    """Return the table of what happens without each ingredient, on validation images."""
    rows = []
    for name, recipe in VARIANTS.items():
        log = read_log(f"ablation-{name}")
        if len(log) == recipe.epochs + recipe.clean_epochs:  # else it is still training
            rows.append(ablation_row(name, log[-1], recipe.validation))
        if name == "complete" and rows:
            before = log[-1 - recipe.clean_epochs]
            rows.append(ablation_row("without-clean-pass", before, recipe.validation))
    return table(["recipe", "errors", "loss", "errors without averaging of weights"], rows)


def comparison_table() -> str:
    """Return the table of what changes to the recipe do, on training images they have not seen."""
    found = compare.found()
    rows = []
    for name, line in ((name, found[name]) for name in compare.VARIANTS if name in found):
        beside = compare.beside(line, found["base"])
        numbers = [f"{beside['mended']}", f"{beside['new']}", f"{beside['chance']:.2f}"]
        rows.append(
            [
                name.replace("-", " "),
                str(line["errors"]),
                *([""] * 3 if name == "base" else numbers),
                f"{line['loss']:.4f}",
                time_of(read_log(f"compare-{name}"))[1],
            ]
        )
    header = ["recipe", "errors", "mended", "new", "chance if equal", "loss", "minutes × cores"]
    return table(header, rows)


def without_longer(found: dict[str, Any]) -> dict[str, Any]:
    """Return what was found on validation images of the networks that were trained equally long."""
    kept = {name for name in found["networks"] if not name.startswith("long-")}
    return {
        "networks": {name: alone for name, alone in found["networks"].items() if name in kept},
        "pairs": [pair for pair in found["pairs"] if kept.issuperset(pair["networks"])],
        "votes": [vote for vote in found["votes"] if kept.issuperset(vote["voters"])],
    }


def votes_table(found: dict[str, Any]) -> str:
    """Return the table of single networks and the best votes by loss, on validation images."""
    best = sorted(found["votes"], key=lambda vote: vote["loss"])[:SHOWN]
    rows = [
        *([title(name), "", alone] for name, alone in found["networks"].items()),
        *(["; ".join(map(title, vote["voters"])), vote["way"], vote] for vote in best),
    ]
    return table(
        ["who votes", "how", "errors", "loss", "errors, distorted"],
        [
            [
                who,
                how,
                str(does["errors"]),
                f"{does['loss']:.4f}",
                str(does.get("errors_distorted", "")),
            ]
            for who, how, does in rows
        ],
    )


def pairs_table(pairs: list[dict[str, Any]]) -> str:
    """Return the table of how far every two networks agree."""
    return table(
        ["networks", "different answers", "both wrong", "the same mistake", "correlation"],
        [
            [
                "; ".join(map(title, pair["networks"])),
                *(str(pair[key]) for key in ("differ", "wrong_both", "same_mistake")),
                f"{pair['correlation']:.2f}",
            ]
            for pair in pairs
        ],
    )


def tables() -> dict[str, str]:
    """Return every table by its name in a README."""
    results = json.loads(paths.RESULTS.read_text(encoding="utf-8"))
    validation = json.loads(paths.VALIDATION.read_text(encoding="utf-8"))
    equally_long = without_longer(validation)
    return {
        "results": results_table(results),
        "time": time_table(),
        "side by side": side_by_side_table(results),
        "ablation": ablation_table(),
        "comparison": comparison_table(),
        "votes": votes_table(equally_long),
        "pairs": pairs_table(equally_long["pairs"]),
        "votes with longer": votes_table(validation),
    }


def main() -> None:
    """Write the tables into both."""
    new = tables()
    for path in READMES:
        write(path, fill(path.read_text(encoding="utf-8"), new))


if __name__ == "__main__":
    main()
