"""Whether this computer's clock is right: each letter and each signature bears the time, and certificates are judged by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from newsletter.doctor.facts import OF_EXAMPLES, Facts
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.web.fetch import BadCertificate
from newsletter.web.reach import NotFetched

NAME = "clock"
STEP = Step.HERE
SOME, MUCH = dt.timedelta(minutes=5), dt.timedelta(hours=1)
_SCHEMES = ("https://",)
SET = "Let the computer set its clock by itself: look for “set time automatically” in its settings."


def look(facts: Facts) -> Iterator[Finding]:
    """Held against what a web server says the time is: your own site's or your organisation's, so that nobody else is told."""
    url = _whom(facts)
    if not url:
        yield Finding(
            Grade.ADVICE,
            NAME,
            "Whether the clock is right could not be seen: no web site of yours is known that could be asked.",
            hint="Say your organisation's page in issues/newsletter.yaml (organisation: privacy_url).",
        )
        return
    try:
        said = facts.probe(url).date
    except BadCertificate as error:
        yield Finding(
            Grade.WARNING,
            NAME,
            f"{error.message} That is so too where this computer's clock is wrong: it says {facts.now:%Y-%m-%d %H:%M}.",
            hint=SET,
        )
        return
    except NotFetched as error:
        yield Finding(
            Grade.UNSEEN,
            NAME,
            f"Whether the clock is right could not be seen. {error.message}",
            hint="See whether you are online, and give the same command again later.",
        )
        return
    yield _judged(facts.now, said)


def _whom(facts: Facts) -> str:
    organisation, countries = facts.profile.organisation, facts.profile.countries.values()
    texts = [facts.settings.public_url, *organisation.privacy_url.texts.values()]
    texts += [url for one in countries for url in one.page.texts.values()]
    usable = (url for url in texts if url.startswith(_SCHEMES))
    return next((url for url in usable if url.split("/")[2].removeprefix("www.") not in OF_EXAMPLES), "")


def _judged(now: dt.datetime, said: str) -> Finding:
    try:
        there = parsedate_to_datetime(said)
        apart = abs(now - there)
    except (ValueError, TypeError):  # none was said, or without its zone
        return Finding(
            Grade.UNSEEN, NAME, "Whether the clock is right could not be seen: the site that was asked does not say."
        )
    if apart < SOME:
        return Finding(Grade.OK, NAME, "This computer's clock is right.")
    late = "behind" if now < there else "ahead"
    return Finding(
        Grade.ERROR if apart >= MUCH else Grade.WARNING,
        NAME,
        f"This computer's clock is {_in_words(apart)} {late}: it says {now:%Y-%m-%d %H:%M}, and it is"
        f" {there.astimezone(now.tzinfo):%Y-%m-%d %H:%M}.",
        "Letters with a wrong time look like spam, and mailboxes refuse signatures from the future.",
        SET,
    )


def _in_words(apart: dt.timedelta) -> str:
    minutes = round(apart.total_seconds() / 60)
    for size, name in ((24 * 60, "day"), (60, "hour")):
        if minutes >= size:
            number = round(minutes / size)
            return f"{number} {name}{'s' if number > 1 else ''}"
    return f"{minutes} minutes"
