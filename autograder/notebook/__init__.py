"""Notebooks and courses, as data: what a cell is for, where things lie, which markup is harmless.

What enters is the teacher's, or was made a plain notebook by `submissions`. Nothing here
runs a cell or knows of students.
"""
