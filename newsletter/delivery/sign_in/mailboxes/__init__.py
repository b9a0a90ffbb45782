"""The kinds of mailboxes, a file each with its ``MAILBOX``. To add one: a file here, named as ``--mailbox`` takes it."""
