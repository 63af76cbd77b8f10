"""The one limit of all that a test waits for and that ought to come: ended by it is only what hangs.

It is far more than anything here takes on a slow and busy machine; what a test says of speed it says in other words.
"""

HANGS = 600.0  # s
