"""The house keeps its shape: imports go down the floors, families stay apart, and nothing grows too large."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "newsletter"

FLOORS: list[set[str]] = [
    {"nouns", "errors"},
    {"conflicted", "closed"},
    {
        *("languages", "settings", "workspace", "family", "write_file", "yaml_tree", "time_zone"),
        *("emulations", "mail_programs", "spamd", "lock", "turns", "detours", "difference"),
    },
    {"phrases"},
    {"snapshots", "folder", "journal", "mending", "sentences", "texts", "words", "store"},
    {"editing"},
    {"drafting", "finding", "web"},
    {"rendering"},
    {"letters", "ledger", "reading", "seen"},
    {"checks", "audience"},
    {"pipeline", "begin"},
    {"gate"},
    {"build", "delivery", "platforms", "archive", "stand"},
    {"door", "problems_told", "trouble", "doctor"},
    {"books_shown"},
    {"ceremony", "demo", "review", "standing"},
    {"studio"},
    {"commands"},
    {"__main__"},
]
"""From the ground up; what stands on one line knows nothing of its neighbours."""

FAMILIES = (
    *("newsletter.checks", "newsletter.commands", "newsletter.delivery.carriers", "newsletter.studio.pages"),
    "newsletter.doctor.findings",
)
LONGEST_FUNCTION, USUAL_FUNCTION, LONG_FUNCTION, LONGEST_MODULE = 60, 10, 30, 400
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


def imports(name: str) -> Iterator[str]:
    """The modules of the package that this one imports, at its top or inside a function."""
    for node in ast.walk(modules()[name]):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = [f"{node.module}.{one.name}" for one in node.names]
            names = [one if one in modules() else node.module for one in whole]
        yield from (one for one in names if one.startswith("newsletter."))


def room(name: str) -> str:
    """The room a module belongs to."""
    return name.split(".")[1]


def floor(name: str) -> int:
    """The floor a module stands on, from 0."""
    return next(number for number, rooms in enumerate(FLOORS) if room(name) in rooms)


def inner() -> list[str]:
    """Every module but the package itself."""
    return [name for name in modules() if name != "newsletter"]


def test_every_room_has_its_floor() -> None:
    """A new room is put on a floor by a decision, not by accident."""
    assert {room(name) for name in inner()} <= set().union(*FLOORS)


def test_imports_go_down_the_floors() -> None:
    """A room imports only from lower floors, or from itself."""
    upward = [
        f"{name} imports {other}"
        for name in inner()
        for other in imports(name)
        if room(other) != room(name) and floor(other) >= floor(name)
    ]
    assert not upward


def test_no_circles() -> None:
    """No module imports itself by way of others."""
    TopologicalSorter({name: set(imports(name)) - {name} for name in inner()}).prepare()


def test_members_of_a_family_stay_apart() -> None:
    """A check knows no other check, a command no other command, a carrier no other carrier."""
    related = [
        f"{name} imports {other}"
        for family in FAMILIES
        for name in inner()
        if name.startswith(f"{family}.")
        for other in imports(name)
        if other.startswith(f"{family}.") and other != name
    ]
    assert not related


def test_init_files_hold_their_description_and_nothing_else() -> None:
    """Every room says what it is, and re-exports nothing."""
    packages = {name: tree for name, tree in modules().items() if (ROOT.joinpath(*name.split("."))).is_dir()}
    assert packages
    for name, tree in packages.items():
        assert ast.get_docstring(tree), name
        assert len(tree.body) == 1, name


def test_every_module_says_what_it_does() -> None:
    """Each module opens with one line on what comes in and what goes out."""
    assert [name for name, tree in modules().items() if not ast.get_docstring(tree)] == []


def functions() -> Iterator[tuple[str, int]]:
    """Each function's name and its length in lines."""
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, Function):
                yield f"{name}.{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_sizes() -> None:
    """Functions are short (median 10, nine in ten within 30, none over 60), modules and scripts within 400 lines."""
    lengths = dict(functions())
    assert [name for name, length in lengths.items() if length > LONGEST_FUNCTION] == []
    assert statistics.median(lengths.values()) <= USUAL_FUNCTION
    assert statistics.quantiles(lengths.values(), n=10)[-1] <= LONG_FUNCTION
    files = (path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".js"})
    assert [path.name for path in files if len(path.read_text("utf-8").splitlines()) > LONGEST_MODULE] == []


def test_pydantic_lives_in_drafting_only() -> None:
    """What crosses rooms are plain frozen dataclasses."""
    users = {
        room(name)
        for name in inner()
        for node in ast.walk(modules()[name])
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pydantic"))
        or (isinstance(node, ast.Import) and any(one.name.startswith("pydantic") for one in node.names))
    }
    assert users <= {"drafting"}


def test_the_environment_is_read_at_the_door() -> None:
    """Settings are read once; nothing deeper looks at the environment (STYLE: settings and effects)."""
    readers = [name for name in inner() if re.search(r"\bos\.(environ|getenv)\b", _source(name))]
    assert set(readers) <= {"newsletter.door"}


def _source(name: str) -> str:
    path = ROOT.joinpath(*name.split("."))
    return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8")


def tracked() -> list[Path]:
    """The files of the repository, as git knows them."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: nothing is tracked")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_secrets_lists_or_builds_are_tracked() -> None:
    """P6: ``.env``, ``records/`` and ``outbox/`` are never under version control."""
    outside = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert not outside & {".env", "records", "outbox", ".venv"}


def test_no_registry_is_named() -> None:
    """Packages are found by the ordinary clients as each machine has them set up; no file names a registry's host."""
    hosts = re.compile("|".join(["py" + r"pi\.org", "python" + "hosted", "registry" + r"\.npm", "npm" + r"js\.com"]))
    text = {path: path.read_bytes().decode("utf-8", "replace") for path in tracked() if path.suffix != ".png"}
    assert [path.name for path, content in text.items() if hosts.search(content)] == []
