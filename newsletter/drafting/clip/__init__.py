"""An article or a press release becomes a draft section: what it says, who says it, and nothing that stands around it.

``understand`` reads bytes as a page, a text or a message, ``draft`` writes the section, ``keep`` the kept source, and
``append`` puts a section at the end of an issue's file. None of them opens a connection or writes a file.
"""
