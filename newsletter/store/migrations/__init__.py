"""The steps from an empty file to today's tables. To add one: ``versions/step_<number>_<what>.py``, the next number.

The number is the revision: ``revision = "0002"``, ``down_revision = "0001"``. There is one line, no branches, no way
back: a dated copy of the database is kept before each step.
"""
