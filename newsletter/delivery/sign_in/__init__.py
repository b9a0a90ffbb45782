"""A mailbox and whoever owns it -> what a mail server wants to see when letters are handed over: a password, or tokens.

``mailboxes/`` says of each provider how one signs in there, in steps for a person. Where passwords do not work any more
there are two ways to tokens: ``device`` (a code that is typed in a browser, RFC 8628) and ``browser`` (OAuth with PKCE,
RFC 7636, answered at this machine). ``kept`` keeps either in a file of its owner's alone in the user's config folder,
``bearer`` renews tokens in the middle of a sending, once for all connections, and ``sasl`` says them to a server.
``refusals`` turns a server's no into advice, ``env_file`` writes the settings that go with it.

No keyring of the operating system: Windows's holds 2,560 bytes, less than Microsoft's tokens; a server without a desktop
has none; and every program of the same user may ask it, as it may read the file.
"""
