"""A grader in a control group of its own: `python -m tests.sandbox.in_a_group GROUP CELL …`.

It moves into the group, takes what controllers are there for itself, runs one cell sealed, and
prints in what that was. Further words are a program that it starts meanwhile and leaves alone.
"""

import os
import subprocess
import sys
from pathlib import Path

from autograder.execution import sealed, warm
from autograder.notebook import notebooks
from autograder.sandbox import cgroup
from tests.support.tasks import task

if __name__ == "__main__":
    group, cell, besides = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    (group / "cgroup.procs").write_text(str(os.getpid()), encoding="ascii")
    own = cgroup.own_group()
    assert own is not None
    there = tuple((own / "cgroup.controllers").read_text(encoding="ascii").split())
    # Without any, which is of no use for grading, the rest is the same.
    warm._groups.append(cgroup.delegated(there) if there else cgroup.Delegated(own, ()))
    notebook = notebooks.notebook([notebooks.code_cell(cell, {})])
    outcome = sealed.run(task(notebook))
    if besides:
        subprocess.Popen(besides, stdout=subprocess.DEVNULL)
    sealed.close()
    print(outcome["infra"], outcome["isolation"], [each["cut"] for each in outcome["cells"]])
    print((group / "cgroup.procs").read_text(encoding="ascii").split() == [str(os.getpid())])
