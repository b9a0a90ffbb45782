"""Prepared issue -> Cleared, the only thing that sending, exporting and publishing accept.

``leaving`` gathers what would leave of an edition and gives it a digest, ``approvals`` keeps who let which digest go,
``clear`` lets an issue through that has no errors, is approved where it must be, and is under no embargo.
"""
