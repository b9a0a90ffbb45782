"""An element of a page -> why it is no content: a menu, a form, hidden text; "" where it is."""

from __future__ import annotations

import re

from lxml import etree

HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""The ranks of headings."""
BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer
    form header hgroup li legend main nav ol p pre search section summary table tbody td tfoot th thead title tr ul
    """.split()  # noqa: SIM905 - so many are read sooner in lines
) | frozenset(HEADINGS)
"""Elements that stand on lines of their own."""
SILENT = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "noscript",
        "svg",
        "math",
        "canvas",
        "datalist",
        "colgroup",
        "map",
        "param",
        "source",
        "track",
    ]
)
"""Elements in which no words stand that anybody reads."""
_NOT_CONTENT = {
    **dict.fromkeys(("nav", "search"), "a menu"),
    "footer": "the foot of the page",
    **dict.fromkeys(("button", "select", "textarea", "input"), "a form"),
    **dict.fromkeys(("iframe", "video", "audio", "object", "embed"), "a film or frame"),
    "dialog": "a window that opens over the page",
}
_ROLES = {
    "navigation": "a menu",
    "search": "a form",
    "contentinfo": "the foot of the page",
    "dialog": "a window that opens over the page",
    "alertdialog": "a window that opens over the page",
}
_NAMED = re.compile(
    r"(?:^|[-_ ])(?:(?P<consent>cookies?|gdpr|consent[-_](?:banner|manager|popup|notice|bar|dialog))|(?P<menu>breadcrumbs?|skip-link|skip-to-content)"
    r"|(?P<share>share-buttons|social-share|sharedaddy|addtoany)"
    r"|(?P<hidden>sr-only|visually-hidden|screen-reader-text))(?:$|[-_ ])",
    re.IGNORECASE,
)
_CLASSES = {
    "consent": "a question about cookies",
    "menu": "a menu",
    "share": "buttons for sharing",
    "hidden": "hidden text",
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)


def why_not(element: etree._Element) -> str:
    """Why an element is no content; "" where it is."""
    tag = str(element.tag)
    if tag in SILENT or tag in {"html", "body", "main", "article"}:
        return ""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return "hidden text"
    if _HIDDEN.search(element.get("style") or ""):
        return "hidden text"
    if found := _NOT_CONTENT.get(tag) or _ROLES.get(element.get("role") or ""):
        return found
    named = None if tag in HEADINGS or tag == "p" else _NAMED.search(names(element))
    return _CLASSES[str(named.lastgroup)] if named else ""


def names(element: etree._Element) -> str:
    """The classes and the id of an element."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"
