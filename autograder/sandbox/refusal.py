"""What a test asks of the student's process and cannot have: one exception, one sentence."""


class NotBridged(Exception):
    """A test asked for something that cannot be had from outside the student's process.

    The text says what, and how the teacher can have it all the same. A test that meets it fails:
    it is never answered instead with something that may be wrong.
    """

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}; if the test needs it, mark its cell `beside-the-answer`")
