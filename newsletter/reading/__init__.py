"""Edition -> what readers read in it: its passages and links, what of them is words, and which kept source holds it.

``passages`` gives every text and link with the way to it, ``prose`` what is words and sentences in a text, ``held`` what
a kept source holds of its facts, names and quotations.
"""
