"""The newsletter in a browser on one's own machine: see, mend, write and look after each issue.

`serve` listens on this machine only, `guard` lets in nobody else and no act without this run's token, `app` gathers the
pages, `desk` is what all pages share, `shell` puts a page into its frame and words, `watch` follows the files.
`pages/` is a family: a page, or a few acts that belong together, is one file with its ROUTES, its template beside it.
To add one: put the file there. What a browser loads lies in `assets/`: our own style sheets and small modules, as they
are.
"""
