"""A template's tree -> where an author's words could reach ``literal``, which is for the template's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from jinja2 import nodes

_LITERAL = "literal"
_Bound = Mapping[str, list[nodes.Node | None]]
"""What names are given, in any part of a template; None where only whoever fills it in can tell."""


def reached(tree: nodes.Template) -> Iterator[int]:
    """The lines of calls that may be given more than the template's own words, and of ``literal`` by another name."""
    bound = _bound(tree)
    called = [one for one in tree.find_all(nodes.Call) if getattr(one.node, "name", "") == _LITERAL]
    for call in called:
        odd = call.kwargs or call.dyn_args or call.dyn_kwargs
        if odd or not all(_is_own(one, bound, frozenset()) for one in call.args):
            yield call.lineno
    names = {id(call.node) for call in called}
    for name in tree.find_all(nodes.Name):
        if name.name == _LITERAL and name.ctx == "load" and id(name) not in names:
            yield name.lineno


def _is_own(node: nodes.Node, bound: _Bound, within: frozenset[str]) -> bool:
    """Whether an expression gives what the template itself says; what a condition asks is not what it gives."""
    if isinstance(node, nodes.Const | nodes.Compare | nodes.Not | nodes.Test):
        return True
    if isinstance(node, nodes.Name):
        values = bound.get(node.name, [None])
        return node.name in within or all(one and _is_own(one, bound, within | {node.name}) for one in values)
    if isinstance(node, nodes.CondExpr):
        parts = [node.expr1, *([node.expr2] if node.expr2 else [])]
        return all(_is_own(one, bound, within) for one in parts)
    if isinstance(node, nodes.BinExpr | nodes.Concat | nodes.Tuple | nodes.List | nodes.Filter | nodes.Getitem):
        return all(_is_own(one, bound, within) for one in node.iter_child_nodes())
    return False


def _bound(tree: nodes.Template) -> _Bound:
    found: dict[str, list[nodes.Node | None]] = defaultdict(list)
    for one in tree.find_all((nodes.Assign, nodes.AssignBlock, nodes.For, nodes.With, nodes.Macro, nodes.CallBlock)):
        for target, value in _pairs(one):
            for name in (target, *target.find_all(nodes.Name)):
                if isinstance(name, nodes.Name):
                    found[name.name].append(value)
    return found


def _pairs(node: nodes.Node) -> Iterator[tuple[nodes.Node, nodes.Node | None]]:
    """What a node binds, each with what it is given."""
    if isinstance(node, nodes.Assign):
        yield node.target, node.node
    elif isinstance(node, nodes.AssignBlock):
        yield node.target, None
    elif isinstance(node, nodes.For):
        yield node.target, node.iter
    elif isinstance(node, nodes.With):
        yield from zip(node.targets, node.values, strict=True)
    elif isinstance(node, nodes.Macro | nodes.CallBlock):
        yield from ((one, None) for one in node.args)
