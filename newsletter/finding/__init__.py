"""Words -> where they were ever said: in issues, drafts, kept sources and the profile, newest first.

``written`` takes every file apart into its texts, each with its place; ``find`` looks them through.
"""
