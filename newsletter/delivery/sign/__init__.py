"""A letter gets the DKIM signature of the sender's domain, by which mailboxes know that nobody changed or forged it.

``keys`` reads the private key, ``new_key`` makes one, ``record`` says what the domain's DNS must hold for it.
``signer`` decides by the settings whether letters are signed, and with what; ``signature`` signs one (RFC 6376).
Which header fields a relay changes on the way stands in the profiles of the ``pace``. The room stands above ``letters``, which knows no
files and no settings; ``compose`` is handed the signer as an argument.
"""
