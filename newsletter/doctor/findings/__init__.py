"""What the doctor looks at: one file a finding, each of which says what is wrong, why it matters, and what to do.

To add one: put a file here, named for what it looks at, whose docstring says so in its first line, with ``STEP``, which
says where on the way of a letter it belongs, and one function ``look(facts: Facts) -> Iterator[Finding]``. What it
cannot look at it need not catch: a mistake of the author's that is raised becomes an error, what failed outside
becomes something that could not be looked at. Nothing else is edited: the family is found by looking.
"""
