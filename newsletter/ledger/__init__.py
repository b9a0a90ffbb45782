"""The books: for each issue, who was to get it and what became of each copy, written down before and after.

``book`` holds the ledger itself: an intent is committed before anything of a copy goes to the server, the outcome after
its answer, so whatever happens in between is known to be in doubt. ``retry`` says when a deferred copy is due again,
``lock`` lets one process at a time send an issue. No address and no name is kept here.
"""
