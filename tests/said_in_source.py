"""The package's source -> every sentence that it can say to an author, with gaps where something is put in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, product
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "newsletter"
OPENS, CLOSES = "\0", "\1"
GAP = f"{OPENS}{CLOSES}"
"""What nobody can tell by looking at the source; between the two stands how the source names it."""
DEEPEST = 7
MOST = 400  # combinations of one sentence's gaps; beyond these, what a gap may hold is taken one at a time
COMMAND_LINE = (
    *("commands", "demo", "__main__", "store.migrations", "door", "problems_told", "standing", "spamd"),
    *("books_shown", "ceremony", "ledger.verify", "ledger.told"),
)
"""What only the command line says, which stays English."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
KEPT = ("strip", "rstrip", "lstrip", "removesuffix", "removeprefix", "capitalize", "lower")
"""Methods of a text that leave its words."""


@dataclass
class Module:
    """One module, with what its names stand for."""

    name: str
    tree: ast.Module
    functions: dict[str, Function] = field(default_factory=dict)
    classes: dict[str, ast.ClassDef] = field(default_factory=dict)
    values: dict[str, list[ast.expr]] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)
    within: dict[ast.AST, Function] = field(default_factory=dict)


@dataclass(frozen=True)
class Scope:
    """Where an expression stands: its module, and the function around it."""

    module: Module
    function: Function | None


@cache
def modules() -> dict[str, Module]:
    """Every module by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        found[name] = _module(name, ast.parse(path.read_text("utf-8")))
    return found


def _module(name: str, tree: ast.Module) -> Module:
    made = Module(name, tree)
    for node in ast.walk(tree):
        if isinstance(node, Function):
            made.functions.setdefault(node.name, node)
            made.within |= {one: node for one in ast.walk(node) if one is not node}
        elif isinstance(node, ast.ClassDef):
            made.classes[node.name] = node
            for one in node.body:
                _remember(made.values, one)
        elif isinstance(node, ast.ImportFrom) and node.module:
            made.imported |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    for node in tree.body:
        _remember(made.values, node)
    return made


def _remember(values: dict[str, list[ast.expr]], node: ast.AST) -> None:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Name):
                values.setdefault(target.id, []).append(node.value)
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        values.setdefault(node.target.id, []).append(node.value)


class Reader:
    """Follows an expression to the texts that it may be."""

    def __init__(self) -> None:
        self._open: set[tuple[int, int | None]] = set()

    def read(self, node: ast.expr | None, scope: Scope, index: int | None = None, depth: int = 0) -> set[str]:
        """The texts that an expression may be, GAP for what nobody can tell; of a tuple, its part at ``index``."""
        key = (id(node), index)
        if node is None or depth > DEEPEST or key in self._open:
            return {_gap(node)}
        self._open.add(key)
        try:
            found = set(self._read(node, scope, index, depth + 1))
            if isinstance(node, ast.Constant):
                return found
            return {_tame(one, node) for one in found} or {_gap(node)}
        finally:
            self._open.discard(key)

    def _read(self, node: ast.expr, scope: Scope, index: int | None, depth: int) -> Iterable[str]:  # noqa: C901, PLR0911, PLR0912 - one line a kind
        match node:
            case ast.Constant(value=str() as value):
                return {value} if index is None else {GAP}
            case ast.Tuple(elts=parts) | ast.List(elts=parts) if index is not None and index < len(parts):
                return self.read(parts[index], scope, None, depth)
            case ast.JoinedStr(values=parts):
                return self._joined([self._part(one, scope, depth) for one in parts])
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return self._joined([self.read(left, scope, None, depth), self.read(right, scope, None, depth)])
            case ast.BinOp(op=ast.Mult(), left=left):
                return {"", *self.read(left, scope, None, depth)}
            case ast.IfExp(body=one, orelse=other):
                return self.read(one, scope, index, depth) | self.read(other, scope, index, depth)
            case ast.BoolOp(values=parts):
                return set().union(*(self.read(one, scope, index, depth) for one in parts))
            case ast.GeneratorExp(elt=one) | ast.ListComp(elt=one):
                return self.read(one, scope, index, depth)
            case ast.NamedExpr(value=value) | ast.Starred(value=value):
                return self.read(value, scope, index, depth)
            case ast.Subscript(value=value):
                return self._within(value, scope, index, depth)
            case ast.Name(id=name):
                return self._named(name, scope, index, depth)
            case ast.Attribute(attr=name, value=ast.Name(id="self" | "cls")):
                return self._values(scope.module, name, index, depth)
            case ast.Call():
                return self._called(node, scope, index, depth)
        return {GAP}

    def _part(self, node: ast.expr, scope: Scope, depth: int) -> set[str]:
        if not isinstance(node, ast.FormattedValue):
            return self.read(node, scope, None, depth)
        if node.format_spec is not None or node.conversion == ord("r"):
            return {_gap(node.value)}
        texts = {_tame(one, node.value) for one in self.read(node.value, scope, None, depth)}
        return texts - {""} if _gap(node.value) in texts else texts

    def _joined(self, parts: list[set[str]]) -> Iterator[str]:
        ordered = [sorted(one) for one in parts]
        yield from {"".join(one) for one in islice(product(*ordered), MOST)}
        for place, several in enumerate(ordered):
            for one in several:
                yield "".join(one if number == place else kept[-1] for number, kept in enumerate(ordered))

    def _members(self, node: ast.expr, scope: Scope, index: int | None, depth: int) -> set[str]:  # noqa: PLR0911 - one line a kind
        """What a loop gets of what it goes through."""
        if depth > DEEPEST:
            return {GAP}
        match node:
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                return set().union(*(self.read(one, scope, index, depth + 1) for one in parts))
            case ast.GeneratorExp(elt=one) | ast.ListComp(elt=one):
                return self.read(one, scope, index, depth + 1)
            case ast.Name(id=name):
                return self._members_named(name, scope, index, depth)
            case ast.Call(
                func=ast.Name(id="sorted" | "list" | "tuple" | "enumerate" | "reversed" | "chain" | "zip"), args=given
            ):
                return set().union(*(self._members(one, scope, index, depth + 1) for one in given))
            case ast.Call(func=ast.Name(id=name)):
                module, function = _function(scope.module, name)
                if module and function:
                    there = Scope(module, function)
                    return set().union(*(self._given_out(one, there, index, depth) for one in ast.walk(function)))
            case ast.Starred(value=value):
                return self._members(value, scope, index, depth + 1)
        return {GAP}

    def _members_named(self, name: str, scope: Scope, index: int | None, depth: int) -> set[str]:
        found: set[str] = set()
        for other in ast.walk(scope.function) if scope.function else ():
            for value, _ in _bound(other, name):
                found |= self._members(value, scope, index, depth + 1)
        for value in scope.module.values.get(name, []):
            found |= self._members(value, Scope(scope.module, None), index, depth + 1)
        return found

    def _given_out(self, node: ast.AST, scope: Scope, index: int | None, depth: int) -> set[str]:
        match node:
            case ast.Yield(value=value) if value:
                return self.read(value, scope, index, depth + 1)
            case ast.YieldFrom(value=value) | ast.Return(value=value) if value:
                return self._members(value, scope, index, depth + 1)
        return set()

    def _within(self, node: ast.expr, scope: Scope, index: int | None, depth: int) -> set[str]:
        """What a mapping or a list of the module's holds."""
        if not isinstance(node, ast.Name):
            return {GAP}
        found: set[str] = set()
        for value in scope.module.values.get(node.id, []):
            parts = value.values if isinstance(value, ast.Dict) else getattr(value, "elts", [])
            for one in parts:
                found |= self.read(one, Scope(scope.module, None), index, depth)
        return found

    def _named(self, name: str, scope: Scope, index: int | None, depth: int) -> set[str]:
        found: set[str] = set()
        function = scope.function
        if function is not None:
            for node in ast.walk(function):
                for value, place in _bound(node, name):
                    found |= self.read(value, scope, index if place is None else place, depth)
                for value, place in _each(node, name):
                    found |= self._members(value, scope, index if place is None else place, depth)
            if name in _parameters(function):
                found |= self._given(function, name, scope, index, depth)
        return found or self._values(scope.module, name, index, depth)

    def _values(self, module: Module, name: str, index: int | None, depth: int) -> set[str]:
        found: set[str] = set()
        for value in module.values.get(name, []):
            found |= self.read(value, Scope(module, None), index, depth)
        if not found and (whole := module.imported.get(name)):
            other = modules().get(whole.rpartition(".")[0])
            return self._values(other, whole.rpartition(".")[2], index, depth) if other else {GAP}
        return found

    def _given(self, function: Function, name: str, scope: Scope, index: int | None, depth: int) -> set[str]:
        """What those who call a function give for a parameter, and its default."""
        names = _parameters(function)
        found: set[str] = set()
        plain = function.args.args
        defaults = dict(
            zip(
                [one.arg for one in plain[len(plain) - len(function.args.defaults) :]],
                function.args.defaults,
                strict=True,
            )
        )
        defaults |= {
            one.arg: value
            for one, value in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
            if value
        }
        if name in defaults:
            found |= self.read(defaults[name], Scope(scope.module, None), index, depth)
        asked = _class_of(scope.module, function) if function.name == "__init__" else function.name
        place = names.index(name) - (names[0] in ("self", "cls"))
        for caller, call in _calls().get(asked, []):
            if caller is not scope.module and caller.imported.get(asked) != f"{scope.module.name}.{asked}":
                continue
            there = Scope(caller, caller.within.get(call))
            if 0 <= place < len(call.args):
                found |= self.read(call.args[place], there, index, depth)
            for keyword in call.keywords:
                if keyword.arg == name:
                    found |= self.read(keyword.value, there, index, depth)
        return found

    def _called(self, node: ast.Call, scope: Scope, index: int | None, depth: int) -> set[str]:
        match node.func:
            case ast.Attribute(attr=name, value=value) if name in KEPT:
                return self.read(value, scope, index, depth)
            case ast.Attribute(attr="get", value=value):
                return self._within(value, scope, index, depth) | (
                    self.read(node.args[1], scope, index, depth) if len(node.args) > 1 else set()
                )
            case ast.Attribute(attr="join", value=ast.Constant(value=str())) if node.args:
                return self._listed(node, scope, depth)
            case ast.Name(id=name) | ast.Attribute(attr=name, value=ast.Name(id="self" | "cls")):
                if name == "next" and node.args:
                    return set().union(*(self.read(one, scope, index, depth) for one in node.args))
                module, function = _function(scope.module, name)
                if module and function:
                    there = Scope(module, function)
                    return set().union(*(self.read(one, there, index, depth) for one in _returned(function)))
        return {GAP}

    def _listed(self, node: ast.Call, scope: Scope, depth: int) -> set[str]:
        """Texts that are joined: each alone, as what joins them is no word."""
        given = node.args[0]
        if isinstance(given, ast.Call) and given.args:  # filter(None, (...))
            given = given.args[-1]
        if isinstance(given, ast.Tuple | ast.List):
            return set().union(*(self.read(one, scope, None, depth) for one in given.elts))
        return {GAP}


def _gap(node: ast.AST | None) -> str:
    """A gap with the last name of what fills it."""
    for one in ast.walk(node) if node else ():
        if isinstance(one, ast.Name | ast.Attribute):
            return f"{OPENS}{one.id if isinstance(one, ast.Name) else one.attr}{CLOSES}"
    return GAP


def _tame(text: str, node: ast.AST) -> str:
    """A text without words of its own, with its gaps named for the expression that it comes from."""
    return text if _has_words(text) else re.sub(f"(?:{OPENS}[^{CLOSES}]*{CLOSES})+", _gap(node), text)


def _bound(node: ast.AST, name: str) -> Iterator[tuple[ast.expr, int | None]]:
    """The values that a name is given by one statement, each with its place in a tuple."""
    pairs: list[tuple[ast.expr, ast.expr]] = []
    if isinstance(node, ast.Assign):
        pairs = [(one, node.value) for one in node.targets]
    elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and node.value:
        pairs = [(node.target, node.value)]
    for target, value in pairs:
        if isinstance(target, ast.Name) and target.id == name:
            yield value, None
        elif isinstance(target, ast.Tuple):
            for place, one in enumerate(target.elts):
                if isinstance(one, ast.Name) and one.id == name:
                    yield value, place


def _each(node: ast.AST, name: str) -> Iterator[tuple[ast.expr, int | None]]:
    """What a name goes through in a loop, with its place in each member."""
    if isinstance(node, ast.For | ast.comprehension):
        target = node.target
        if (
            isinstance(node.iter, ast.Call)
            and getattr(node.iter.func, "id", "") == "enumerate"
            and isinstance(target, ast.Tuple)
        ):
            target = target.elts[-1]
        if isinstance(target, ast.Name) and target.id == name:
            yield node.iter, None
        elif isinstance(target, ast.Tuple):
            for place, one in enumerate(target.elts):
                if isinstance(one, ast.Name) and one.id == name:
                    yield node.iter, place


def _parameters(function: Function) -> list[str]:
    given = function.args
    return [one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def _returned(function: Function) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Return | ast.Yield) and node.value:
            yield node.value


def _function(module: Module, name: str) -> tuple[Module | None, Function | None]:
    if name in module.functions:
        return module, module.functions[name]
    whole = module.imported.get(name, "")
    other = modules().get(whole.rpartition(".")[0])
    return (other, other.functions.get(whole.rpartition(".")[2])) if other else (None, None)


def _class_of(module: Module, function: Function) -> str:
    return next((name for name, one in module.classes.items() if function in one.body), "")


@cache
def _calls() -> dict[str, list[tuple[Module, ast.Call]]]:
    found: dict[str, list[tuple[Module, ast.Call]]] = {}
    for module in modules().values():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                found.setdefault(name, []).append((module, node))
    return found


SAID: dict[str, tuple[int, ...]] = {
    "Problem": (3, 4),
    "Finding": (2, 3),
    "Found": (1, 2),
    "Advice": (1, 2),
    "Unfit": (0, 1),
    "_tell": (1, 2),
    "Slip": (2, 3),
    "Doubt": (1,),
}
"""What is made with a message and a hint, and at which places they stand."""
NAMES = ("message", "hint")
ENDS = (".", "?", "!", ":", "”", ")")


def troubles() -> set[str]:
    """The names of all our exceptions that have a sentence of their own."""
    found = {"NewsletterError"}
    while True:
        more = {
            name
            for module in modules().values()
            for name, one in module.classes.items()
            if any(isinstance(base, ast.Name) and base.id in found for base in one.bases)
        }
        if more <= found:
            return found
        found |= more


def sentences() -> dict[str, set[str]]:
    """Every sentence by the module that says it."""
    found: dict[str, set[str]] = {}
    said = {**SAID, **dict.fromkeys(troubles(), (0, 1))}
    own = {name for module in modules().values() for name in _with_init(module)}
    for module in modules().values():
        if module.name.partition(".")[2].startswith(COMMAND_LINE):
            continue
        texts = found.setdefault(module.name, set())
        for node in ast.walk(module.tree):
            scope = Scope(module, module.within.get(node))
            if isinstance(node, ast.Call):
                texts |= _said_by(node, _places(module, node, said, own), scope)
            elif isinstance(node, ast.Tuple) and any(map(_is_severity, node.elts)):
                parts = set().union(*(Reader().read(one, scope) for one in node.elts))
                texts |= {one for one in parts if one.endswith(ENDS)}
    return {name: {one for one in texts if _has_words(one)} for name, texts in found.items()}


def _said_by(node: ast.Call, places: tuple[int, ...], scope: Scope) -> set[str]:
    texts: set[str] = set()
    for place, name in zip(places, NAMES, strict=False):
        given = [one.value for one in node.keywords if one.arg == name]
        for one in (*given, *node.args[place : place + 1]):
            texts |= Reader().read(one, scope)
    return texts


def _with_init(module: Module) -> Iterator[str]:
    for name, one in module.classes.items():
        if any(isinstance(part, Function) and part.name == "__init__" for part in one.body):
            yield name


def _places(module: Module, node: ast.Call, said: dict[str, tuple[int, ...]], own: set[str]) -> tuple[int, ...]:
    """Where message and hint stand in a call that says something to somebody."""
    match node:
        case ast.Call(func=ast.Name(id="Finding"), args=[ast.Starred(), *_]):
            return 1, 2
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in said and not (
            name in own and name not in SAID
        ):
            return said[name]
        case ast.Call(func=ast.Attribute(attr="__init__", value=ast.Call(func=ast.Name(id="super")))):
            function = module.within.get(node)
            return (0, 1) if function and _class_of(module, function) in said else ()
    return ()


def _is_severity(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Severity"


def _has_words(text: str) -> bool:
    return any(map(str.isalpha, re.sub(f"{OPENS}[^{CLOSES}]*{CLOSES}", "", text)))
