"""A package -> its members: one file each, found by looking, so that adding one edits nothing else."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def members(package: str) -> dict[str, ModuleType]:
    """Import every module of a package, under the names that YAML and the command line use (``link-text``)."""
    folder = importlib.import_module(package)
    found = sorted(module.name for module in pkgutil.iter_modules(folder.__path__))
    return {name.replace("_", "-"): importlib.import_module(f"{package}.{name}") for name in found}
