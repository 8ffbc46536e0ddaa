"""The one exception that is written for the person at the keyboard."""


class UsageError(Exception):
    """A mistake of the user's; the text is one line that says what is wrong and what to do.

    The command line prints it as one line and exits with 2.
    """
