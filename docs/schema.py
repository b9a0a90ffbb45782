"""The section types -> ``templates/schema/``: what an editor needs to complete and check an issue file (make schema)."""

from pathlib import Path

from newsletter.drafting.schema import write_schemas
from newsletter.drafting.types import read_types
from newsletter.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent

if __name__ == "__main__":
    types, problems = read_types(Workspace(ROOT))
    for problem in problems:
        print(problem)
    for path in write_schemas(types, ROOT / "templates" / "schema"):
        print(path.relative_to(ROOT))
