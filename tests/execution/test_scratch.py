"""A scratch folder goes, whatever a submission has left in it."""

import os
from pathlib import Path

from autograder.execution.scratch import remove


def test_any_folder_can_be_removed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("kept")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    (scratch / "link").symlink_to(outside)
    (scratch / "broken").symlink_to("nowhere")
    os.mkfifo(scratch / "pipe")
    for name in ("closed", "unreadable"):
        (scratch / name / "inner").mkdir(parents=True)
        (scratch / name / "inner/file").write_text("x")
    (scratch / "closed").chmod(0)
    (scratch / "unreadable").chmod(0o300)
    here = os.open(".", os.O_RDONLY)
    try:
        os.chdir(scratch)
        for _ in range(1_500):  # deeper than Python recurses
            os.mkdir("d")
            os.chdir("d")
        Path("link").symlink_to(outside)
    finally:
        os.fchdir(here)
        os.close(here)
    remove(scratch)
    assert not scratch.exists()
    assert [path.name for path in outside.iterdir()] == ["kept.txt"]
