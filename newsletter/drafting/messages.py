"""A tree and the model that is to read it -> the model filled, or problems in plain words, each at its place."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from inspect import isclass
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from newsletter.drafting.meant import NOTHING, closest, did_you_mean
from newsletter.drafting.models import LEFT_OUT
from newsletter.drafting.values import Unfit
from newsletter.nouns.draft import Path
from newsletter.nouns.problem import Problem, Severity
from newsletter.yaml_tree.quotes import QUOTES, instead, quoted_parts
from newsletter.yaml_tree.tree import Data, Style, Tree

CHECK = "fields"
MOST_ALIKE = 3  # told one by one
LIKE = 'Such as  subject: "Peru: an amnesty"'
_SHORT_OF_COLON = re.compile(r"(?P<name>[^\W\d][\w-]*)(?:\s*[=;.：:]+\s*|\s+|(?=[\"“]))(?P<value>[^\s:].*)")

Model = TypeVar("Model", bound=BaseModel)


def validate(
    model: type[Model],
    tree: Tree,
    path: Path = (),
    *,
    beside: tuple[str, ...] = (),
    elsewhere: Mapping[str, str] = NOTHING,
    called: Mapping[str, str] = NOTHING,
) -> tuple[Model | None, list[Problem]]:
    """Read what stands at a path of a tree; a name with nothing after it counts as left out.

    ``beside`` names keys that stand there but are not the model's business; ``elsewhere`` says of keys that the model
    does not know where they belong, ``called`` which of its keys other words mean (in Spanish, say).
    """
    data = _written(tree, path, at(tree, path))
    if not isinstance(data, dict):
        return None, [problem(tree, path, "Names with values belong here: each line is a name, a colon, a text.", LIKE)]
    try:
        return model.model_validate({key: value for key, value in data.items() if key not in beside}), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        unknown = _Unknown(elsewhere, called)
        told = [(one, _problem(tree, path, model, one, unknown)) for one in _without_echo(model, found, called)]
        return None, _alike_once(told)


@dataclass(frozen=True)
class _Unknown:
    """What is known of keys that a model does not know."""

    elsewhere: Mapping[str, str]
    called: Mapping[str, str]


def _without_echo(model: type[BaseModel], errors: list[ErrorDetails], called: Mapping[str, str]) -> list[ErrorDetails]:
    """The errors but for a name that is missing only because it is written wrongly: that is said once."""
    echoes = set()
    for one in errors:
        if one["type"] == "extra_forbidden":
            parent = one["loc"][:-1]
            known = _fields(model, parent)
            name = str(one["loc"][-1])
            echoes.add((*parent, closest(name, known, called) or _before_colon(name, known)))
    return [one for one in errors if one["type"] != "missing" or one["loc"] not in echoes]


def _alike_once(told: list[tuple[ErrorDetails, Problem]]) -> list[Problem]:
    """The problems, where many in one place have the same way on (a table of forty columns): the first for all."""
    like = [(one["loc"][:-1], one["type"], problem.hint) for one, problem in told]
    times = Counter(like)
    first = {key: like.index(key) for key in times}
    problems = []
    for number, (key, (_, problem)) in enumerate(zip(like, told, strict=True)):
        if times[key] <= MOST_ALIKE:
            problems.append(problem)
        elif number == first[key]:
            message = f"{problem.message} The same is true of {times[key] - 1} more that stand beside it."
            problems.append(replace(problem, message=message))
    return problems


def at(tree: Tree, path: Path) -> Data:
    """The value at a path that is there."""
    data: Any = tree.data
    for part in path:
        data = data[part]
    result: Data = data
    return result


def problem(
    tree: Tree, path: Path, message: str, hint: str = "", severity: Severity = Severity.ERROR, *, key: bool = False
) -> Problem:
    """A problem with the value at a path of the tree, or with its key."""
    return Problem(tree.key(path) if key else tree.place(path), severity, CHECK, message, hint)


def _written(tree: Tree, path: Path, data: Data) -> Any:
    if isinstance(data, list):
        return [_written(tree, (*path, number), one) for number, one in enumerate(data)]
    if isinstance(data, dict):
        inside = {key: (*path, key) for key in data}
        return {key: LEFT_OUT if tree.left_out(inside[key]) else _written(tree, inside[key], data[key]) for key in data}
    return data


def _problem(tree: Tree, start: Path, model: type[BaseModel], error: ErrorDetails, unknown: _Unknown) -> Problem:
    loc, kind = error["loc"], error["type"]
    path = (*start, *loc)
    unfit = error.get("ctx", {}).get("error")
    if isinstance(unfit, Unfit):
        guilty = (*path, *unfit.inside)
        name = next((f"{part}: " for part in reversed(loc) if isinstance(part, str)), "")
        return problem(tree, guilty, name + unfit.message, _in_quotes(tree, guilty, unfit), key=bool(unfit.inside))
    if kind == "missing":
        return _missing(tree, path, _fields(model, loc[:-1]).get(str(loc[-1])))
    if kind == "extra_forbidden":
        return _unknown_key(tree, path, tuple(_fields(model, loc[:-1])), unknown)
    if kind == "too_short":
        return problem(tree, path, f"{loc[-1]}: The list is empty.", "Add at least one.", key=True)
    wanted = "A list belongs here." if kind == "list_type" else "Names with values belong here."
    data = at(tree, path)
    hint = (
        f"Type instead: [{data}]"
        if kind == "list_type" and isinstance(data, str)
        else "Look how another file writes it."
    )
    return problem(tree, path, f"{path[-1] if path else ''}: {wanted}", hint)


def _in_quotes(tree: Tree, path: Path, unfit: Unfit) -> str:
    """For a text that YAML took for a list or names, the line with quotes; else the hint that the value gave."""
    if unfit.wants_text and tree.styles.get(path) is Style.FLOW and (line := tree.quoted(path)):
        return f"A text that starts with a bracket has to stand in quotes. Type instead: {line.strip()}"
    return unfit.hint


def _missing(tree: Tree, path: Path, info: FieldInfo | None) -> Problem:
    name = path[-1]
    about = f" ({info.description.partition('. ')[0].rstrip('.')})" if info and info.description else ""
    example = info.examples[0] if info and info.examples else "..."
    if example.startswith("- "):
        hint = f"Write  {name}:  and in the next line, set in by two spaces more,  {_member(example)}"
        return problem(tree, path if path in tree.places else path[:-1], f"“{name}” is missing{about}.", hint, key=True)
    if path in tree.places:
        hint = f"Write it after the colon, such as  {name}: {_as_yaml(example)}"
        return problem(tree, path, f"Nothing stands after “{name}:”{about}.", hint, key=True)
    hint = f"Add a line such as  {name}: {_as_yaml(example)}"
    return problem(tree, path[:-1], f"“{name}” is missing{about}.", hint)


def _member(example: str) -> str:
    """The first line of a list's example, and the names of what may stand under it: a hint is one line."""
    first, *more = example.partition("\n- ")[0].splitlines()
    names = ", ".join(line.partition(":")[0].strip() for line in more)
    return f"{first} (and below, a line each: {names})" if names else first


def _as_yaml(example: str) -> str:
    if example[:1] in QUOTES and example[-1:] == example[:1] and len(example) > 1:
        return example
    needs_quotes = ": " in example or " #" in example or example[:1] in "@`%*&!|>[{'\"-?,"
    return f'"{example}"' if needs_quotes and '"' not in example else example


def _unknown_key(tree: Tree, path: Path, known: tuple[str, ...], unknown: _Unknown) -> Problem:
    name = str(path[-1])
    flow = tree.styles.get(path[:-1]) is Style.FLOW
    if found := _without_colon(tree, path, known, flow=flow):
        return found
    if flow and tree.left_out(path):
        return _cut_in_two(tree, path)
    hint = unknown.elsewhere.get(name) or did_you_mean(name, known, unknown.called)
    if closest(name, known) and any(_looks_like_another(letter) for letter in name):
        hint += " Type it anew: one of its letters is of another alphabet, or cannot be seen."
    return problem(tree, path, f"“{name}” is not known here.", hint, key=True)


def _looks_like_another(letter: str) -> bool:
    """Whether a letter is invisible, or not Latin: a Cyrillic і looks just like an i."""
    return unicodedata.category(letter) == "Cf" or (letter.isalpha() and "LATIN" not in unicodedata.name(letter, ""))


def _before_colon(name: str, known: Iterable[str]) -> str:
    """The known name with which a key begins that is really a name, no colon, and the beginning of a text."""
    found = _SHORT_OF_COLON.fullmatch(name)
    return closest(found["name"], known) if found else ""


def _without_colon(tree: Tree, path: Path, known: tuple[str, ...], *, flow: bool) -> Problem | None:
    """``subject "Peru: x"``, ``{title:"x", ...}``: the colon is not there, or no space is after it."""
    line = tree.lines[tree.key(path).line - 1]
    found = re.fullmatch(r"([^\W\d][\w-]*):[\"'].*", str(path[-1]))
    if flow and found and found[1] in known and (mended := quoted_parts(line)):
        return problem(tree, path, f"After “{found[1]}:” a space is missing.", instead(mended), key=True)
    meant = _before_colon(str(path[-1]), known)
    typed = _SHORT_OF_COLON.fullmatch(line[tree.key(path).column - 1 :].rstrip())
    if flow or not meant or not typed:
        return None
    mended = f"{meant}: {_as_yaml(typed['value'])}"
    return problem(tree, path, f"After the name “{meant}” a colon is missing.", instead(mended), key=True)


def _cut_in_two(tree: Tree, path: Path) -> Problem:
    hint = "Between { and } a comma ends a text; a text that holds a comma has to stand in quotes."
    if line := quoted_parts(tree.lines[tree.key(path).line - 1]):
        hint = f"{hint} {instead(line)}"
    message = f"“{path[-1]}” has no value, or is the rest of a text that a comma cut in two."
    return problem(tree, path, message, hint, key=True)


def _fields(model: type[BaseModel], loc: tuple[int | str, ...]) -> dict[str, FieldInfo]:
    """The fields, by the names that stand in YAML, of the model that reads what is at this way."""
    kind: Any = model
    for part in loc:
        kind = _by_name(kind)[str(part)].annotation if _is_model(kind) else get_args(kind)[-1]
        while get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
    return _by_name(kind) if _is_model(kind) else {}


def _is_model(kind: Any) -> bool:
    return isclass(kind) and issubclass(kind, BaseModel)


def _by_name(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {info.alias or name: info for name, info in model.model_fields.items()}
