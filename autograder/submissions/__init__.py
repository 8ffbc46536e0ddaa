"""What was handed in, made into what can be graded.

Anything may enter: links, pipes, zip bombs, notebooks of any age, files that are none. What
leaves is the teacher's notebook with the student's answers in it, or a sentence that says why
there is none. Nothing is run here, and one submission's trouble is never another's.
"""
