"""The books of an issue after a sending -> a closing report for its coordinators: one page of HTML, and the same as text.

``facts`` gathers what is said, with addresses masked, ``text`` and ``page`` lay it out, ``write`` puts both into
``records/reports/``, for their owner's eyes alone. What a server meant is said by ``ledger/answers``.
"""
