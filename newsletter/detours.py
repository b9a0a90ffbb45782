"""An address that leads to another by way of somebody who notes who follows it -> the one that is meant."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

_BEFORE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"lm?\.(facebook|instagram)\.com/(l\.php)?", "u"),
        (r"(www\.)?facebook\.com/l\.php", "u"),
        (r"www\.google(\.[a-z]{2,3}){1,2}/url", "url"),
        (r"www\.google(\.[a-z]{2,3}){1,2}/url", "q"),
        (r"[\w.]*safelinks\.protection\.outlook\.com/.*", "url"),
        (r"(www\.)?linkedin\.com/(redir/redirect|safety/go)", "url"),
        (r"www\.youtube\.com/redirect", "q"),
        (r"duckduckgo\.com/l/", "uddg"),
        (r"out\.reddit\.com/.*", "url"),
        (r"t\.umblr\.com/redirect", "z"),
        (r"vk\.com/away\.php", "to"),
        (r"www\.bing\.com/ck/a", "r"),
    )
)
"""Who puts himself before an address: host and path, and the part in which the real one stands."""
_PROOFPOINT = re.compile(r"urldefense\.com/v3/__(https?:/{1,2}[^*]+?)__;.*")


def without_detour(url: str) -> str:
    """The address that stands within another; "" where there is none that could be used as it is."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https"):
        return ""
    found = [one for pattern, name in _BEFORE if pattern.fullmatch(host + parts.path) for one in _part(parts, name)]
    if wrapped := _PROOFPOINT.fullmatch(url.partition("://")[2]):
        found.append(re.sub(r":/+", "://", wrapped[1], count=1))
    for one in found:
        address = quote(one, safe="%:/?#@!$&*+;=._~'-")
        try:
            inner = urlsplit(address)
            named = "." in (inner.hostname or "")
        except ValueError:
            continue
        if inner.scheme in ("http", "https") and named:
            return address
    return ""


def _part(parts: SplitResult, name: str) -> list[str]:
    found = parse_qs(parts.query, max_num_fields=None).get(name, [])
    return [unquote(one) if re.match(r"https?%3a", one, re.IGNORECASE) else one for one in found]
