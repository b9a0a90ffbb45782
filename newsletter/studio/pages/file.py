"""An edition's file -> a page that shows it as it stands, each line with its number and what is to mend in it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from newsletter.editing.field_at import field_at
from newsletter.mending import LINE_END
from newsletter.studio.desk import desk_of, issue_of
from newsletter.studio.form import START
from newsletter.studio.months import month
from newsletter.studio.shell import language_of, own_name, sentences_of, show
from newsletter.studio.written import Written, written


async def _file(request: Request) -> Response:
    desk, issue = desk_of(request), issue_of(request)
    sight = await desk.glance(issue)
    language = request.query_params.get("language", sight.first)
    file = written(desk.workspace, desk.file(sight, language), language)
    wrong: dict[int, list[str]] = {}
    for one in sight.problems:
        if one.place.file == file.file and one.severity == "error":
            wrong.setdefault(one.place.line, []).append(sentences_of(request).told(one).message.text)
    return show(
        request,
        "file.html",
        issue=issue,
        edition=language,
        own_name=own_name,
        month=month(issue, language_of(request)),
        file=file,
        rows=[(number, line, wrong.get(number, [])) for number, line in enumerate(LINE_END.split(file.text), 1)],
        fields=_fields(file),
    )


def _fields(file: Written) -> dict[int, str]:
    """For each line the address of its field: the section's number and the field's name in the page."""
    found: dict[int, str] = {}
    if file.tree is None:
        return found
    for number in range(1, len(file.tree.lines) + 1):
        path = field_at(file.tree, number)
        if path and path != ("sections",):
            at = path[1] if path[0] == "sections" else START
            named = "".join(f"-{part}" for part in path if part != "sections")
            found[number] = f"section={int(at) + 1}&language={file.language}#f{named}"
    return found


ROUTES = [Route("/issues/{issue}/file", _file)]
