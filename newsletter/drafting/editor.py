"""Where the schemas lie -> the files by which VS Code (and VSCodium) knows what may stand in an issue, as one opens it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from newsletter.drafting.schema import ISSUE, PROFILE

EXTENSION = "redhat.vscode-yaml"  # yaml-language-server, which other editors have too


def editor(schemas: str) -> Iterator[tuple[str, str]]:
    """The files of a new workspace with their texts; ``schemas`` is the schemas' folder, seen from the workspace."""
    yield ".vscode/extensions.json", _json({"recommendations": [EXTENSION]})
    yield ".vscode/settings.json", _json(_settings(schemas))


def _settings(schemas: str) -> Mapping[str, object]:
    """What belongs to which file; spaces in place of tabs; and nothing about a newsletter is told to anybody."""
    issues = ["issues/[0-9]*.yaml", "!issues/*.approval.yaml"]
    return {
        "yaml.schemas": {f"{schemas}/{ISSUE}": issues, f"{schemas}/{PROFILE}": ["issues/newsletter.yaml"]},
        "yaml.schemaStore.enable": False,
        "redhat.telemetry.enabled": False,
        "files.encoding": "utf8",
        "[yaml]": {
            "editor.insertSpaces": True,
            "editor.tabSize": 2,
            "editor.detectIndentation": False,
            "editor.wordWrap": "on",
            "editor.quickSuggestions": {"other": True, "comments": False, "strings": True},
        },
    }


def _json(content: Mapping[str, object]) -> str:
    return json.dumps(content, indent=2) + "\n"
