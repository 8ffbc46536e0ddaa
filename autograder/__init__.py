"""A notebook grader for nbgrader courses: sealed processes, reasons, a page for each student."""

__version__ = "0.2.0"
