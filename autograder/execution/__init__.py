"""Runs tasks: here or on a cluster, confined or in an ordinary kernel.

A `Task` enters and an `Outcome` leaves, both JSON (`autograder.task`). What it is worth is
not decided here. A task is idempotent: lost with its worker, it is run again.
"""
