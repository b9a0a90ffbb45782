"""The second pair of eyes: an edition as one file that is mailed and read on a phone, and the states that were read.

A dossier comes in; a page that needs nothing from elsewhere goes out, with a code that names exactly this state.
"""
