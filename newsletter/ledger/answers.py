"""What a mail server answered -> what it means and what to do, in the words of ``templates/words/answers/``.

By its codes, never by its words: RFC 3463 for those with dots, RFC 5321 §4.2.3 and RFC 4954 §6 where there is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate
from newsletter.phrases import FIRST, Phrases, read_phrases
from newsletter.workspace import Workspace

FAMILY = "answers"
"""Of phrases."""
OURS, NOTHING = "ours", "nothing"

# 5.1.7 and 5.1.8 are about the sender (RFC 3463 §3.2). 5.1.90 and 5.4.5 are the daily limits of Exchange and Gmail, and
# 5.4.1 is Exchange's word for an address that its organisation does not have.
KNOWN = (
    (r"5\.1\.(0|1|6|10)", "no_mailbox", "typo"),
    (r"5\.1\.2|5\.4\.4", "no_domain", "typo"),
    (r"5\.1\.3", "no_address", "typo"),
    (r"5\.4\.1", "not_here", "typo"),
    (r"5\.2\.1", "switched_off", "take_off"),
    (r"5\.2\.2", "full", "full"),
    (r"5\.2\.3|5\.3\.4", "too_large", "smaller"),
    (r"5\.2\.\d+", "takes_nothing", "see_then_other_way"),
    (r"5\.6\.([1279]|10)", "characters", "plain"),
    (r"[45]\.4\.7", "days", "other_way"),
    (r"[45]\.1\.[78]", "our_address", OURS),
    (r"[45]\.(1\.90|4\.5)|4\.7\.\d+|4\.3\.2", "patience", NOTHING),
    (r"5\.7\.8", "sign_in", OURS),
    (r"5\.7\.\d+|5\.6\.\d+", "not_ours", OURS),
    (r"4\.2\.2", "full_now", NOTHING),
    (r"4\.[234]\.\d+", "trouble", NOTHING),
)
"""Enhanced codes, each with its two phrases; the first that fits counts."""
BY_CODE = {
    **dict.fromkeys((530, 534, 535, 538), ("sign_in", OURS)),
    550: ("not_here", "typo"),
    551: ("moved", "typo"),
    552: ("full_or_large", "see"),
    553: ("unknown", "typo"),
}
"""The same for answers without an enhanced code that says something."""
REFUSED, LATER, IN_DOUBT = ("refused", "see_then_other_way"), ("later", NOTHING), ("in_doubt", "in_doubt")
GIVEN_UP, FULL_ALL_ALONG = ("days", "other_way"), ("full", "full")


@dataclass(frozen=True, slots=True)
class Reason:
    """What an answer means, and what to do; what is to be typed stands between backticks."""

    means: str
    to_do: str


def answer_words(workspace: Workspace, language: str = FIRST) -> Phrases:
    """What answers mean, in a language of the screens."""
    return read_phrases(workspace, FAMILY, language)


def reason(words: Phrases, issue: IssueName, state: str, code: int, enhanced: str) -> Reason:
    """What became of the copies of an issue in this state with this answer."""
    means, to_do = _phrases(state, code, enhanced)
    return Reason(words.say(f"means_{means}"), words.say(f"do_{to_do}", issue=issue))


def _phrases(state: str, code: int, enhanced: str) -> tuple[str, str]:
    if state == Fate.IN_DOUBT:
        return IN_DOUBT
    found = next(((means, to_do) for codes, means, to_do in KNOWN if re.fullmatch(codes, enhanced)), None)
    means, to_do = found or BY_CODE.get(code) or (LATER if state == Fate.DEFERRED else REFUSED)
    if state == Fate.DEFERRED:  # goes again by itself, unless the server will go on refusing whatever comes from us
        return means, to_do if to_do == OURS else NOTHING
    if to_do == NOTHING:  # it was put off until it was given up
        return FULL_ALL_ALONG if means == "full_now" else GIVEN_UP
    return means, to_do
