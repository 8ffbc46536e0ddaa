"""Students whose code displays things: tables and pictures, and what must never come back."""

import shutil
from pathlib import Path
from typing import cast

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.notebook import notebooks
from tests.support import tiny_course
from tests.support.running import run

# What a browser would do for an attacker; ADDRESS is where it would call. Ours is `attack`.
HOSTILE = """\
<script>attack()</script>
<script src="ADDRESS/script.js"></script>
<img src="x" onerror="attack()">
<img src="ADDRESS/pixel.png">
<svg xmlns="http://www.w3.org/2000/svg" onload="attack()"><script>attack()</script>
<image href="ADDRESS/svg.png"/></svg>
<a href="javascript:attack()" id="trap">open me</a>
<iframe srcdoc="<script>parent.attack()</script>"></iframe>
<iframe src="ADDRESS/frame.html"></iframe>
<object data="ADDRESS/object"></object><embed src="ADDRESS/embed">
<form action="ADDRESS/form"><input name="secret" autofocus onfocus="attack()"></form>
<link rel="stylesheet" href="ADDRESS/style.css">
<style>@import "ADDRESS/import.css"; body { background: url(ADDRESS/back.png) }</style>
<div style="background: url(ADDRESS/inline.png)">styled</div>
<video src="ADDRESS/video" onerror="attack()"></video><base href="ADDRESS/">
<details open ontoggle="attack()">details</details>
<meta http-equiv="refresh" content="0; url=ADDRESS/away">
<math><mtext><style><img src=x onerror=attack()></style></mtext></math>
"""
ADDRESS = "http://127.0.0.1:9"  # where nobody listens

TABLE = """\
<div><style scoped>.dataframe tbody tr th { vertical-align: top; }</style>
<table border="1" class="dataframe" style="color: red"><thead><tr style="text-align: right;">
<th></th><th colspan="2">filters</th></tr></thead>
<tbody><tr><th>conv1</th><td>3</td><td>96 &lt; 128</td></tr></tbody></table>
<p>1 rows × 2 columns</p></div>"""
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)
SHOWS = f"""\
from IPython.display import HTML, Markdown, SVG, Javascript, display
display(HTML({TABLE!r}))
display({{"image/png": {PIXEL!r}, "text/plain": "a figure"}}, raw=True)"""
ATTACKS = f"""\
hostile = {HOSTILE.replace("ADDRESS", ADDRESS)!r}
for kind in ("text/html", "text/markdown", "image/svg+xml", "text/latex", "text/plain"):
    display({{kind: hostile}}, raw=True)
display(Javascript("attack()"))
print(hostile)
display({{"text/html": "<script>only a script</script>", "text/plain": "in its place"}}, raw=True)
display({{"text/html": "<div>" * 150_000 + "deep", "text/plain": "too deep"}}, raw=True)"""
WRITTEN = f"""\
**My reasons**

{HOSTILE.replace("ADDRESS", ADDRESS)}
[link](javascript:attack())"""


def make_course(folder: Path, tiny: Path) -> None:
    """Copy the tiny course and add a question that is answered in writing."""
    shutil.copytree(tiny, folder)
    source = tiny_course.source_notebook()
    mark = {"grade_id": "reasons", "grade": True, "solution": True, "locked": False, "points": 1}
    source.cells += [
        new_markdown_cell("### Exercise 3: reasons", id="text-3"),
        new_markdown_cell(
            "Write here.",
            metadata={"nbgrader": mark | {"schema_version": 3, "task": False}},
            id="reasons",
        ),
    ]
    tiny_course.write_source(folder, source)
    done = run("release", folder=folder)
    assert done.returncode == 0, done.stderr


def hand_in_class(folder: Path, course: Path) -> None:
    """Write the submissions: `shows` a table and a picture, `attacks` whoever reads it."""
    released = notebooks.read(course / "notebooks/q1" / tiny_course.NAME)
    for student, source in (("shows", SHOWS), ("attacks", f"{SHOWS}\n{ATTACKS}")):
        notebook = tiny_course.solved(released)
        notebook.cells.insert(3, cast(NotebookNode, new_code_cell(source)))
        if student == "attacks":
            tiny_course.cell(notebook, "reasons").source = WRITTEN
        tiny_course.hand_in(folder, student, notebook)
