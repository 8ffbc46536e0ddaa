"""The one exception that is written for the person at the keyboard."""


class UsageError(Exception):
    """Something the user can put right; its text says what is wrong and what to do.

    The command line prints it as one line and exits with 2.
    """
