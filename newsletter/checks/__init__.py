"""The checks: each looks at a dossier and says what is wrong, where it stands in the YAML, and what to do about it.

To add one: put a file here, named for what it finds, whose docstring says so in its first line (the manual shows
it), with one function ``check(dossier: Dossier, on: datetime.date) -> list[Problem]``. ``on`` is the day on which the
issue goes out. Nothing else is edited: the family is found by looking. A check reads the dossier and nothing besides:
no files, no clock, no network.
"""
