"""What stands in the place of standard output: a stream to which cells write text."""

import io


class TextSink(io.TextIOBase):
    """A stream to write to, and nothing else; what becomes of the text, `take` decides."""

    encoding = "utf-8"
    errors = "strict"

    def writable(self) -> bool:
        """Return True: this is a stream to write to."""
        return True

    def write(self, text: str) -> int:
        """Take text; return its length in characters. Raises TypeError for anything else."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.take(text)
        return len(text)

    def take(self, text: str) -> None:
        """Do with text what this stream is there for."""
        raise NotImplementedError
