"""A copy of an issue goes to a coordinator's own mailbox, and what arrived is read: what the mailbox made of it.

``send_seed`` sends it and keeps it as it left, ``results`` reads a field Authentication-Results, ``arrived`` the whole
message, ``judge`` holds one against the other.
"""
