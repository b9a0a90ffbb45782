"""Rendering: an edition becomes HTML and text, once, as pieces of static text with slots between them.

The author's words never meet the MJML parser: templates hold marks in their place, mrml lays the marks out, and the
words are put in afterwards. Nothing here touches the network, the clock or the environment.

To add a section type: a folder in ``templates/sections/`` with ``fields.yaml``, ``email.mjml`` and ``email.txt``. In
them ``section`` holds what the author filled in, ``here`` where the section stands (``view.Here``), ``say("name")`` the
words of ``templates/words/``, ``section.image.at(488)`` a picture made ready at that width (``play=true``: with a play
mark), ``here.calendar`` the address of its file for calendars, where ``fields.yaml`` says ``calendar: yes``; what the
frame uses is there too (``frame.frame``). Every value may be written as it is, ``{{ section.title }}``, in text and in attributes
alike: Markdown turns itself into HTML or into wrapped text, a date into words. Styles of what stands in ``<mj-text>``
come from ``content.css``.
"""
