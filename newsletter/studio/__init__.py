"""The newsletter in a browser on one's own machine: see, mend, write and look after each issue.

`port` and `serve` listen on this machine only, `guard` lets in nobody else and no act without this run's token, `app`
gathers the pages, `desk` is what all pages share, `shell` puts a page into its frame and words. `follow` hears of what
is saved, `watch` keeps of each open issue a `sight`. `cast`, `views` and `showing` are the letter as somebody invented
sees it; `places` leads from its words to their fields.
`written` is an edition's file as it stands, `opened` what a page shows of it: `outline` its sections, `form` the fields
of one, `placed` what is to mend in them. `asking`, `typed`, `meanwhile` and `saving` make of what she typed the file with
only those lines changed; `states` is undo.
`pages/` is a family: a page, or a few acts that belong together, is one file with its ROUTES, its template beside it.
To add one: put the file there. What a browser loads lies in `assets/`: our own style sheets and small modules, as they
are.
"""
