"""A cleared issue -> what a mailing service takes: its own merge tags in the place of our slots, pictures, the list.

One data file a platform (``mailchimp.yaml``), found by looking. To add one: put ``<platform>.yaml`` into this folder,
with the keys that ``platform.py`` names. Nothing else is edited.
"""
