"""A template's text -> what is wrong with it, each with its line and column: nothing here reads files or renders.

``mjml`` judges tags, attributes, nesting and values by ``mjml_tags.yaml``; ``html`` what stands inside ``<mj-text>``
and in pages; ``css`` styles; ``jinja`` names, filters and phrases. ``scan`` takes markup with Jinja in it apart.
"""
