"""Cleared issue and the person at the keyboard -> the issue sent as it was shown, or stopped before anybody got it.

``for_real`` is the story in one screen: ``shown`` what is about to leave, ``ask`` for its name, ``first_copies`` to the
coordinators' own addresses, ``hold`` until an hour or for some minutes in which one key stops everything, ``look_again``
whether it is still what was shown, ``deliver`` with a bar, and the ``report`` of how it ended.
"""
