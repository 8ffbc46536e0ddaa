"""The confined processes: how they are started, what is taken from them, what they say.

`zygote_process` forks them, and `zygote` is the coordinator's hold on it; `confine` takes their
rights, `shell` runs cells in them; `witness` is the student's process and `judge` the test process,
which ask each other by `peer`. What runs too long is interrupted, where that does no harm
(`interrupts`), also where it awaits (`awaiting`). Whatever comes out of them is to be treated as
the student's word, with one exception: a verdict of the judge.
"""
