"""mrml's HTML, its islands not yet in -> the same letter in little more than half the bytes."""

from __future__ import annotations

import re

_SEAM = re.compile(r"<!\[endif\]-->\s*<!--\[if mso \| IE\]>")
_ONLY_COLUMN = re.compile(
    r'<table [^>]*><tbody><tr><td style="direction:ltr;font-size:0px;padding:0;text-align:center;">'
    r'<!--\[if mso \| IE\]><table [^>]*><tr><td style="vertical-align:top;width:[\d.]+px;"><!\[endif\]-->'
    r'<div class="mj-column-per-100" style="[^"]*">(.*?)</div>'
    r"<!--\[if mso \| IE\]></td></tr></table><!\[endif\]--></td></tr></tbody></table>(?=</div>)",
    re.DOTALL,
)
_NEXT_COLUMN = "</td><td "
_OLD_PROGRAMS = re.compile(
    r"<!--\[if lte mso 11\]>.*?<!\[endif\]-->\n?"  # Outlook 2003
    r'|<!--\[if !mso\]><!--><meta http-equiv="X-UA-Compatible"[^>]*><!--<!\[endif\]-->',  # Internet Explorer
    re.DOTALL,
)
_TWICE = re.compile(r'background:([^;"]+);background-color:\1(?=[;"])')
_WIDTH_TWICE = re.compile(r'( width="(\d+)") class="[^"]*-outlook" style="width:\2px;">')
_EXACTLY = "mso-line-height-rule:exactly"
_OFFICE = re.compile(r"<!--\[if mso\]>\s*<xml>.*?</xml>\s*<!\[endif\]-->", re.DOTALL)
_AROUND_WORDS = re.compile(r'( style=")font-size:0;([^"]*"><div style="font-family:)')
_LAST_SEMICOLON = re.compile(r'( style="[^"]*);"')
_SHORTER = {
    "<tbody>": "",
    "</tbody>": "",
    '<table border="0" ': "<table ",
    ' width="100%" style="vertical-align:top;">': ' width="100%">',  # a table has no vertical alignment
    ' width="600" style="width:600px;">': ' width="600">',
    "<!--[if mso | IE]>": "<!--[if mso]>",
    ":0px": ":0",
    " 0px": " 0",
    "word-spacing:normal;": "",
    ";text-align:left;color:": ";color:",  # its cell says so
    ' xmlns="http://www.w3.org/1999/xhtml"': "",
    '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">': '<meta charset="utf-8">',
    '" />': '">',
    "<noscript>\n": "",
    "</noscript>\n": "",
    "#outlook a { padding: 0; }\n": "",  # the web mail of 2007
    " -ms-text-size-adjust: 100%;": "",  # Windows Phone
    "p { display: block; margin: 13px 0; }\n": "",  # each paragraph has its own
    " line-height: 100%; outline: none; text-decoration: none; -ms-interpolation-mode: bicubic;": "",
}


def lighten(html: str) -> str:
    """Take away what no mail program that we know of needs; what Gmail shows of a letter ends at about 100 kB.

    That is: seams between conditions for Outlook, where one ends and the same begins; the tables and the box around
    a column that has no other beside it and is as wide as its section; care for programs of twenty years ago; what
    HTML adds by itself; what is said twice.
    """
    html = _ONLY_COLUMN.sub(_bare, _SEAM.sub("", html.replace("mj-outlook-group-fix ", "")))
    html = _TWICE.sub(r"background-color:\1", _OLD_PROGRAMS.sub("", html))
    if "<v:" not in html:
        html = html.replace(' xmlns:v="urn:schemas-microsoft-com:vml"', "", 1)
    if f"{_EXACTLY}}}" in html:  # the frame's styles for Outlook say it of every cell
        html = html.replace(f"{_EXACTLY};", "")
    html = _WIDTH_TWICE.sub(r"\1>", html)
    for said, shorter in _SHORTER.items():
        html = html.replace(said, shorter)
    html = _AROUND_WORDS.sub(r"\1\2", html)  # a cell that holds one box of words has no line of its own
    html = _OFFICE.sub(lambda found: re.sub(r"\s*\n\s*", "", found[0]), html)
    return _LAST_SEMICOLON.sub(r'\1"', html)


def _bare(section: re.Match[str]) -> str:
    return section[0] if _NEXT_COLUMN in section[1] else section[1]
