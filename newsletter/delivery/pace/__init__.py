"""What a mailbox or relay allows, and what has left of late -> how fast letters may leave, and when the last one does.

``limits`` reads a profile, one YAML file in ``templates/pace/``; ``past`` counts what left, from the books and the
journal; ``window`` holds one rolling window; ``allowance`` is asked before each letter; ``plan`` says beforehand when a
sending ends, ``told`` says it in words.
To add a profile: put ``<name>.yaml`` into ``templates/pace/`` of a workspace (or here, to ship it), with the keys that
``limits.py`` names, and set ``NEWSLETTER_SMTP_PROFILE=<name>``. Nothing else is edited.
"""
