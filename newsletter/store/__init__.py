"""The store: the only opener of database connections, with its tables, their migrations, and the vault.

Whatever says who somebody is (address, name) is locked by the vault before it reaches the disk and found again by a
keyed hash. ``open_store`` is the way in; ``Database.read`` and ``Database.write`` are the only transactions there are.
To add tables: a file beside ``tables.py`` on the same ``METADATA``, and the next number in ``migrations/versions/``.
"""
