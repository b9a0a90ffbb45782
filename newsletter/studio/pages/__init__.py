"""The studio's pages and acts, one file each, found by looking.

To add one: a module with ``ROUTES``, a list of Starlette routes; its template, if it has one, beside it. A page is
answered by ``shell.show``; an act takes POST, does its work through ``desk.act`` and answers JSON.
"""
