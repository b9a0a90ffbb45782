"""YAML as a volunteer writes it -> a tree of strings, every one with its place, and slips told in plain words.

`text` makes text of a file's bytes, `tree` reads it (`read_tree`), `slips` finds what the parser stumbled over and
proposes how the line should be (`quotes`, `starts`), `places` tells where each character of a value stands,
`extents` which lines a value or a section takes; `write` is the way back: a value -> YAML as a careful person types it.
Nothing here knows what an issue is but for the examples in its advice.
"""
