"""Zips as people and programs make them: what can be read is graded, what can't is named."""

import io
import json
import re
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode

from autograder.errors import UsageError
from autograder.submissions import archive
from autograder.submissions.student_ids import student_id
from autograder.submissions.tree import Entry, Unreadable
from tests.support import tiny_course
from tests.support.running import Command, Done, grades, run

NAME = tiny_course.NAME
pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")


def add(zipped: zipfile.ZipFile, name: str, content: bytes, **parts: int) -> zipfile.ZipInfo:
    """Put a member into a zip; `parts` are fields of its entry, `method` how it is packed."""
    info = zipfile.ZipInfo(name)
    info.filename = name  # as it is: ZipInfo makes a backslash a slash on Windows
    info.compress_type = parts.pop("method", zipfile.ZIP_DEFLATED)
    info.external_attr = parts.pop("mode", stat.S_IFREG | 0o644) << 16
    zipped.writestr(info, content)
    for part, value in parts.items():
        setattr(info, part, value)
    return info


def damaged(path: Path, members: list[zipfile.ZipInfo]) -> None:
    """Overwrite the middle of members' data in a finished zip."""
    content = bytearray(path.read_bytes())
    for member in members:
        start = member.header_offset + 30 + len(member.filename.encode())
        middle = start + member.compress_size // 2
        content[middle : middle + 40] = bytes(each ^ 0x5A for each in content[middle : middle + 40])
    path.write_bytes(content)


UNREADABLE = {
    "deflate": "tiny.ipynb is damaged in the zip",
    "lzma": "tiny.ipynb is damaged in the zip",
    "bzip2": "tiny.ipynb is damaged in the zip",
    "stored": "tiny.ipynb is damaged in the zip",
    "encrypted": "tiny.ipynb is encrypted in the zip",
    "unknown-method": "tiny.ipynb is packed in a way that is not known here",
    "large": "tiny.ipynb is larger than 20 MB",
    "link": "tiny.ipynb is a link; hand in the notebook itself",
    "device": "tiny.ipynb is not an ordinary file",
    "twice": "tiny.ipynb is in the zip 2 times, each time another, and which of them counts",
    "case": "2 notebooks were handed in (Tiny.ipynb, tiny.ipynb) and one is expected",
    "picture": "no notebook was handed in, only photo.png",
    "empty": "the folder is empty",
    "deep": "no notebook was handed in, only deep",
}
RIGHT = ["right", "twice-the-same", "long-name", "Zoë", "山田+太郎@example.org", "upper", "dots"]
RIGHT += ["file-and-folder", "loud"]


@pytest.fixture(scope="module")
def graded_zip(
    tmp_path_factory: pytest.TempPathFactory, tiny: Path, released: NotebookNode
) -> tuple[Path, Done]:
    """One zip with one of everything, in a folder of its own, as a Mac compresses one."""
    folder = tmp_path_factory.mktemp("zip")
    right = json.dumps(tiny_course.solved(released)).encode()
    broken, path = [], folder / "class.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        add(zipped, "my class/", b"", mode=stat.S_IFDIR | 0o755)
        add(zipped, "my class/.DS_Store", b"\0")
        for student in ("right", "Zoe\u0308", "山田+太郎@example.org"):
            add(zipped, f"my class/{student}/q1/{NAME}", right)
            add(zipped, f"my class/{student}/q1/.DS_Store", b"\0")
            add(zipped, f"__MACOSX/my class/{student}/q1/._{NAME}", b"\0\5\26\7")
        add(zipped, f"my class/upper/Q1/{NAME}", right)
        add(zipped, f"./my class//dots/./q1/{NAME}", right)
        add(zipped, f"my class/long-name/q1/{'x' * 300}.ipynb", right)
        for method in ("stored", "deflate", "bzip2", "lzma"):
            number = {"stored": 0, "deflate": 8, "bzip2": 12, "lzma": 14}[method]
            broken.append(add(zipped, f"my class/{method}/q1/{NAME}", right, method=number))
        add(zipped, f"my class/encrypted/q1/{NAME}", right, flag_bits=1)
        add(zipped, f"my class/unknown-method/q1/{NAME}", right, compress_type=99)
        add(zipped, f"my class/large/q1/{NAME}", b" " * 60_000_000)
        add(zipped, f"my class/link/q1/{NAME}", b"/etc/passwd", mode=stat.S_IFLNK | 0o777)
        add(zipped, f"my class/device/q1/{NAME}", b"", mode=stat.S_IFIFO | 0o644)
        add(zipped, f"my class/twice/q1/{NAME}", right)
        add(zipped, f"my class/twice/q1/{NAME}", right + b" ")
        add(zipped, f"my class/twice-the-same/q1/{NAME}", right)
        add(zipped, f"my class/twice-the-same/q1/{NAME}", right)
        add(zipped, f"my class/case/q1/{NAME}", right)
        add(zipped, f"my class/case/q1/{NAME.capitalize()}", right)
        add(zipped, "my class/file-and-folder", b"left out")
        add(zipped, "my class/file-and-folder/q1", b"")
        add(zipped, f"my class/loud/q1/{NAME.upper()}", right)
        add(zipped, f"my class/file-and-folder/q1/{NAME}", right)
        add(zipped, "my class/picture/q1/photo.png", b"left where it is")
        add(zipped, "my class/empty/q1/", b"", mode=stat.S_IFDIR | 0o755)
        for name in ("../evil.ipynb", "/tmp/evil.ipynb", "C:evil.ipynb", "my class/../../evil"):  # noqa: S108
            add(zipped, name, b"evil")
        add(zipped, f"my class/deep/q1/{'deep/' * 30}{NAME}", right)
    damaged(path, broken)
    done = run("grade", path, "--out", folder / "out", "--jobs", "2", folder=tiny)
    return folder, done


def test_the_zip_is_graded(graded_zip: tuple[Path, Done]) -> None:
    folder, done = graded_zip
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [
        "autograder: left out of class.zip: its entry ../evil.ipynb points outside it",
        "autograder: left out of class.zip: its entry /tmp/evil.ipynb points outside it",
        "autograder: left out of class.zip: its entry C:evil.ipynb points outside it",
        "autograder: left out of class.zip: its entry my class/../../evil points outside it",
        f"autograder: left out of class.zip: its entry my class/deep/q1/{'deep/' * 8}de… "
        "lies more than 20 folders deep",
        "autograder: left out of class.zip: its entry my class/file-and-folder has the name of a "
        "folder",
        "autograder: Q1 is taken for q1, in the folders of upper",
    ]
    assert not list(folder.rglob("evil*"))
    assert not Path("/tmp/evil.ipynb").exists()  # noqa: S108


def test_everybody_is_in_the_table(graded_zip: tuple[Path, Done]) -> None:
    rows = grades(graded_zip[0] / "out")
    assert sorted(rows) == sorted([*UNREADABLE, *RIGHT])


@pytest.mark.parametrize("student", RIGHT)
def test_what_can_be_read_is_graded(graded_zip: tuple[Path, Done], student: str) -> None:
    row = grades(graded_zip[0] / "out")[student]
    assert (row["status"], row["score"], row["reason"]) == ("ok", "5", "")


@pytest.mark.parametrize("student", UNREADABLE)
def test_what_can_not_be_read_is_named(graded_zip: tuple[Path, Done], student: str) -> None:
    folder = graded_zip[0]
    row = grades(folder / "out")[student]
    assert (row["status"], row["score"]) == ("unreadable", "0")
    assert row["reason"].startswith(UNREADABLE[student])
    page = (folder / f"out/feedback/{student}/q1/tiny.html").read_text(encoding="utf-8")
    assert row["reason"][1:] in page


def test_no_path_of_ours_is_named(graded_zip: tuple[Path, Done]) -> None:
    folder, done = graded_zip
    told = done.stdout + done.stderr + (folder / "out/grades.csv").read_text(encoding="utf-8")
    told += "".join(path.read_text("utf-8") for path in (folder / "out").rglob("*.html"))
    told = told.replace(str(folder), "")  # the outputs are named, wherever they are
    assert not re.search(r"autograder-\w{8}|/tmp/(?!evil)", told)


# --- ways to be a zip of the same two students ---


def names_of(students: list[str], form: str = "{}/q1/tiny.ipynb") -> list[str]:
    return [form.format(student) for student in students]


TWO = ["ann", "ben"]
FORMS: dict[str, list[str]] = {
    "plain": names_of(TWO),
    "wrapped": names_of(TWO, "class/{}/q1/tiny.ipynb"),
    "wrapped-twice": names_of(TWO, "Downloads/class/{}/q1/tiny.ipynb"),
    "wrapped-as-the-assignment": names_of(TWO, "q1/{}/q1/tiny.ipynb"),
    "backslashes": names_of(TWO, "{}\\q1\\tiny.ipynb"),
    "wrapped-backslashes": ["class\\", *names_of(TWO, "class\\{}\\q1\\tiny.ipynb")],
    "mac": [*names_of(TWO, "c/{}/q1/tiny.ipynb"), *names_of(TWO, "__MACOSX/c/{}/q1/._tiny.ipynb")],
    "one-student-wrapped": ["class/ann/q1/tiny.ipynb"],
    "one-student": ["ann/q1/tiny.ipynb", ".DS_Store"],
    "with-a-note": ["class/readme.txt", *names_of(TWO, "class/{}/q1/tiny.ipynb"), "notes.txt"],
}


def written(path: Path, names: list[str], content: bytes = b"") -> Path:
    with zipfile.ZipFile(path, "w") as zipped:
        for name in names:
            add(zipped, name, content)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_forms_of_a_zip(autograder: Command, tmp_path: Path, form: str) -> None:
    path = written(tmp_path / "c.zip", FORMS[form])
    done = autograder("grade", path, "--out", tmp_path / "out", "--no-feedback")
    assert done.returncode == 0, done.stderr
    assert sorted(grades(tmp_path / "out")) == (["ann"] if "one" in form else TWO)
    left = ["autograder: left out readme.txt: it is not a folder; expected"]
    told = [line[: len(left[0])] for line in done.stderr.splitlines()]
    assert told == (left if form == "with-a-note" else [])


REFUSED = {
    "slip": (["../ann/q1/tiny.ipynb"], "points outside it"),
    "absolute": (["/ann/q1/tiny.ipynb"], "points outside it"),
    "drive": (["C:\\ann\\q1\\tiny.ipynb"], "points outside it"),
    "backslash": (["\\\\server\\q1\\tiny.ipynb", "..\\x"], "points outside it"),
    "nothing": ([], "found nothing"),
    "other": (["readme.txt"], "found readme.txt"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_nothing_is_left(autograder: Command, tmp_path: Path, kind: str) -> None:
    names, told = REFUSED[kind]
    path = written(tmp_path / "c.zip", names)
    done = autograder("grade", path, "--out", tmp_path / "out")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert told in done.stderr
    assert str(path) in done.stderr
    assert not (tmp_path / "out").exists()


def test_whose_member_points_outside_has_a_row(autograder: Command, tmp_path: Path) -> None:
    path = written(tmp_path / "c.zip", ["ann/q1/tiny.ipynb", "ben/../../x.ipynb"])
    done = autograder("grade", path, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "its entry ben/../../x.ipynb points outside it" in done.stderr
    assert {name: row["status"] for name, row in grades(tmp_path / "out").items()} == {
        "ann": "unreadable",
        "ben": "unreadable",
    }


# --- the rules, without the command ---


def tree(path: Path) -> dict[str, bytes | str]:
    """All that can be read of a zip: each file's bytes, or why there are none."""
    found: dict[str, bytes | str] = {}

    def visit(entry: Entry, name: str) -> None:
        try:
            inside = entry.entries()
        except Unreadable as problem:
            found[name] = str(problem)
            return
        for each in inside:
            visit(each, f"{name}/{each.name}")
        if entry.kind != "folder":
            try:
                found[name] = entry.read(1_000)
            except Unreadable as problem:
                found[name] = str(problem)

    with archive.opened(path) as (root, _):
        visit(root, "")
    return found


def with_unicode_name(name: str, other: str) -> bytes:
    """A zip whose one member has another name in its extra field 0x7075, as Info-ZIP writes it."""
    crc = zipfile.crc32(name.encode())  # type: ignore[attr-defined]
    field = struct.pack("<BL", 1, crc) + other.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        info = zipfile.ZipInfo(name)
        info.extra = struct.pack("<HH", 0x7075, len(field)) + field
        zipped.writestr(info, b"content")
        zipped.writestr("ann/q1/tiny.ipynb", b"{}")
    return out.getvalue()


@pytest.mark.parametrize("other", ["../../evil", "/evil", "C:\\evil", "a\0/../../evil", "a\0/b"])
def test_the_name_that_counts_is_the_one_that_is_checked(tmp_path: Path, other: str) -> None:
    """The name of the extra field, on every Python: newer ones read it, older ones do not."""
    (tmp_path / "c.zip").write_bytes(with_unicode_name("ann/q1/x.txt", other))
    assert set(tree(tmp_path / "c.zip")) == {"/ann/q1/tiny.ipynb"}
    assert [path.name for path in tmp_path.iterdir()] == ["c.zip"]


def test_the_extra_field_says_who_it_is(autograder: Command, tmp_path: Path) -> None:
    """And one that is of another name, as a program leaves it that renames a member, does not."""
    content = with_unicode_name("Zo_/q1/tiny.ipynb", "Zoë/q1/tiny.ipynb")
    for number, path in enumerate((tmp_path / "new.zip", tmp_path / "renamed.zip")):
        path.write_bytes(content.replace(b"Zo_", b"Bo_") if number else content)
        out = tmp_path / path.stem
        done = autograder("grade", path, "--out", out, "--no-feedback")
        assert done.returncode == 0, done.stderr
        assert set(grades(out)) == {"ann", "Bo_" if number else "Zoë"}


def test_two_names_of_one_member_are_damage(autograder: Command, tmp_path: Path) -> None:
    """One in the table of contents, another before the content: neither is believed."""
    path = written(tmp_path / "c.zip", ["ann/q1/tiny.ipynb", "ben/q1/tiny.ipynb"])
    path.write_bytes(path.read_bytes().replace(b"ann", b"eve", 1))
    done = autograder("grade", path, "--out", tmp_path / "out", "--no-feedback")
    assert done.returncode == 0, done.stderr
    rows = grades(tmp_path / "out")
    assert sorted(rows) == ["ann", "ben"]
    assert rows["ann"]["reason"] == "tiny.ipynb is damaged in the zip"


def test_names_in_utf_8_that_do_not_say_so(tmp_path: Path) -> None:
    """As macOS writes them; Python takes the bytes for those of an old IBM PC."""
    name = "Zoe\u0308/q1/tiny.ipynb"
    written(tmp_path / "c.zip", [name.encode().decode("cp437")])
    content = (tmp_path / "c.zip").read_bytes()
    twice = name.encode().decode("cp437").encode()
    assert content.count(twice) == 2
    content = content.replace(twice, name.encode() + b"x" * (len(twice) - len(name.encode())))
    flags = re.sub(rb"(PK\x03\x04..)..|(PK\x01\x02....)..", _without_flag, content, flags=re.DOTALL)
    (tmp_path / "c.zip").write_bytes(flags)
    assert [each.split("/")[1] for each in tree(tmp_path / "c.zip")] == ["Zoe\u0308"]
    assert student_id("Zoe\u0308") == "Zoë"


def _without_flag(found: re.Match[bytes]) -> bytes:
    return bytes(found[1] or found[2]) + b"\0\0"


PARTS = st.sampled_from(["ann", "q1", "..", ".", "", "x.ipynb", "C:", "__MACOSX", "\0", "é"])
NAMES = st.builds(
    lambda parts, between: between.join(parts),
    st.lists(PARTS | st.text(max_size=3), min_size=1, max_size=5),
    st.sampled_from(["/", "\\", "//"]),
)


@settings(deadline=None, max_examples=60)
@given(names=st.lists(NAMES, min_size=1, max_size=5), cut=st.integers(0, 200), put=st.binary())
def test_any_zip_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], cut: int, put: bytes
) -> None:
    """Whatever its names and whatever is damaged: a tree, or one line of wrong usage."""
    folder = tmp_path_factory.mktemp("any")
    out = io.BytesIO()
    make: Callable[[str], bytes] = lambda name: name.encode("utf-8", "replace")  # noqa: E731
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as zipped:
        for name in names:
            try:
                zipped.writestr(zipfile.ZipInfo(name), make(name) * 40)
            except (UnicodeEncodeError, ValueError):  # half a character: no zip holds it
                continue
    content = bytearray(out.getvalue())
    content[cut : cut + len(put)] = put
    (folder / "c.zip").write_bytes(content)
    try:
        found = tree(folder / "c.zip")
    except UsageError:
        return
    for name, value in found.items():
        assert ".." not in re.split(r"[/\\]", name)
        assert isinstance(value, bytes) or value.isprintable()
    assert [path.name for path in folder.iterdir()] == ["c.zip"]
