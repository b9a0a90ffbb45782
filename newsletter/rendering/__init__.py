"""Rendering: an edition becomes HTML and text, once, as pieces of static text with slots between them.

The author's words never meet the MJML parser: templates hold marks in their place ("islands"), mrml lays the marks
out, and the words are put in afterwards. Every value in a template may be written as it is, ``{{ section.title }}``,
in text and in attributes alike; Markdown turns itself into HTML in ``email.mjml`` and into wrapped text in
``email.txt``. Nothing here touches the network, the clock or the environment.
"""
