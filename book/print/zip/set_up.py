"""Makes the folder .venv here, and installs into it what the notebooks need.

With hashes: pip installs what the course was tested with, and nothing else. START-HERE.txt has
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
# Half of pip's time goes into compiling, mostly what no notebook imports: that is left to Python.
pip = [str(programs / "python"), "-m", "pip", "install", "--no-compile"]
lock = ["--require-hashes", "-r", "requirements.txt"]
sys.exit(subprocess.run([*pip, *lock], cwd=here, check=False).returncode)  # noqa: S603
