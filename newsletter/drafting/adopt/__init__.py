"""An old newsletter or web page -> issue files: every word of it kept, and all that was unsure said.

`open_page` makes one `Page` of whatever it was (text, HTML, Word, mail), and from there on there is one way:
`find_months`, `gather` (which paragraphs are one event), `write_issue` (YAML). `find_lost_links`, `find_glued` and
`find_spaces` notice what a paste has spoilt; `mend_links` puts lost addresses back where the same page comes as HTML.
`adopt` tells the whole story. To read another kind of file: a step that makes a `Page` of its bytes, and a line in
`open_page`.
"""
