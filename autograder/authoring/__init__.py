"""What a teacher does before a class is graded: release, answer bank, sample class, kill matrix.

It works on the course's own notebooks; the answers of the bank go through the grader as if
they had been handed in.
"""

import autograder.lean_imports  # noqa: F401
