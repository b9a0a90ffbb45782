"""A workspace -> a call for whatever is saved in it, whoever saves it and however: by word of the system, and by looking."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

from newsletter.workspace import Workspace, stamps

GATHER_MS, STEP_MS = 1, 8  # word comes at once; who looks gathers
LOOK_SECONDS = 1.0  # some disks and shared folders give no word: one looks, too


async def follow(workspace: Workspace, changed: Callable[[], None]) -> None:
    """Call ``changed`` after every change of what the studio shows, until cancelled; folders may come, go and move."""
    while True:
        stop = asyncio.Event()
        watched = _identities(workspace)
        whole = [path for path in (workspace.issues, *workspace.template_folders) if path.is_dir()]
        flat = [path for path in (workspace.root, workspace.records) if path.is_dir()]
        tasks = [
            asyncio.create_task(_word(whole, changed, stop, recursive=True)),
            asyncio.create_task(_word(flat, changed, stop, recursive=False)),
        ]
        try:
            await _until_moved(workspace, watched, changed)
        finally:
            stop.set()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _word(folders: Iterable[Path], changed: Callable[[], None], stop: asyncio.Event, *, recursive: bool) -> None:
    """What the system says; nothing where it cannot watch (a folder that went away, no more watches to be had)."""
    try:
        async for _ in awatch(
            *folders,
            watch_filter=_Ours(),
            debounce=GATHER_MS,
            step=STEP_MS,
            stop_event=stop,
            recursive=recursive,
        ):
            changed()
    except (OSError, RuntimeError):
        return


class _Ours(DefaultFilter):
    """Leaves out what we write ourselves while we look: pictures made ready, and the books' own side files."""

    def __call__(self, change: Change, path: str) -> bool:
        """Whether this change is one to look at."""
        return super().__call__(change, path) and not path.endswith(("outbox", "-wal", "-shm", "-journal"))


async def _until_moved(
    workspace: Workspace, watched: Mapping[Path, tuple[int, int]], changed: Callable[[], None]
) -> None:
    """Look each second whether a folder is another than the one watched; and whether a file is."""
    before = await asyncio.to_thread(_files, workspace)
    changed()  # whatever was saved before one began to look
    while await asyncio.to_thread(_identities, workspace) == watched:
        await asyncio.sleep(LOOK_SECONDS)
        now = await asyncio.to_thread(_files, workspace)
        if now != before:
            before = now
            changed()


def _files(workspace: Workspace) -> object:
    return stamps(workspace.issues, *workspace.template_folders)


def _identities(workspace: Workspace) -> dict[Path, tuple[int, int]]:
    """Each folder that is there, and which one it is."""
    found = {}
    for path in (workspace.root, workspace.issues, workspace.records, *workspace.template_folders):
        try:
            about = path.stat()
        except OSError:
            continue
        found[path] = about.st_dev, about.st_ino
    return found
