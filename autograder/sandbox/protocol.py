"""What the coordinator and the two confined processes say to each other: kinds of messages.

A message is one of these bytes and a body (`wire`). Between the coordinator and a process:

    coordinator -> process   RUN      run a cell: {"source", "test", "answers"}, JSON
    process -> coordinator   READY    confined, and the shell is there; no body
                             OUTPUT   something a cell shows: {"kind", "content"}, JSON
                             DONE     the cell has ended: shell.Done, JSON
                             BROKEN   the process failed for a reason of its own: text

and, passed on unread, between the two processes:

    test process -> student's process, and back while it answers
                             ASK      a question (`peer`), a value of the wire
                             ANSWER   its answer, the same
"""

READY, RUN, DONE, OUTPUT, BROKEN = b"Y", b"R", b"D", b"O", b"X"
ASK, ANSWER = b"Q", b"A"
