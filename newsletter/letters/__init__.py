"""A rendered edition and one recipient's answers become a letter, and the letter becomes the bytes that travel.

``fill`` answers the slots as text, for files and previews. ``encode`` writes the MIME message once an edition;
``compose`` splices one recipient into it, which costs next to nothing. ``answers`` makes a reader's values safe for
where they stand, ``headers`` writes header fields, ``leave_links`` and ``message_id`` derive what is a recipient's own.
Nothing here reads a clock, a file or the environment.
"""
