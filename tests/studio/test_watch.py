"""Watching: each save is seen at once and once, whatever the editor does, and only what somebody has open is made anew."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import re
import threading
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import pytest

from newsletter.nouns.draft import IssueName
from newsletter.pipeline import checked_in_turn, prepare
from newsletter.rendering import once
from newsletter.rendering.render import render
from newsletter.settings import Settings
from newsletter.studio import sight, watch
from newsletter.studio.sight import Sight
from newsletter.studio.watch import EVERYTHING, Watch
from newsletter.workspace import Workspace
from tests.any.studio import title_line_of

JULY, JUNE = IssueName(2025, 7), IssueName(2025, 6)
BLANK = re.compile("&nbsp;|&#160;|&#xa0;|\xa0", re.IGNORECASE)
LONGEST = 60.0  # seconds; generous for a busy machine


@asynccontextmanager
async def watching(workspace: Workspace, *issues: IssueName) -> AsyncIterator[Watch]:
    """A watch that runs, with somebody who has these issues open."""
    watched = Watch(workspace, Settings(), lambda: dt.datetime.now(dt.UTC))
    tasks: list[asyncio.Task[None]] = [asyncio.create_task(watched.run())]
    for issue in issues:
        await whole(watched, issue)

    async def reads() -> None:
        async for _ in watched.versions(issues):
            pass

    tasks.append(asyncio.create_task(reads()))
    await until(lambda: watched._changes > 0)  # it has begun to look
    await asyncio.sleep(0.5)  # and the system watches
    try:
        yield watched
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def whole(watched: Watch, issue: IssueName) -> Sight:
    """An issue once every check has looked at it."""
    await watched.glance(issue)
    await until(lambda: watched._shown[issue].whole)
    return watched.sights[issue]


async def until(true: Callable[[], bool]) -> float:
    """Wait for something to become true; the seconds it took."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < LONGEST, "it did not come"
        await asyncio.sleep(0.01)
    return time.monotonic() - began


def run(story: Coroutine[object, object, None]) -> None:
    """Play a story to its end, in a thread of its own: the browser of other tests has a loop in this one."""
    with ThreadPoolExecutor(1) as alone:
        alone.submit(asyncio.run, story).result()


def retitled(workspace: Workspace, title: str) -> str:
    """July's text with another first title."""
    text = (workspace.issues / "2025-07.yaml").read_text("utf-8")
    return text.replace(title_line_of(text), f"    title: {title}", 1)


def says(watched: Watch, words: str, language: str = "en") -> bool:
    """Whether July's letter holds these words."""
    made = watched.sights[JULY].letters.get(language)
    pieces = [one for one in made.rendered.html if isinstance(one, str)] if made else []
    return any(words in BLANK.sub(" ", one) for one in pieces)  # the last words of a title are kept together


def banner(watched: Watch) -> list[str]:
    """What is said of files that cannot be shown as they are."""
    return [str(one) for one in watched.sights[JULY].problems if one.check == "preview"]


def test_every_way_of_saving_is_seen(sample: Workspace) -> None:
    """Written in place, renamed over, removed and made anew, and while the folder itself was moved away and back."""
    file = sample.issues / "2025-07.yaml"

    async def story() -> None:
        async with watching(sample, JULY) as watched:
            file.write_text(retitled(sample, "Written in place"), "utf-8")
            print(f"seen after {await until(lambda: says(watched, 'Written in place')):.3f} s")  # noqa: T201 - a figure
            beside = file.with_name(".2025-07.yaml.swp1")
            beside.write_text(retitled(sample, "Renamed over"), "utf-8")
            beside.replace(file)
            await until(lambda: says(watched, "Renamed over"))
            anew = retitled(sample, "Made anew")
            file.unlink()
            await until(lambda: bool(banner(watched)))
            assert says(watched, "Renamed over")
            file.write_text(anew, "utf-8")
            await until(lambda: says(watched, "Made anew") and not banner(watched))
            away = sample.root / "issues of old"
            sample.issues.rename(away)
            await until(lambda: bool(banner(watched)))
            away.rename(sample.issues)
            await until(lambda: not banner(watched))
            file.write_text(retitled(sample, "After the move"), "utf-8")
            await until(lambda: says(watched, "After the move"))

    run(story())


def test_a_save_while_the_studio_begins_is_not_missed(sample: Workspace) -> None:
    """After the first letter was made, and before the system watches: it is seen all the same."""

    async def story() -> None:
        watched = Watch(sample, Settings(), lambda: dt.datetime.now(dt.UTC))
        await whole(watched, JULY)
        (sample.issues / "2025-07.yaml").write_text(retitled(sample, "Saved early"), "utf-8")
        tasks = [asyncio.create_task(watched.run())]

        async def reads() -> None:
            async for _ in watched.versions([JULY]):
                pass

        tasks.append(asyncio.create_task(reads()))
        await until(lambda: says(watched, "Saved early"))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    run(story())


def test_a_save_while_an_issue_is_read_for_the_first_time_is_not_missed(
    sample: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read, then saved before there is anything to mark as old: it is read once more, by itself."""
    real, reading, go_on = sight.glance, threading.Event(), threading.Event()

    def slowly(*about: Any) -> Sight:
        seen = real(*about)
        reading.set()
        go_on.wait(LONGEST)
        return seen

    monkeypatch.setattr(watch, "glance", slowly)

    async def story() -> None:
        watched = Watch(sample, Settings(), lambda: dt.datetime.now(dt.UTC))
        running = asyncio.create_task(watched.run())
        await until(lambda: watched._changes > 0)

        async def reads() -> None:
            async for _ in watched.versions([JULY]):
                pass

        listening = asyncio.create_task(reads())
        await until(reading.is_set)
        before = watched._changes
        (sample.issues / "2025-07.yaml").write_text(retitled(sample, "Saved meanwhile"), "utf-8")
        await until(lambda: watched._changes > before)
        await asyncio.sleep(2.5)  # whoever looks each second has seen it too
        go_on.set()
        await until(lambda: JULY in watched.sights and says(watched, "Saved meanwhile"))
        for task in (running, listening):
            task.cancel()
        await asyncio.gather(running, listening, return_exceptions=True)

    run(story())


def test_an_edition_that_appears_and_what_all_issues_share(sample: Workspace) -> None:
    """A new language, the profile, a picture, a template of one's own: each is followed."""
    spanish = sample.issues / "2025-07.es.yaml"
    kept = spanish.read_bytes()
    spanish.unlink()

    async def story() -> None:
        async with watching(sample, JULY) as watched:
            assert "es" not in watched.sights[JULY].letters
            spanish.write_bytes(kept)
            await until(lambda: "es" in watched.sights[JULY].letters)
            profile = sample.profile.read_text("utf-8")
            sample.profile.write_text(profile.replace("Ines Hartley", "Ines Example"), "utf-8")
            await until(lambda: says(watched, "Ines Example"))
            before = watched.sights[JULY].digests()
            picture = next(sample.images.glob("judgment*.png"))
            picture.write_bytes(next(sample.images.glob("long-road.png")).read_bytes())
            await until(lambda: watched.sights[JULY].digests() != before)
            own = sample.root / "templates" / "words"
            own.mkdir(parents=True)
            (own / "en.yaml").write_text("newsletter: Circular\n", "utf-8")
            await until(lambda: says(watched, "Circular"))

    run(story())


def test_a_file_half_written_keeps_the_letter_without_a_flash(sample: Workspace) -> None:
    """An editor that empties the file first and fills it a moment later: nobody sees anything but the new letter."""
    file = sample.issues / "2025-07.yaml"

    async def story() -> None:
        async with watching(sample, JULY) as watched:
            told: list[bool] = []

            async def listen() -> None:
                async for versions, _ in watched.versions([JULY]):
                    if versions:
                        told.append(watched.sights[JULY].old("en"))

            listening = asyncio.create_task(listen())
            text = retitled(sample, "In two parts")
            file.write_text(text[:900], "utf-8")
            await asyncio.sleep(0.03)
            file.write_text(text, "utf-8")
            await until(lambda: says(watched, "In two parts"))
            listening.cancel()
            assert not any(told)

    run(story())


def test_only_what_is_open_is_made_anew(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody has July open and once looked at June: June is made again when it is asked for, and not before."""
    looked: list[IssueName] = []
    real = prepare

    def counted(workspace: Workspace, issue: IssueName, settings: Settings) -> object:
        looked.append(issue)
        return real(workspace, issue, settings)

    async def story() -> None:
        async with watching(sample, JULY) as watched:
            await whole(watched, JUNE)
            monkeypatch.setattr(sight, "prepare", counted)
            (sample.issues / "2025-07.yaml").write_text(retitled(sample, "Only July"), "utf-8")
            await until(lambda: says(watched, "Only July"))
            assert set(looked) == {JULY}
            await watched.glance(JUNE)
            assert JUNE in looked

    run(story())


def test_nothing_is_drawn_twice(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many who look at once, the same bytes saved again, another file: one drawing for each new letter."""
    drawn: list[str] = []
    real = render

    def counted(edition: object, profile: object, shelf: object) -> object:
        drawn.append(edition.language)  # type: ignore[attr-defined]  # it is an edition
        return real(edition, profile, shelf)  # type: ignore[arg-type]  # as they came

    async def story() -> None:
        async with watching(sample, JULY) as watched:
            monkeypatch.setattr(once, "render", counted)
            file = sample.issues / "2025-07.yaml"
            file.write_bytes(file.read_bytes())
            os.utime(sample.profile)
            await asyncio.sleep(0.6)
            assert drawn == []
            file.write_text(retitled(sample, "Drawn once"), "utf-8")
            await asyncio.gather(*(watched.glance(JULY) for _ in range(20)))
            await until(lambda: says(watched, "Drawn once"))
            await asyncio.sleep(0.6)
            assert drawn == ["en"]

    run(story())


def test_the_letter_does_not_wait_for_the_checks(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks that take long: the letter stands there, what was known of problems too, and what is found comes in parts."""
    real = checked_in_turn

    def slowly(*asked: object, **how: object) -> object:
        for number, one in enumerate(real(*asked, **how)):  # type: ignore[arg-type]  # as it was asked
            time.sleep(0.02 if number < 40 else 0)
            yield one

    monkeypatch.setattr(sight, "checked_in_turn", slowly)

    async def story() -> None:
        async with watching(sample, JULY) as watched:
            states: list[tuple[bool, bool]] = []

            async def listen() -> None:
                async for versions, _ in watched.versions([JULY]):
                    now = watched.sights[JULY]
                    if versions:
                        states.append((says(watched, "Before the checks"), now.checking))

            listening = asyncio.create_task(listen())
            (sample.issues / "2025-07.yaml").write_text(retitled(sample, "Before the checks"), "utf-8")
            await until(lambda: (True, True) in states)
            now = await whole(watched, JULY)
            assert not now.checking
            assert now.checked
            letter = next(number for number, one in enumerate(states) if one[0])
            checking = next(number for number, one in enumerate(states) if one[1])
            assert letter < checking
            listening.cancel()

    run(story())


def test_a_hundred_saves_a_second_neither_starve_nor_flood(sample: Workspace) -> None:
    """Letters come while it goes on, fewer than saves, and the last one is the one that stays."""
    file = sample.issues / "2025-07.yaml"

    async def story() -> None:
        async with watching(sample, JULY) as watched:
            told: list[str] = []

            async def listen() -> None:
                async for versions, _ in watched.versions([JULY], everything=False):
                    told.extend(versions.values())

            listening = asyncio.create_task(listen())
            saves, began = 0, time.monotonic()
            while saves < 200 or len(told) < 4:  # a busy machine takes longer for four
                assert time.monotonic() - began < LONGEST, "no letter comes while there are saves"
                saves += 1
                file.write_text(retitled(sample, f"Save {saves} end"), "utf-8")
                await asyncio.sleep(max(0, began + saves / 100 - time.monotonic()))
            assert len(told) < saves * 3 / 4
            await until(lambda: says(watched, f"Save {saves} end"))
            await whole(watched, JULY)
            listening.cancel()

    run(story())


def test_a_page_without_an_issue_hears_of_everything(sample: Workspace) -> None:
    """The start page: its version changes with whatever is saved."""

    async def story() -> None:
        async with watching(sample) as watched:
            told: list[str] = []

            async def listen() -> None:
                async for versions, letters in watched.versions():
                    told.extend(versions.values())
                    assert versions.keys() <= {EVERYTHING}
                    assert not letters

            listening = asyncio.create_task(listen())
            await until(lambda: len(told) == 1)
            (sample.issues / "2025-09.yaml").write_text("subject: A new one\n", "utf-8")
            await until(lambda: len(told) > 1)
            listening.cancel()

    run(story())


def test_a_disk_that_gives_no_word_is_looked_at(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shared folder from which the system hears nothing: a save is seen within seconds all the same."""
    from newsletter.studio import follow

    async def deaf(*_: object, **__: object) -> None:
        await asyncio.sleep(LONGEST)

    monkeypatch.setattr(follow, "_word", deaf)

    async def story() -> None:
        async with watching(sample, JULY) as watched:
            await asyncio.sleep(1)
            (sample.issues / "2025-07.yaml").write_text(retitled(sample, "Without a word"), "utf-8")
            await until(lambda: says(watched, "Without a word"))

    run(story())


def test_a_check_that_breaks_is_told_and_nobody_waits_for_ever(
    sample: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mistake of ours in a check: a sentence among the problems; who waits for all checks goes on."""

    def broken(*_: object, **__: object) -> object:
        raise KeyError("juana.invented@example.org")

    monkeypatch.setattr(sight, "checked_in_turn", broken)

    async def story() -> None:
        async with watching(sample, JULY) as watched:
            now = await whole(watched, JULY)
            assert [one for one in now.problems if one.check == "preview"]
            assert "juana" not in str(now.problems)

    run(story())
