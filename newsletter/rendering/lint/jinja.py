"""A template's Jinja -> what is wrong with it, without filling it in: syntax, filters, names, fields, phrases, macros."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from string import Formatter

from jinja2 import Environment, TemplateSyntaxError, nodes

from newsletter.drafting.meant import closest, did_you_mean
from newsletter.nouns.problem import Severity
from newsletter.rendering.lint.finding import Finding
from newsletter.rendering.lint.own_words import reached

Shape = Mapping[str, "Shape | None"]
"""The names of what a value holds, each with its own Shape; None where that cannot be told."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a template of one kind may use. ``names`` is None where that cannot be told."""

    names: Mapping[str, Shape | None] | None
    phrases: Mapping[str, str] = field(default_factory=dict)
    source: Callable[[str], str | None] = lambda _: None  # another template's text; None where there is none
    context: bool = True  # what is imported says words, and needs the template's own context for it


def lint(source: str, environment: Environment, known: Known) -> list[Finding]:
    """What is wrong. Where the syntax is, nothing else can be seen."""
    reader = _Reader(source, environment, known)
    tree = _parsed(environment, source)
    if isinstance(tree, TemplateSyntaxError):
        said = (tree.message or "a slip").rstrip(".")
        return [reader.at(tree.lineno, "", f"this is not right: {said}.", "Look for a missing %}, }} or {% end... %}.")]
    return sorted(set(reader.read(tree)))


@lru_cache(maxsize=512)
def _parsed(environment: Environment, source: str) -> nodes.Template | TemplateSyntaxError:
    """A template's tree, or what keeps it from having one: several templates bring in the same, a preview looks often."""
    try:
        return environment.parse(source)
    except TemplateSyntaxError as error:
        return error


class _Reader:
    """Walks a template's tree with the names that are bound around each part of it."""

    def __init__(self, source: str, environment: Environment, known: Known) -> None:
        self._lines = source.split("\n")
        self._environment = environment
        self._known = known
        self._modules: dict[str, Shape | None] = {}

    def at(self, line: int, word: str, message: str, hint: str = "", severity: Severity = Severity.ERROR) -> Finding:
        """A finding on a line, at this word if it stands there."""
        text = self._lines[line - 1] if line <= len(self._lines) else ""
        found = word and re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
        column = (found or re.search(r"\{[{%]|$", text) or re.search("", text)).start()  # type: ignore[union-attr] # the last always finds
        return Finding(line, column + 1, message, hint, severity)

    def read(self, tree: nodes.Template) -> Iterator[Finding]:
        """Everything that is wrong in it."""
        for one in tree.find_all((nodes.Import, nodes.FromImport, nodes.Include, nodes.Extends)):
            yield from self._brought_in(one)
        for line in reached(tree):
            message = "“literal” is for a template's own words: an author's words would become tags."
            yield self.at(line, "literal", message, "Write the value alone: {{ ... }}")
        yield from self._body(tree.body, frozenset(self._environment.globals))

    def _body(self, body: list[nodes.Node], bound: frozenset[str]) -> Iterator[Finding]:
        """What stands one after another: what is set anywhere in it counts as set."""
        for one in body:
            bound |= _binds(one)
        for one in body:
            yield from self._node(one, bound)

    def _node(self, node: nodes.Node, bound: frozenset[str]) -> Iterator[Finding]:
        if isinstance(node, nodes.For):
            inner = bound | _targets(node.target) | {"loop"}
            yield from self._node(node.iter, bound)
            yield from self._body([*node.body, *([node.test] if node.test else [])], inner)
            yield from self._body(node.else_, bound)
        elif isinstance(node, nodes.Macro | nodes.CallBlock):
            own = {one.name for one in node.args} | {"caller", "varargs", "kwargs"}
            yield from self._body([*node.defaults, *([node.call] if isinstance(node, nodes.CallBlock) else [])], bound)
            yield from self._body(node.body, bound | own)
        elif isinstance(node, nodes.With):
            yield from self._body(list(node.values), bound)
            yield from self._body(node.body, bound.union(*map(_targets, node.targets)))
        elif isinstance(node, nodes.If):
            yield from self._node(node.test, bound)
            yield from self._body([*node.body, *node.elif_, *node.else_], bound)
        else:
            yield from self._plain(node, bound)
            yield from self._body(list(node.iter_child_nodes()), bound)

    def _plain(self, node: nodes.Node, bound: frozenset[str]) -> Iterator[Finding]:
        if isinstance(node, nodes.Filter) and node.name not in self._environment.filters:
            hint = _meant(node.name, self._environment.filters)
            yield self.at(node.lineno, node.name, f"there is no filter “{node.name}”.", hint)
        elif isinstance(node, nodes.Test) and node.name not in self._environment.tests:
            hint = _meant(node.name, self._environment.tests)
            yield self.at(node.lineno, node.name, f"there is no test “{node.name}”.", hint)
        elif isinstance(node, nodes.Name) and node.ctx == "load":
            yield from self._name(node, bound)
        elif isinstance(node, nodes.Getattr):
            yield from self._part(node, bound)
        elif isinstance(node, nodes.Call) and "say" in (getattr(node.node, "name", ""), getattr(node.node, "attr", "")):
            yield from self._phrase(node)

    def _name(self, node: nodes.Name, bound: frozenset[str]) -> Iterator[Finding]:
        names = self._known.names
        if names is not None and node.name not in bound and node.name not in names:
            hint = _meant(node.name, {*names, *bound} - {"caller", "varargs", "kwargs"})
            yield self.at(node.lineno, node.name, f"nothing is called “{node.name}” here.", hint)

    def _part(self, node: nodes.Getattr, bound: frozenset[str]) -> Iterator[Finding]:
        if node.attr.startswith("_"):
            yield self.at(
                node.lineno, node.attr, f"“{node.attr}” is not for templates.", "Use what has no _ before it."
            )
            return
        shape = self._shape(node.node, bound)
        if shape is not None and node.attr not in shape:
            whole = _written(node.node)
            hint = _meant(node.attr, shape)
            yield self.at(node.lineno, node.attr, f"“{whole}” has no “{node.attr}”.", hint)

    def _shape(self, node: nodes.Node, bound: frozenset[str]) -> Shape | None:
        if isinstance(node, nodes.Name):
            if node.name in self._modules:
                return self._modules[node.name]
            return (self._known.names or {}).get(node.name) if node.name not in bound else None
        if isinstance(node, nodes.Getattr):
            return (self._shape(node.node, bound) or {}).get(node.attr)
        return None

    def _phrase(self, node: nodes.Call) -> Iterator[Finding]:
        phrases = self._known.phrases
        if not phrases or not node.args or not isinstance(node.args[0], nodes.Const):
            return
        name = str(node.args[0].value)
        if name not in phrases:
            hint = f"{_close(name, phrases)} Its words stand in templates/words/, one file a language.".strip()
            yield self.at(node.lineno, name, f"there are no words “{name}”.", hint)
            return
        gaps, given = _gaps(phrases[name]), {one.key for one in node.kwargs}
        if gaps - given and node.dyn_kwargs is None:
            lacking = ", ".join(f"{gap}=..." for gap in sorted(gaps - given))
            message = f"the words “{name}” have a gap that is not filled: “{phrases[name]}”."
            yield self.at(node.lineno, name, message, f'Write  say("{name}", {lacking})')

    def _brought_in(self, node: nodes.Node) -> Iterator[Finding]:
        """What is imported, included or extended: whether it is there, and what it offers."""
        template = getattr(node, "template", None)
        if not isinstance(template, nodes.Const) or not isinstance(template.value, str):
            return
        source = self._known.source(template.value)
        if source is None:
            if not getattr(node, "ignore_missing", False):
                message = f"there is no template “{template.value}”."
                yield self.at(node.lineno, template.value, message, "Names count from the folder templates/.")
        elif isinstance(node, nodes.Import | nodes.FromImport):
            yield from self._imported(node, source, template.value)

    def _imported(self, node: nodes.Import | nodes.FromImport, source: str, name: str) -> Iterator[Finding]:
        if self._known.context and not node.with_context:
            hint = f'Write  {{% import "{name}" as ... with context %}}'
            yield self.at(node.lineno, "import", "without its context, what is imported cannot say any words.", hint)
        tree = _parsed(self._environment, source)
        if isinstance(tree, TemplateSyntaxError):
            return  # told where it stands
        offered = _offers(tree)
        if isinstance(node, nodes.Import):
            self._modules[node.target] = dict.fromkeys(offered)
            return
        for one in node.names:
            asked = one if isinstance(one, str) else one[0]
            if asked not in offered:
                yield self.at(node.lineno, asked, f"“{name}” has no “{asked}”.", _meant(asked, offered))


def _binds(node: nodes.Node) -> frozenset[str]:
    """The names that a node binds for what stands beside it, also from within an ``{% if %}``."""
    if isinstance(node, nodes.Assign | nodes.AssignBlock):
        return _targets(node.target)
    if isinstance(node, nodes.Macro):
        return frozenset({node.name})
    if isinstance(node, nodes.Import):
        return frozenset({node.target})
    if isinstance(node, nodes.FromImport):
        return frozenset(one if isinstance(one, str) else one[1] for one in node.names)
    if isinstance(node, nodes.If):
        return frozenset().union(*(_binds(one) for one in (*node.body, *node.elif_, *node.else_)))
    return frozenset()


def _targets(node: nodes.Node) -> frozenset[str]:
    names = {node.name} if isinstance(node, nodes.Name) else set()
    return frozenset(names | {one.name for one in node.find_all(nodes.Name)})


def _offers(tree: nodes.Template) -> frozenset[str]:
    return frozenset().union(*map(_binds, tree.body))


def _gaps(phrase: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(phrase) if name}
    except ValueError:
        return set()


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "this"


def _close(word: str, known: Mapping[str, object]) -> str:
    close = closest(word, known)
    return f"Did you mean “{close}”?" if close else ""


def _meant(word: str, known: Mapping[str, object] | frozenset[str] | set[str]) -> str:
    return did_you_mean(word, sorted(known))
