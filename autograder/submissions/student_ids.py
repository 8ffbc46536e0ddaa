"""What students are called: in tables as they were handed in, in folders and databases safely.

Whatever has the same letters is the same name: all names are in Unicode's normal form NFC,
in which `é` is one character and never two.
"""

import hashlib
import re
import unicodedata

MAX_LENGTH = 100  # characters; nbgrader's database takes 128
MAX_BYTES = 200  # most file systems take 255
MAX_IN_TABLES = 255  # characters
_NOT_IN_FOLDERS = set('/\\:*?"<>|')  # Windows takes none of them, and feedback may go there
# Of these names Windows makes no folder either, whatever comes after a dot.
_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}


def normal(name: str) -> str:
    """Return a name in normal form NFC."""
    return unicodedata.normalize("NFC", name)


def alike(name: str) -> str:
    """Return a key that is equal for names that differ in case, normal form or outer space only."""
    return normal(normal(name).casefold()).strip()


def student_id(name: str) -> str:
    """Return the student id for a folder's name: the name, or a safe one made from it.

    It is the name itself in normal form, if a file system, a terminal, a spreadsheet and
    nbgrader take that for a plain name; else an escaped one, with a digest of the whole.
    """
    plain = normal(name)
    return plain if _is_safe(plain) else escaped(plain)


def escaped(name: str) -> str:
    """Return a safe id with a digest of a name, as it was and not in normal form."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"id-{re.sub(r'[^A-Za-z0-9]+', '-', name).strip('-')[:40]}-{digest}"


def former_ids(name: str) -> set[str]:
    """Return the ids that a student of this name may have had in an earlier version."""
    return {normal(name), escaped(name), escaped(normal(name))} - {student_id(name)}


def table_name(name: str) -> str:
    """Return a name for tables: in normal form, or the id if a table would change the name.

    A table shows no control characters and nothing that changes the direction of writing, and
    a name without these could be another student's.
    """
    plain = normal(name)
    is_seen = plain.isprintable() and " ".join(plain.split()) == plain
    is_told = is_seen and plain[:1] != "'" and len(plain) <= MAX_IN_TABLES
    return plain if is_told else student_id(name)


def shown(name: str) -> str:
    """Return a name without control characters and shortened, to print it."""
    safe = "".join(char if char.isprintable() else "?" for char in normal(name))
    return safe if len(safe) <= 60 else safe[:59] + "…"


def some(names: list[str], most: int = 3) -> str:
    """Return the first few of some names, and how many more there are."""
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest


def _is_safe(name: str) -> bool:
    return (
        0 < len(name) <= MAX_LENGTH
        and len(name.encode("utf-8", "surrogateescape")) <= MAX_BYTES
        and (name[0].isalnum() or name[0] == "_")  # not a dash, a dot or a formula's sign
        and name.isprintable()  # no control, format, direction or line character, no surrogate
        and not set(name) & _NOT_IN_FOLDERS
        and name.partition(".")[0].rstrip().casefold() not in _DEVICES
        and name == name.strip(" .")
        and "  " not in name
    )
