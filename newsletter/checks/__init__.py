"""The checks: each looks at a dossier and says what is wrong, where it stands in the YAML, and what to do about it.

To add one: put a file here, named for what it finds, whose docstring says so in its first line, with one function
``check(dossier: Dossier, on: datetime.date) -> list[Problem]``; ``on`` is the day on which the issue goes out. Put
slips that it catches beside it, in ``tests/tour/slips/``: ``make manual`` writes its page from both. Where the mending
needs nobody's judgement, the problem carries its ``fix``. Nothing else is edited: the family is found by looking. A
check reads the dossier and nothing besides: no files, no clock, no network.
"""
