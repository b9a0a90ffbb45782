"""What stands in a YAML file -> the value at a path; the same without the line ends after its texts."""

from __future__ import annotations

from newsletter.nouns.draft import Path
from newsletter.yaml_tree.tree import Data


def value_at(data: Data, path: Path) -> Data | None:
    """What stands at a path; None where nothing does."""
    found: Data | None = data
    for step in path:
        if isinstance(found, dict) and isinstance(step, str):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int) and 0 <= step < len(found):
            found = found[step]
        else:
            return None
    return found


def without_ends(data: Data) -> Data:
    """The data without the last line end of each text, which no reader sees, and a file's last line may lack."""
    if isinstance(data, list):
        return [without_ends(one) for one in data]
    if isinstance(data, dict):
        return {name: without_ends(one) for name, one in data.items()}
    return data.removesuffix("\n")
