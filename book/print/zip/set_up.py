"""Makes the folder .venv here, and installs into it what the notebooks need.

With hashes: it installs what the course was tested with, and nothing else. START-HERE.txt has
the commands.
"""

import subprocess
import sys
import venv
from pathlib import Path

SUPPORTED = ((3, 11), (3, 12), (3, 13))

if sys.version_info[:2] not in SUPPORTED:
    version = "{}.{}".format(*sys.version_info)
    sys.exit(f"Python 3.11, 3.12 or 3.13 is needed, and this is {version}: START-HERE.txt has more")
here = Path(__file__).resolve().parent
programs = here / ".venv" / ("Scripts" if sys.platform == "win32" else "bin")
try:
    venv.create(here / ".venv", with_pip=True)
except subprocess.CalledProcessError:
    sys.exit("Python's own installer is missing: on Debian and Ubuntu, install python3-venv")
python = str(programs / "python")


def run(*command: str) -> bool:
    """Run a command in this folder, and return whether it went well."""
    try:
        return subprocess.run(command, cwd=here, check=False).returncode == 0  # noqa: S603
    except OSError as problem:  # a program that is not allowed to run, for example
        print(f"{command[0]}: {problem.strerror}", file=sys.stderr)
        return False


# uv takes a third of pip's time. Where only pip is told how to reach packages, pip does it all.
# Half of pip's time goes into compiling, mostly what no notebook imports: Python will, if need be.
# And half of what it takes to see that all is there, into what each package asks for: the lock
# has all of it, which uv checks.
locked = ["--require-hashes", "-r"]
saved = ["--disable-pip-version-check", "--no-compile", "--no-deps"]
pip = [python, "-m", "pip", "install", *saved, *locked]
uv = [str(programs / "uv"), "pip", "install", "--python", python, *locked]
if not (run(*pip, "uv.txt") and run(*uv, "requirements.txt")):
    sys.exit(not run(*pip, "requirements.txt"))
