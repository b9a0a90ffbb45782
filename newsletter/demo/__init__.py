"""The demo: a whole month on the sample, with a real mail server inside, in one folder that it makes afresh.

``folder`` is the only thing that deletes anything, and only what a demo made; ``server`` takes the mail; ``month`` walks
from the first line to the last reader through the same rooms as the commands do; ``told`` says what came of it.
"""
