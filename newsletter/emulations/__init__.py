"""The conditions in which people read a letter, as nearly as a browser can show them, each with how faithful it is.

``conditions`` lists them: a night that a mail program makes by itself, pictures that are not loaded, letters twice as
large. What a browser needs for one lies beside it, as a style sheet or a small module; the studio, the gallery and the
tests of the letter all take it from here. To add one: its file, and its line in ``conditions``.
"""
