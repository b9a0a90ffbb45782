"""Addresses -> what each answers today: asked once a day, a few at a time, and kept in ``outbox/`` until then."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, replace
from pathlib import Path
from urllib.parse import urlsplit

from newsletter.errors import NewsletterError
from newsletter.nouns.letter import Visit
from newsletter.web.fetch import Probe
from newsletter.web.reach import BadAddress, NotFetched
from newsletter.write_file import write_file

AT_ONCE = 5
KEPT = dt.timedelta(days=1)
PERMANENT = (301, 308)
UNKNOWN = "unknown-host"
PASSING = ("timeout", "no-answer")
"""Troubles that may be over in a minute: the next time it is asked again."""
OFFLINE = "offline"
"""The trouble of every address where not one of several sites is known: it is this computer that is not online."""
Kept = dict[str, dict[str, str | int | bool]]


def visits(
    addresses: Iterable[str],
    file: Path,
    *,
    now: dt.datetime,
    probe: Callable[[str], Probe],
    done: Callable[[int, int], None] = lambda _, __: None,
) -> Mapping[str, Visit]:
    """What each address answers; ``done`` is told how many of how many are known. Nothing raises."""
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
    if _is_offline({url: found[url] for url in missing}):
        found |= {url: replace(found[url], trouble=OFFLINE) for url in missing}
    elif missing:
        new = {
            url: {**asdict(found[url]), "at": now.isoformat()} for url in missing if found[url].trouble not in PASSING
        }
        _keep(file, {**kept, **new})
    return {url: found[url] for url in wanted}


def _is_offline(asked: Mapping[str, Visit]) -> bool:
    """Whether no site is known of several: that says nothing of the links, and is not kept."""
    sites = {urlsplit(url).hostname for url, one in asked.items() if one.trouble == UNKNOWN}
    return len(sites) > 1 and all(one.trouble in (UNKNOWN, "address") for one in asked.values())


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
