"""What a test asks of the student's process and cannot have.

Neither is an `Exception`: a test that expects some error of the answer, and catches them all, must
not take this for it and pass.
"""


class NotBridged(BaseException):
    """A test asked for something that cannot be had from outside the student's process.

    The text says what, and how the teacher can have it all the same. A test that meets it fails:
    it is never answered instead with something that may be wrong.
    """

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}; if the test needs it, mark its cell `beside-the-answer`")


class NotUsable(BaseException):
    """An answer of the student's process is malformed, or a value cannot be sent to it."""
