"""Our table of MJML and our verdicts beside MJML's own validator -> what differs, each difference with its reason.

``python tests/prove/mjml_validator.py`` needs node and npm, and installs MJML in benchmarks/peers/. It compares every
component, attribute, kind and place of newsletter/rendering/lint/mjml_tags.yaml with MJML's tables; the verdict on some
forty values of every kind; and has MJML validate the finished letters of every section type in three languages.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from newsletter.rendering import mjml  # noqa: E402 - run as a script from a clone
from newsletter.rendering.lint.mjml_tags import table  # noqa: E402 - after its own path
from newsletter.rendering.lint.values import wrong  # noqa: E402 - after its own path
from tests.rendering.conftest import Letters, stocked  # noqa: E402 - after its own path

Reason = Callable[[str, str], bool]
PEERS = ROOT / "benchmarks" / "peers"
BEYOND = {"mjml", "mj-all", "mj-class", "mj-include", "mj-selector", "mj-html-attribute"}
MARK = re.compile(r"\[\[[0-9a-f]+-\d+\]\]")  # stands in attributes for what is filled in later, such as a colour
VALUES = (
    *("0", "1", "10", "1px", "10px", "1.5px", ".5px", "-1px", "10%", "1em", "1pt", "10 px", "10PX", "px", "auto", "1,5px"),
    *("1px 2px", "1px 2px 3px 4px", "1px 2px 3px 4px 5px", "1px 2em", "0 auto", "1.2.3px", "", " ", "1px ", "--1px"),
    *("red", "Red", "rebeccapurple", "transparent", "inherit", "bleu", "#123", "#12345", "#1a1a1a", "#1A1A1A", "123456"),
    *("rgb(1,2,3)", "rgb(1, 2, 3)", "rgba(1,2,3,0.5)", "rgba(1,2,3)", "rgb(1 2 3)", "hsl(1, 2%, 3%)", "xrgb(1,2,3)x"),
    *("left", "centre", "center", "right", "top", "middle", "justify", "ltr", "full-width", "false", "true", "repeat"),
    *("file-start", "presentation", "fixed", "hidden", "vertical", "7", "7x", "x7", "x"),
)  # fmt: skip
STRICTER: dict[str, Reason] = {
    "a figure with a comma": lambda value, _: "," in value and not value.startswith(("rgb", "xrgb")),
    "more than one point in a figure": lambda value, _: value.count(".") > 1,
    "spaces at the end": lambda value, _: value != value.strip(),
    "a figure without its digits": lambda value, _: value in ("px", "x", "--1px"),
    "a colour with something around it": lambda value, _: value.startswith("xrgb"),
    "letters around a whole figure": lambda value, kind: kind == "integer" and not value.isdigit(),
}
"""What MJML lets pass and we do not, because it does harm in a letter."""
LOOSER: dict[str, Reason] = {
    "yes or no is a word in a file": lambda value, kind: kind == "boolean" and value in ("true", "false"),
    "no word at all": lambda value, kind: kind.startswith("enum") and value == "",
}
"""What MJML's types do not let pass, and its own documents hold."""


def main() -> int:
    """Compare it all; 1 where something differs without a reason."""
    kinds = {
        kind: list(VALUES) for tag in table().tags.values() for kind in tag.original.values() if tag.name not in BEYOND
    }
    told = peer({"kinds": kinds, "pages": pages()})
    faults = [*tables(told), *verdicts(told["values"]), *letters(told["pages"])]
    for fault in faults:
        sys.stdout.write(f"{fault}\n")
    attributes = sum(map(len, told["attributes"].values()))
    counts = f"components {len(told['attributes'])}, attributes {attributes}, values {len(VALUES) * len(kinds)}"
    sys.stdout.write(f"{counts}, letters {len(told['pages'])}\ndifferences without a reason: {len(faults)}\n")
    return bool(faults)


def peer(asked: dict[str, Any]) -> dict[str, Any]:
    """What MJML says."""
    if not (PEERS / "node_modules").is_dir():
        quiet = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        subprocess.run(["npm", "install", *quiet], cwd=PEERS, check=True)
    done = subprocess.run(["node", "validator.mjs"], cwd=PEERS, input=json.dumps(asked), capture_output=True, text=True, encoding="utf-8", check=True)  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def pages() -> list[str]:
    """The MJML of one letter of every section type in each language, as mrml gets it."""
    found: list[str] = []
    lay_out = mjml.to_html

    def kept(page: str, direction: str) -> str:
        found.append(MARK.sub("#123456", page))
        return lay_out(page, direction)

    with tempfile.TemporaryDirectory() as folder, patch("newsletter.rendering.mjml.to_html", kept):
        letters = Letters(stocked(Path(folder)))
        for name in ("every-type-en", "every-type-es", "every-type-ar", "july-en"):
            assert letters[name]
    return found


def tables(told: dict[str, Any]) -> Iterator[str]:
    """Differences of components, attributes, kinds and places."""
    ours = {name: dict(tag.original) for name, tag in table().tags.items() if name not in BEYOND}
    for name in sorted(ours.keys() | told["attributes"].keys()):
        if ours.get(name) != told["attributes"].get(name):
            yield f"{name}: ours {ours.get(name)}, MJML's {told['attributes'].get(name)}"
    for name, tag in table().tags.items():
        places = {parent for parent, children in told["nesting"].items() if name in children}
        if name not in BEYOND and set(tag.inside) != places:
            yield f"{name} stands in: ours {sorted(tag.inside)}, MJML's {sorted(places)}"


def verdicts(told: dict[str, list[bool]]) -> Iterator[str]:
    """Values that only one of both takes, without a reason for it."""
    for kind, right in told.items():
        for value, theirs in zip(VALUES, right, strict=True):
            ours = wrong(value, kind) is None
            reasons = LOOSER if ours else STRICTER
            if ours != theirs and not any(reason(value, kind) for reason in reasons.values()):
                yield f"{kind} {value!r}: ours {ours}, MJML's {theirs}"


def letters(told: list[list[str]]) -> Iterator[str]:
    """What MJML finds wrong with our finished letters."""
    for number, errors in enumerate(told):
        for error in errors:
            yield f"letter {number}: {error}"


if __name__ == "__main__":
    sys.exit(main())
