"""The whole way: a class graded, a notebook checked, nbgrader's own commands served.

These modules put the rooms below together and decide nothing themselves. `grade` may be
stopped at any moment and goes on where it was.
"""
