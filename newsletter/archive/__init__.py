"""Cleared issues -> the public pages in ``outbox/site/``: one a country and year, one an issue, and a feed.

Static files without script or anything fetched from elsewhere; every link is relative, so that the pages work from
the disk and under any address. The templates stand in ``templates/web/``; a section type may bring its own
``templates/sections/<type>/web.html``, and is shown by the kinds of its fields where it does not.
"""
