"""Islands and our own content.css -> the same islands with their styles written on each element, by premailer."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence

_ISLAND = re.compile(r"<!--island \d+--><div>(.*?)</div><!--end-->", re.DOTALL)


def inline(islands: Sequence[str], css: str) -> list[str]:
    """Write the styles on the elements of each island. All go through in one document: it is the call that costs.

    The letter as a whole never comes here: premailer would lose its doctype, its ``!important`` and its
    conditions for Outlook.
    """
    from premailer import Premailer

    body = "".join(f"<!--island {number}--><div>{island}</div><!--end-->" for number, island in enumerate(islands))
    done = Premailer(
        f"<!DOCTYPE html><html><head></head><body>{body}</body></html>",
        css_text=[css],
        keep_style_tags=True,
        strip_important=False,
        disable_link_rewrites=True,
        allow_network=False,
        allow_loading_external_files=False,
        disable_validation=True,
        disable_leftover_css=True,
        align_floating_images=False,
        disable_basic_attributes=["width", "height"],  # a picture's own stay as they are
        cssutils_logging_level=logging.CRITICAL,
        cache_css_parsing=True,
    ).transform(pretty_print=False)
    found = _ISLAND.findall(done)
    if len(found) != len(islands):
        raise ValueError("an island was lost while its styles were written")
    return found
