"""The books: for each issue, who was to get it and what became of each copy, written down before and after.

``book`` holds the ledger itself. While an issue is sent ``writer`` alone writes its copies: an intent is committed before
the final dot that lets a copy arrive, the outcome after its answer, so whatever happens in between is known to be in
doubt. ``due`` pages through what is still to go. ``retry`` says when a deferred copy is due again,
``answers`` says what a server's answer means. ``lock`` lets one process at a time send an issue. No address and no name is kept here.
"""
