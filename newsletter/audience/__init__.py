"""The audience: who may be written to, on what ground, and who must never be written to again.

Nobody comes onto the list without a ground, a source and a date (UK GDPR art. 7(1)); nobody who has left comes back by
an import, however the address is spelled. ``recipients`` is what a sending asks, ``may_be_written_to`` what it asks
once more just before each letter.
"""
