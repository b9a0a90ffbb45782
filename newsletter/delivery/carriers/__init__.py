"""The ways in which a message leaves: one file each, named for what it is.

To add one: a file here with a class that keeps to ``nouns.letter.Carrier``: entering it gets ready, leaving it puts
everything away, and ``deliver`` takes one message and says what became of it. It answers IN_DOUBT where nobody can
know, DEFERRED or REFUSED where the message surely did not leave, and raises one of our exceptions only where the
message surely did not leave and no other would. One that can have several connections at once keeps to
``nouns.letter.ManyLines`` besides, and asks at the last moment before a message could arrive whether it may.
"""
