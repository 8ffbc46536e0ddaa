"""Check an EPUB with epubcheck: `python book/print/check_epub.py FILE` (see `make epub`)."""

import subprocess
import sys
from pathlib import Path

JAR = Path("/usr/share/java/epubcheck.jar")  # Debian's package; its own starter needs binfmt


def main(epub: str) -> int:
    """Print what epubcheck says; return 1 if it finds an error or a warning."""
    if not JAR.exists():
        print(f"{epub} was not checked: epubcheck is not installed.", file=sys.stderr)
        return 0
    command = ["java", "-jar", str(JAR), "--failonwarnings", epub]
    return subprocess.run(command, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
