"""An issue that the gate let through -> the files for a mailing service, to be kept as one archive; otherwise why not."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from newsletter.errors import NewsletterError
from newsletter.gate.clear import ChangedSince, Cleared, NotApproved, NotReady, clear
from newsletter.journal import What, note, read_journal
from newsletter.languages import full_name
from newsletter.nouns.draft import IssueName
from newsletter.nouns.problem import Severity
from newsletter.platforms.export import export_files
from newsletter.platforms.platform import platform, read_platforms
from newsletter.stand.stand import missing_approvals
from newsletter.studio.asked import asked
from newsletter.studio.days import moment_in_words
from newsletter.studio.desk import Desk, desk_of, issue_of
from newsletter.studio.known import Looked, look_at, looked
from newsletter.studio.shell import language_of, refusal, show_of_issue, words_of
from newsletter.studio.zipped import zipped


async def _page(request: Request) -> Response:
    desk, issue = desk_of(request), issue_of(request)
    it, say, speaker = await looked(desk, issue), words_of(request).say, language_of(request)
    refused, first = await desk.look(lambda: _refused(request, it))
    made = {one.detail: one.when for one in read_journal(desk.workspace, issue) if one.what is What.EXPORT}
    return show_of_issue(
        request,
        "export.html",
        headline=say("export_refused") if refused else say("export_headline"),
        story=say("export_story"),
        refused=refused,
        first=first,
        warnings=[one for one in it.problems if one.severity is Severity.WARNING],
        platforms=list(read_platforms().values()),
        made={key: moment_in_words(at, say, speaker, desk.now()) for key, at in made.items()},
    )


def _refused(request: Request, it: Looked) -> tuple[str, str]:
    """Why the issue may not leave, and the step that comes first; "" where it may, or where there is only to wait.

    What is only to be looked at does not hold it back here.
    """
    desk, say, speaker = desk_of(request), words_of(request).say, language_of(request)
    try:
        _cleared(desk, it, accept=True)
    except NotReady:
        return say("export_to_mend", count=it.count(Severity.ERROR)), "mend"
    except (NotApproved, ChangedSince):
        missing = missing_approvals(desk.workspace, it.dossier)
        return say("export_not_approved", languages=", ".join(full_name(one, speaker) for one in missing)), "approve"
    except NewsletterError as error:
        return refusal(request, error), ""
    return "", ""


def _cleared(desk: Desk, it: Looked, *, accept: bool) -> Cleared:
    on = it.dossier.editions[0].send_on if it.dossier else desk.now().date()
    return clear(desk.workspace, it.prepared, on, now=desk.now(), accept_warnings=accept)


async def _export(request: Request) -> Response:
    """Let the browser keep the files as an archive, and note that they left."""
    desk, issue, given = desk_of(request), issue_of(request), await asked(request)
    goal = platform(given.text("platform"))

    def work() -> None:
        cleared = _cleared(desk, look_at(desk.workspace, desk.settings, issue), accept=given.yes("looked"))
        export_files(cleared, goal.key, public_url=desk.settings.public_url)
        note(desk.workspace, issue, What.EXPORT, desk.now(), detail=goal.key)

    await desk.act(work)
    say = words_of(request).say
    return JSONResponse(
        {
            "said": say("export_made", platform=goal.name),
            "hint": say("export_made_hint"),
            "download": f"/issues/{issue}/export/{goal.key}.zip",
        }
    )


async def _archive(request: Request) -> Response:
    """The files for a service in one archive, made anew in memory; never a list of readers."""
    desk, issue = desk_of(request), issue_of(request)
    key = request.path_params["platform"]
    if key not in read_platforms():
        raise HTTPException(404)
    it = await looked(desk, issue)
    data = await desk.look(lambda: _made(desk, it, issue, key))
    headers = {"Content-Disposition": f'attachment; filename="{issue}-{key}.zip"'}
    return Response(data, media_type="application/zip", headers=headers)


def _made(desk: Desk, it: Looked, issue: IssueName, key: str) -> bytes:
    files = export_files(_cleared(desk, it, accept=True), key, public_url=desk.settings.public_url)
    return zipped(files, f"{issue}-{key}")


ROUTES = [
    Route("/issues/{issue}/export", _page),
    Route("/issues/{issue}/export", _export, methods=["POST"]),
    Route("/issues/{issue}/export/{platform}.zip", _archive),
]
