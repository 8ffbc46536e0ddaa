"""The confined processes: how they are started, what is taken from them, what they say.

`zygote_process` forks them, and `zygote` is the coordinator's hold on it; `confine` takes their
rights, `shell` runs cells in them; `witness` is the student's process and `judge` the test
process, which ask each other by `peer`. Everything that comes out of them, but a verdict of the
judge, is to be taken for the student's word.
"""
