"""A cleared issue goes out: each reader's copy is written into the books, handed to a carrier, and written again.

``send`` is the real thing and takes only what the gate has cleared: ``work`` serves all connections by turns, what they
share is the ``run``, ``verdict`` says when it has heard enough, ``stops`` why in words. ``rehearse`` does the same in
memory and opens no ledger; ``try_out`` sends one copy to a coordinator's own address. ``readers`` says who gets which edition, ``pace``
keeps below what a mailbox allows, ``server`` decides whether a mail server may be used at all, ``replies`` what its
answers mean, ``redact`` keeps readers' addresses out of them. ``sign/`` signs each letter where a key is set.
``carriers/`` are the ways out; SMTP's own opens its ``session`` by smtplib, then asks by ``envelope`` and hears by ``wire``.
``sign_in/`` gets and keeps what a server wants to see; ``tls`` says in plain words why a connection is not safe, ``trace``
shows a conversation without what is secret in it.
"""
