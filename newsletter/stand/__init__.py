"""An issue's files, approvals, list and books -> where it stands, and what is next, without a word of how it is said.

``stand`` looks at one issue wholly, ``cards`` at all of them without making a letter, ``past_of`` gathers what left.
Console and studio each say it in their own words. Nothing is made only to find out: no key, no list.
"""
