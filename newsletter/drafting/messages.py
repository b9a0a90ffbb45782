"""A tree and the model that is to read it -> the model filled, or problems in plain words, each at its place."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import isclass
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from newsletter.drafting.models import LEFT_OUT
from newsletter.drafting.values import Unfit, closest, did_you_mean
from newsletter.nouns.draft import Path
from newsletter.nouns.problem import Problem, Severity
from newsletter.yaml_tree.quotes import instead, quoted_parts
from newsletter.yaml_tree.tree import Data, Style, Tree

CHECK = "fields"
LIKE = 'Such as  subject: "Peru: an amnesty"'
NOWHERE: Mapping[str, str] = {}

Model = TypeVar("Model", bound=BaseModel)


def validate(
    model: type[Model],
    tree: Tree,
    path: Path = (),
    *,
    beside: tuple[str, ...] = (),
    elsewhere: Mapping[str, str] = NOWHERE,
) -> tuple[Model | None, list[Problem]]:
    """Read what stands at a path of a tree; a name with nothing after it counts as left out.

    ``beside`` names keys that stand there but are not the model's business; ``elsewhere`` says of keys that the model
    does not know where they belong.
    """
    data = _written(tree, path, at(tree, path))
    if not isinstance(data, dict):
        return None, [problem(tree, path, "Names with values belong here: each line is a name, a colon, a text.", LIKE)]
    try:
        return model.model_validate({key: value for key, value in data.items() if key not in beside}), []
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        return None, [_problem(tree, path, model, one, elsewhere) for one in _without_echo(model, found)]


def _without_echo(model: type[BaseModel], errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """The errors but for a name that is missing only because it is written wrongly: that is said once."""
    echoes = set()
    for one in errors:
        if one["type"] == "extra_forbidden":
            parent = one["loc"][:-1]
            echoes.add((*parent, closest(str(one["loc"][-1]), tuple(_fields(model, parent)))))
    return [one for one in errors if one["type"] != "missing" or one["loc"] not in echoes]


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


def _problem(
    tree: Tree, start: Path, model: type[BaseModel], error: ErrorDetails, elsewhere: Mapping[str, str]
) -> Problem:
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
        return _unknown(tree, path, tuple(_fields(model, loc[:-1])), elsewhere.get(str(loc[-1]), ""))
    if kind == "too_short":
        return problem(tree, path, f"{loc[-1]}: The list is empty.", "Add at least one.", key=True)
    wanted = "A list belongs here." if kind == "list_type" else "Names with values belong here."
    return problem(tree, path, f"{path[-1] if path else ''}: {wanted}", "Look how another file writes it.")


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
        hint = f"Write  {name}:  and in the next line  {example}"
        return problem(tree, path if path in tree.places else path[:-1], f"“{name}” is missing{about}.", hint, key=True)
    if path in tree.places:
        hint = f"Write it after the colon, such as  {name}: {_as_yaml(example)}"
        return problem(tree, path, f"Nothing stands after “{name}:”{about}.", hint, key=True)
    hint = f"Add a line such as  {name}: {_as_yaml(example)}"
    return problem(tree, path[:-1], f"“{name}” is missing{about}.", hint)


def _as_yaml(example: str) -> str:
    needs_quotes = ": " in example or " #" in example or example[:1] in "@`%*&!|>[{'\"-?,"
    return f'"{example}"' if needs_quotes and '"' not in example else example


def _unknown(tree: Tree, path: Path, known: tuple[str, ...], belongs: str) -> Problem:
    name = str(path[-1])
    if tree.styles.get(path[:-1]) is Style.FLOW and tree.left_out(path):
        hint = "Between { and } a comma ends a text; a text that holds a comma has to stand in quotes."
        if line := quoted_parts(tree.lines[tree.key(path).line - 1]):
            hint = f"{hint} {instead(line)}"
        return problem(
            tree, path, f"“{name}” has no value, or is the rest of a text that a comma cut in two.", hint, key=True
        )
    return problem(tree, path, f"“{name}” is not known here.", belongs or did_you_mean(name, known), key=True)


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
