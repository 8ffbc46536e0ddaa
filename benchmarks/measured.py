"""What was measured, and on which machine: kept beside this file, for tables and the chart."""

import json
import os
import re
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

from autograder.files import write

PATH = Path(__file__).with_name("measured.json")
_GB = 1e9


def read(path: Path = PATH) -> dict[str, Any]:
    """Return what each benchmark measured last, by its name; nothing if none did."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def note(name: str, found: dict[str, Any], machine: dict[str, Any], path: Path = PATH) -> None:
    """Keep what a benchmark measured on a machine, in the place of what it measured before."""
    kept = read(path) | {name: {**found, "machine": machine}}
    write(path, json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def machine() -> dict[str, Any]:
    """Return what this machine is, and how busy it was before: call it first."""
    about = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    name = re.search(r"^model name\s*: (.*)$", about, re.M)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": name[1] if name else "",
        "cores": os.cpu_count(),
        "memory_gb": round(memory / _GB),
        "load": round(os.getloadavg()[2], 2),
        "python": python_version(),
        "nbgrader": version("nbgrader"),
    }
