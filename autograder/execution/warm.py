"""The warm interpreters of this process: one for each set of libraries, for all its threads."""

import threading

from autograder.sandbox.zygote import MAX_FORKS, Zygote

_zygotes: dict[tuple[str, ...], Zygote] = {}  # by the modules they have imported
_lock = threading.Lock()


def warm(modules: tuple[str, ...]) -> Zygote:
    """Return an interpreter that has imported these modules; a used-up one is replaced."""
    with _lock:
        zygote = _zygotes.get(modules)
        if zygote is None or not zygote.is_alive() or zygote.forks >= MAX_FORKS:
            if zygote is not None:
                zygote.retire()
            zygote = _zygotes[modules] = Zygote(modules)
        return zygote


def close() -> None:
    """End the warm interpreters, and with them every run that is under way."""
    with _lock:
        for zygote in _zygotes.values():
            zygote.close()
        _zygotes.clear()
