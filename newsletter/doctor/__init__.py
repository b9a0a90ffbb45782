"""Is everything set up, so that letters arrive? Settings, profile, this computer, the mail server and DNS -> findings.

``facts`` is what is looked at, ``examine`` lets every member of ``findings/`` look, ``told`` says what they found.
``spf``, ``policy`` (DMARC), ``optional_record`` and ``tags`` read what DNS holds. ``seed/`` reads a copy that arrived: what
the mailbox that took it says of it.
To add a finding: put a file into ``findings/``; its own docstring says how.
"""
