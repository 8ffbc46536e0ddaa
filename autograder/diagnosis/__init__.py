"""What a wrong answer did wrong, found out from what it gave for several inputs.

What comes in: calls of a function, with what each must give, what it gave, and wrong models of it.
Nothing here raises, prints or knows who asks; `checks.py` puts the calls together and speaks.
What goes out: the code of a hint (`hints.toml`) and a sentence on where the answer is wrong, never
an expected value.
"""
