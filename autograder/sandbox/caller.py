"""The test's side of a call: what the student's process must know of the test, and what comes back.

Along with a question go, if there are any, the functions and streams that the test has replaced,
names it has set or deleted, seeds, and files it names. What comes back is what was printed,
which names have changed, and files.
"""

from pathlib import Path
from typing import Any

from autograder.sandbox.exchange import Folder
from autograder.sandbox.hooks import Watched
from autograder.sandbox.names import Borrowed, Common
from autograder.sandbox.proxy import CHANGING
from autograder.sandbox.references import RemoteError
from autograder.sandbox.seeds import Seeds


class TestSide:
    """Keeps what a test changes around its calls; `work` is the folder in which the test runs."""

    def __init__(self, work: Path) -> None:
        self.watched = Watched()
        self.seeds = Seeds()
        self._folder = Folder(work)
        self.names: Borrowed | None = None  # set by the judge, who needs a peer for it first
        self.testing = False
        self.common = Common()
        self.lesson: list[str] = []  # the lesson's classes
        self._in_call: list[str] = []  # files that the current call names

    def around(self, request: dict[str, Any]) -> dict[str, Any]:
        """Return the changes that the student's process must apply before it answers `request`.

        See `StudentSide.enter`. Outside of tests there are none.
        """
        if not self.testing or self.names is None:
            return {}
        found: dict[str, Any] = self.names.changed() if request["do"] != "names" else {}
        if request["do"] == "names":
            return {"lesson": self.lesson}
        values = [*request.get("args", ()), *request.get("kwargs", {}).values()]
        files = self._folder.named([*values, *self.common.get("files", ())])
        self._in_call = list(files)
        parts = {
            "hooks": self.watched.replaced(),
            "streams": self.watched.redirected(),
            "seeds": self.seeds.taken() if self.common.get("random") else {},
            "files": files,
        }
        return found | {key: value for key, value in parts.items() if value}

    def returned(self, request: dict[str, Any], along: Any) -> None:
        """Apply what came along with the answer to `request`; what is malformed is left out."""
        if type(along) is not dict or not self.testing or self.names is None:
            return
        if "printed" in along:
            self.watched.write(_pairs(along["printed"]))
        if type(along.get("files")) is dict:
            self._folder.put(along["files"], self._in_call)
        if type(along.get("gone")) is list:
            self._folder.remove(along["gone"], self._in_call)
        stale = along.get("stale", [])
        if type(stale) is not list or not all(type(name) is str for name in stale):
            stale = []
        self.names.forget(stale, request["do"] in CHANGING)

    def asked(self, request: dict[str, Any]) -> Any:
        """Answer the student's process: print for it, or call a function that the test replaced.

        Raises RemoteError if no test is running, KeyError if the function is not replaced.
        """
        if not self.testing:
            raise RemoteError("no test is running")
        if request["do"] == "printed":
            return self.watched.write(_pairs(request["parts"]))
        return self.watched.call(request["which"], request["args"], request["kwargs"])


def _pairs(parts: Any) -> list[tuple[Any, Any]]:
    if type(parts) is not list:
        return []
    return [tuple(each) for each in parts if type(each) is list and len(each) == 2]
