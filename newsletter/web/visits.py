"""Addresses -> what each answers today: asked once a day, a few at a time, and kept in ``outbox/`` until then."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

from newsletter.errors import NewsletterError, OutsideFailed
from newsletter.nouns.letter import Visit
from newsletter.web.fetch import Probe
from newsletter.web.reach import BadAddress, NotFetched
from newsletter.write_file import write_file

AT_ONCE = 5
KEPT = dt.timedelta(days=1)
PERMANENT = (301, 308)
PASSING = ("unknown-host", "no-answer", "timeout")
"""Troubles that are as often this computer's as the site's: they are asked about anew each time."""
Kept = dict[str, dict[str, str | int | bool]]


class Offline(OutsideFailed):
    """No site at all was found."""

    def __init__(self, sites: int) -> None:
        super().__init__(
            f"Not one of the {sites} sites that the issue links to was found: this computer seems not to be online.",
            "Look whether it is, then do the same again; or look the issue over without --online.",
        )


def visits(
    addresses: Iterable[str],
    file: Path,
    *,
    now: dt.datetime,
    probe: Callable[[str], Probe],
    done: Callable[[int, int], None] = lambda _, __: None,
) -> Mapping[str, Visit]:
    """What each address answers; ``done`` is told how many of how many are known. Raises Offline."""
    wanted = list(dict.fromkeys(addresses))
    kept = _kept(file, now)
    found = {url: _read(kept[url]) for url in wanted if url in kept}
    missing = [url for url in wanted if url not in found]
    done(len(found), len(wanted))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = {pool.submit(_visit, url, probe): url for url in missing}
        for one in as_completed(asked):
            found[asked[one]] = one.result()
            done(len(found), len(wanted))
    _see_that_anything_answers(found)
    if missing:
        lasting = [url for url in missing if found[url].trouble not in PASSING]
        new = {url: {**asdict(found[url]), "at": now.isoformat()} for url in lasting}
        _keep(file, {**kept, **new})
    return {url: found[url] for url in wanted}


def _see_that_anything_answers(found: Mapping[str, Visit]) -> None:
    """One site that is not there may be gone; several, and no other, are not looked for in the right place."""
    sites = {urlsplit(url).hostname for url, one in found.items() if one.trouble == "unknown-host"}
    if len(sites) > 1 and all(one.trouble in {"unknown-host", "address"} for one in found.values()):
        raise Offline(len(sites))


def _visit(url: str, probe: Callable[[str], Probe]) -> Visit:
    try:
        found = probe(url)
    except NotFetched as error:
        return Visit(trouble=error.kind, words=error.message)
    except BadAddress as error:
        return Visit(trouble="address", words=error.message)
    moved = bool(found.moved) and set(found.moved) <= set(PERMANENT)
    return Visit(status=found.status, address=found.url, permanent=moved)


def _kept(file: Path, now: dt.datetime) -> Kept:
    """What was kept and is not too old; nothing where the file is none of ours."""
    try:
        kept = json.loads(file.read_text("utf-8"))
        return {url: one for url, one in kept.items() if dt.timedelta(0) <= now - _time(one) < KEPT and _read(one)}
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return {}


def _time(one: Mapping[str, str | int | bool]) -> dt.datetime:
    return dt.datetime.fromisoformat(str(one["at"]))


def _read(one: Mapping[str, str | int | bool]) -> Visit:
    status = int(one["status"])
    return Visit(status, str(one["address"]), bool(one["permanent"]), str(one["trouble"]), str(one["words"]))


def _keep(file: Path, kept: Kept) -> None:
    """For a day; where nothing can be written, the next time costs the same as this one."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, json.dumps(kept, indent=1, ensure_ascii=False).encode("utf-8", "replace"))
    except (OSError, NewsletterError):
        return
