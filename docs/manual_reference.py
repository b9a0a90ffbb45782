"""The program -> the manual's made parts: its fields, profile, settings, commands, checks, platforms and languages."""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import importlib.util
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from manual_promises import answers, promises
from manual_text import ISSUE_PAGE, KINDS, as_typed, code, fields_table, table
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from newsletter import __main__ as door
from newsletter.delivery.pace.limits import Limits, limits
from newsletter.doctor.examine import FAMILY as FINDINGS
from newsletter.drafting import look, values
from newsletter.drafting.fields import ASK, COMMON, EDITION, PERSON, PICTURE, SOURCE
from newsletter.drafting.models import Reads
from newsletter.drafting.profile import ProfileFile
from newsletter.family import members
from newsletter.phrases import read_phrases
from newsletter.platforms.platform import Platform, read_platforms
from newsletter.settings import PREFIX, Settings
from newsletter.studio.shell import FAMILY, FIRST, KEYS
from newsletter.studio.views import VIEWS
from newsletter.words import read_words
from newsletter.workspace import Workspace, shipped

READ_BY: Mapping[Callable[[object], object], str] = {
    values.phrase: "words, or one text for each language: `{en: Peru, es: Perú}`",
    values.line: "a line of words",
    values.url: "an address that starts with `https://`",
    values.addresses: "an address that starts with `https://`, or one for each language: `{en: https://…, es: https://…}`",
    values.address: "an e-mail address",
    values.file: "the name of a file in `issues/images/`",
    look.colour: 'a colour in quotes, `"#ffe600"`',
    look.fonts: "names of fonts with commas between, `Georgia, Times New Roman`",
    values.language: "a language's short name, `en`",
    values.months: "a month, `2025-08`, or a list of months, `[2025-08, 2026-01]`",
    values.partial_date: "a day, a month or a year: `2025-07-04`, `2025-07`, `2025`",
    values.zone: "the name of a clock in IANA's list, `Europe/London`",
}
"""What one types into the profile, by what reads it."""


def made(workspace: Workspace) -> dict[str, str]:
    """Every made part of the manual's pages, by its name."""
    return {
        "issue-fields": fields_table(EDITION),
        "common-fields": fields_table(COMMON),
        "ask-fields": fields_table(ASK),
        "picture-fields": fields_table(PICTURE),
        "source-fields": fields_table(SOURCE),
        "person-fields": fields_table(PERSON),
        "profile": profile(),
        "settings": settings(),
        "pace": pace(),
        "findings": findings(),
        "commands": commands(),
        "checks": checks(),
        "platforms": platforms(),
        "languages": languages(workspace),
        "kinds": table(("Kind", "What one types"), kinds()),
        "promises": promises(),
        "answers": answers(),
        "studio-views": studio_views(workspace),
        "studio-keys": studio_keys(workspace),
        "phrases": code_block(workspace.template("words/en.yaml").read_text("utf-8")),
    }


def studio_views(workspace: Workspace) -> str:
    """The ways in which the studio shows a letter, and how far each may be trusted."""
    say = read_phrases(workspace, FAMILY, FIRST).say
    names = {key: key.replace("-", "_") for key in VIEWS}
    return table(
        ("View", "How faithful it is"), [(say(f"view_{one}"), say(f"view_{one}_faith")) for one in names.values()]
    )


def studio_keys(workspace: Workspace) -> str:
    """What the keys do in the studio."""
    say = read_phrases(workspace, FAMILY, FIRST).say
    return table(("Key", "What it does"), [(say(f"key_{one}"), say(f"key_{one}_does")) for one in KEYS])


def kinds() -> list[tuple[str, str]]:
    """Every kind of field, and what one types into it."""
    said = {kind: words.format(issue=ISSUE_PAGE, choices="those in `choices`") for kind, words in KINDS.items()}
    return [(code(kind.value), words) for kind, words in said.items()]


def code_block(text: str) -> str:
    """A file of YAML as it stands."""
    return f"```yaml\n{text.strip()}\n```"


def profile() -> str:
    """Every key of issues/newsletter.yaml, those inside others with the way to them."""
    return table(("Key", "What you type", "Needed", "What it says"), _keys(ProfileFile, ""))


def profile_keys() -> list[str]:
    """The keys of the profile as its page writes them."""
    return [row[0].strip("`*") for row in _keys(ProfileFile, "")]


def _keys(model: type[BaseModel], before: str) -> Iterator[tuple[str, str, str, str]]:
    for name, info in model.model_fields.items():
        way = f"{before}{info.alias or name}"
        inner = _model_inside(info.annotation)
        needed = "yes" if info.is_required() else ""
        yield code(way), "" if inner else _typed(info), needed, _says(info)
        if inner:
            yield from _keys(inner, f"{way}{_members(info.annotation)}.")


def _model_inside(annotation: Any) -> type[BaseModel] | None:
    """The model that a key's value is, or that the members of its list or mapping are."""
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_inside, getattr(annotation, "__args__", ()))), None)


def _members(annotation: Any) -> str:
    """What stands between a key and those of its members: a dash each, or a name of one's own."""
    origin = getattr(annotation, "__origin__", None)
    return "[]" if origin is list else ".KEY" if origin is dict else ""


def _typed(info: FieldInfo) -> str:
    reads = _reads(info)
    if reads is None:
        return ""
    if "enum" in reads.schema:
        return " or ".join(code(str(one)) for one in _listed(reads.schema["enum"]))
    said = READ_BY.get(reads.read, "")
    return f"a list of such: {said}" if getattr(info.annotation, "__origin__", None) is list else said


def _listed(found: object) -> list[Any]:
    return found if isinstance(found, list) else []


def _reads(info: FieldInfo) -> Reads | None:
    inside = [one for part in getattr(info.annotation, "__args__", ()) for one in getattr(part, "__metadata__", ())]
    return next((one for one in [*info.metadata, *inside] if isinstance(one, Reads)), None)


def _says(info: FieldInfo) -> str:
    usual = info.get_default() if not info.is_required() else None
    more = f" Left out: {code(usual)}." if isinstance(usual, str) and usual else ""
    example = f" Such as {code(str(info.examples[0]))}." if info.examples else ""
    return f"{as_typed(info.description or '')}{more}{example}"


def settings() -> str:
    """Every setting with what it is for, what may stand there, and what it is when left out."""
    return table(
        ("Setting", "What it is for", "What may stand there", "Left out"), map(_setting, dataclasses.fields(Settings))
    )


def _setting(one: dataclasses.Field[Any]) -> tuple[str, str, str, str]:
    choices = " or ".join(map(code, one.metadata.get("choices", ())))
    kind = choices or (
        "a whole number" if isinstance(one.default, int) else "a password or key" if not one.repr else ""
    )
    usual = "" if one.default in ("", None) else code(str(one.default))
    return code(f"{PREFIX}{one.name.upper()}"), as_typed(one.metadata["help"]), kind, usual


def findings() -> str:
    """Everything that the doctor looks at, in the order of a letter's way, by what its file says of itself."""
    found = sorted(members(FINDINGS).items(), key=lambda pair: (pair[1].STEP, pair[0]))
    said = (
        (f"`{name}`", " ".join((inspect.getdoc(member) or "").partition("\n\n")[0].split())) for name, member in found
    )
    return table(("In brackets", "What it looks at"), said)


def pace() -> str:
    """Every shipped profile of the pace: its limits, each with how well it is known, and from where."""
    workspace = Workspace(shipped())
    rows = (limits(Settings(smtp_profile=name), workspace) for name in workspace.template_members("pace", ".yaml"))
    titles = ("Profile", "For", "In 24 hours", "Evenly", "Connections", "For lists", "From where")
    return table(titles, (_pace(one) for one in rows))


def _pace(one: Limits) -> tuple[str, ...]:
    known = one.confidence or {}
    day = f"{one.day:,} ({known.get('day', '')})" if one.day else "no limit but the server's"
    if one.new_a_day:
        day += f"; {one.new_a_day:,} of them never written to before ({known.get('new_a_day', '')})"
    even = f"{one.second} a second ({known.get('second', '')})" if one.second else ""
    even = f"{one.minute} a minute ({known.get('minute', '')})" if one.minute else even
    source = f"<{one.source}>, {one.looked_up}" if one.source else ""
    connections = f"{one.connections} ({known.get('connections', '')})"
    return code(one.profile), one.name, day, even, connections, "yes" if one.fit else "no", source


def commands() -> str:
    """Every command from its own help: what it is for, how it is typed, its options."""
    group = door._group()  # noqa: SLF001 - the command line as it is, which has no other name
    context = click.Context(group, info_name="newsletter")
    return "\n".join(part for name in group.list_commands(context) for part in _command(group, context, name, "##"))


def _command(group: click.Group, context: click.Context, name: str, level: str) -> Iterator[str]:
    command = group.get_command(context, name)
    if command is None:
        return
    here = click.Context(command, info_name=name, parent=context)
    first, _, rest = inspect.cleandoc(command.help or "").partition("\n")
    paragraphs = [as_typed(" ".join(part.split())) for part in rest.split("\n\n") if part.strip()]
    options = [one for one in command.params if isinstance(one, click.Option) and one.name != "workspace"]
    rows = [record for one in options if (record := one.get_help_record(here))]
    yield f"{level} `{here.command_path}`\n\n{as_typed(first)}\n"
    yield f"```\n{_as_used(command, here, options)}\n```\n"
    yield from (f"{paragraph}\n" for paragraph in paragraphs)
    if rows:
        yield table(("Option", "What it does"), ((code(typed), as_typed(said)) for typed, said in rows))
    if isinstance(command, click.Group):
        for inner in command.list_commands(here):
            yield from _command(command, here, inner, f"{level}#")


def _as_used(command: click.Command, here: click.Context, options: list[click.Option]) -> str:
    """The command with what has to stand there, and in brackets what it is about."""
    about = [piece for piece in command.collect_usage_pieces(here) if piece not in {"[OPTIONS]", "[ARGS]..."}]
    needed = [f"{one.opts[0]} {one.make_metavar(here)}" for one in options if one.required]
    return " ".join([here.command_path, *about, *needed])


def checks() -> str:
    """Every check, from its own file: the word in brackets, what it finds, and what it makes of that."""
    return table(("Check", "What it finds", "What it says then"), sorted(map(_check, check_files())))


def check_files() -> list[Path]:
    """The files of the family."""
    found = importlib.util.find_spec("newsletter.checks")
    folder = Path(found.submodule_search_locations[0]) if found and found.submodule_search_locations else Path()
    return sorted(folder.glob("[!_]*.py"))


def _check(path: Path) -> tuple[str, str, str]:
    tree = ast.parse(path.read_text("utf-8"))
    judged = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "check")
    first = (ast.get_docstring(tree) or "").partition("\n")[0]
    then = (ast.get_docstring(judged) or "").partition("\n")[0]
    name = path.stem.replace("_", "-")
    return f"[{code(name)}](checks/{name}.md)", _marked(first), _marked(then)


def _marked(docstring: str) -> str:
    """A docstring's sentence, its typed words between single backticks."""
    return re.sub(r"``([^`]+)``|([^`]+)", lambda part: code(part[1]) if part[1] else as_typed(part[2]), docstring)


def platforms() -> str:
    """Every platform, from its data file: who handles the data, what one does there, and how sure we are."""
    return "\n".join(part for one in read_platforms().values() for part in _platform(one))


def _platform(one: Platform) -> Iterator[str]:
    yield f"## {one.name}\n"
    yield f"```\nnewsletter export 2025-07 --for {one.key}\n```\n"
    contract = f" Its terms: <{one.contract}>." if one.contract else ""
    yield f"Your readers' data is handled by {one.processor}, in {one.where}.{contract}\n"
    yield "The list, before the letter:\n"
    yield "\n".join(f"{number}. {as_typed(step)}" for number, step in enumerate(one.list_steps, 1)) + "\n"
    yield "The letter (pictures beside it; with public pages they need no step):\n"
    steps = [step.beside for step in one.steps if step.beside]
    yield "\n".join(f"{number}. {as_typed(step)}" for number, step in enumerate(steps, 1)) + "\n"
    yield "\n".join(f"- {as_typed(note)}" for note in one.notes) + "\n"
    yield "How well we know it:\n"
    yield table(("What", "From where"), ((as_typed(what), as_typed(how)) for what, how in one.confidence.items()))


def languages(workspace: Workspace) -> str:
    """Every language there is words for."""
    return table(("Short name", "Language", "Runs", "A date"), _languages(workspace))


def _languages(workspace: Workspace) -> Iterator[tuple[str, str, str, str]]:
    for name in workspace.template_members("words", ".yaml"):
        words = read_words(workspace, name)
        runs = "right to left" if words.direction == "rtl" else "left to right"
        yield code(name), words.phrases.get("language", name), runs, str(words.date(dt.date(2025, 7, 4)))
