"""What is typed -> the command of that name, and an exit code; here every exception becomes a sentence."""

from __future__ import annotations

import ast
import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from traceback import walk_tb

import click

from newsletter.door import Door, speak_plainly
from newsletter.errors import NewsletterError

FOLDER = Path(__file__).resolve().parent / "commands"
EVERYDAY = (
    *("demo", "init", "new", "adopt", "clip", "check", "build", "preview", "review", "approve"),
    *("send", "status", "export", "publish", "subscribers"),
)
OUTSIDE_FAILED, STOPPED_BY_HAND = 3, 130


def summary(name: str) -> str:
    """A command's first sentence, read from its file without importing it, so that help stays quick."""
    own = name.replace("-", "_")
    tree = ast.parse((FOLDER / f"{own}.py").read_text("utf-8"))
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == own]
    text = (ast.get_docstring(found[0]) if found else None) or ast.get_docstring(tree) or ""
    return text.partition("\n")[0].removesuffix(".")


class Commands(click.Group):
    """The commands there are: one file each in ``newsletter/commands``, imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The everyday ones in the order of a month, then the others by name."""
        del ctx
        there = {path.stem.replace("_", "-") for path in FOLDER.glob("[!_]*.py")}
        first = [name for name in EVERYDAY if name in there]
        return [*first, *sorted(there.difference(first))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of this name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        own = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"newsletter.commands.{own}"), own)
        accept_workspace(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the everyday commands first."""
        names = self.list_commands(ctx)
        for heading, everyday in (("Every month", True), ("Now and then", False)):
            rows = [(name, summary(name)) for name in names if (name in EVERYDAY) is everyday]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)


def accept_workspace(command: click.Command) -> None:
    """Let ``--workspace DIR`` stand after the command's name too, where people put it."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            accept_workspace(inner)
    if not any(param.name == "workspace" for param in command.params):
        command.params.append(workspace_option())


def workspace_option() -> click.Option:
    """The option that names the newsletter's folder."""
    return click.Option(
        ["--workspace"],
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        expose_value=False,
        callback=_take_workspace,
        help="The newsletter's folder; left out, the one you stand in.",
    )


def _take_workspace(ctx: click.Context, param: click.Parameter, value: Path | None) -> None:
    del param
    if value is not None:
        ctx.ensure_object(Door).named = value


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click calls it so
    del param
    if value:
        from importlib.metadata import version

        click.echo(f"newsletter {version('newsletter')}")
        ctx.exit()


def _bare(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        from newsletter.standing import standing

        standing(ctx.find_object(Door) or Door(Path.cwd()))


def _group() -> Commands:
    group = Commands(
        "newsletter",
        invoke_without_command=True,
        callback=click.pass_context(_bare),
        help="Write, check and send a monthly newsletter. Alone it says where things stand and what comes next.",
        subcommand_metavar="COMMAND ...",
        epilog="newsletter COMMAND --help says more about one of them.",
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    version = click.Option(["--version"], is_flag=True, expose_value=False, is_eager=True, callback=_show_version)
    version.help = "Say which version this is."
    group.params.extend([workspace_option(), version])
    return group


def _usage(error: click.UsageError) -> str:
    """A mistake in what was typed, in plain words, with what was probably meant."""
    words = getattr(error, "possibilities", None) or []
    called = error.ctx.command_path if error.ctx else "newsletter"
    if isinstance(error, click.exceptions.NoSuchCommand):
        from difflib import get_close_matches

        if error.ctx and isinstance(error.ctx.command, click.Group):
            words = get_close_matches(error.command_name, error.ctx.command.list_commands(error.ctx))
        said = f"There is no command {error.command_name!r} in {called}."
    elif isinstance(error, click.NoSuchOption):
        said = f"{called} has no option {error.option_name}."
    elif isinstance(error, click.MissingParameter) and error.param:
        said = (
            f"{called} needs {error.param.make_metavar(error.ctx) if error.ctx else error.param.human_readable_name}."
        )
        if isinstance(error.param, click.Option):
            said = f"{called} needs {' or '.join(error.param.opts)}."
    elif isinstance(error, click.BadParameter) and error.param and isinstance(error.param.type, click.IntRange):
        said = f"{error.param.opts[0]} takes a number from {error.param.type.min} to {error.param.type.max}."
    else:
        said = error.format_message()
    meant = f" Did you mean {' or '.join(words)}?" if words else ""
    return f"{said}{meant}\nThis says how it is used: {called} --help"


def _command_name(arguments: Sequence[str]) -> str:
    """The command that was called; nothing else of what was typed, which may hold an address."""
    names = {path.stem.replace("_", "-") for path in FOLDER.glob("[!_]*.py")}
    return next((word for word in arguments if word in names), "")


def _explain(error: BaseException, door: Door, arguments: Sequence[str]) -> int:
    from newsletter.trouble import Setting, explain

    if isinstance(error, NewsletterError):
        return _tell(error)
    try:
        folder: Path | None = door.workspace.outbox
    except Exception:  # noqa: BLE001 - we are in trouble already; the report goes elsewhere
        folder = None
    return _tell(explain(error, Setting(_command_name(arguments), door.now(), folder)))


def _tell(error: NewsletterError) -> int:
    click.echo(error.message, err=True)
    if error.hint:
        click.echo(error.hint, err=True)
    return error.exit_code


def _reader_has_gone(error: BaseException) -> bool:
    """Whether stdout's reader closed the pipe, as ``| head`` does (EINVAL is how Windows says it).

    A mail server that hangs up is a broken pipe too: so it must have happened while we printed.
    """
    if not isinstance(error, OSError) or error.errno not in (errno.EPIPE, errno.EINVAL):
        return False
    *_, (frame, _line) = walk_tb(error.__traceback__)
    return frame.f_code in (click.echo.__code__, _call.__code__)


def _let_go() -> int:
    """Whoever read our output has closed it: stop, and let Python's last flush fail on nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return OUTSIDE_FAILED


def _call(arguments: Sequence[str], door: Door) -> int:
    """Run the command. Its exit code is 0, what it passed to ``ctx.exit``, or an int that it returned."""
    try:
        with _group().make_context("newsletter", list(arguments), obj=door) as context:
            result = context.command.invoke(context)
            sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    return result if type(result) is int else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was typed and return the exit code: 0, 1, 2, 3, 4 or 130, as the manual lists them."""
    speak_plainly()
    typed = sys.argv[1:] if arguments is None else arguments
    door = Door(Path.cwd())
    try:
        return _call(typed, door)
    except (KeyboardInterrupt, EOFError, click.Abort):
        click.echo("\nStopped.", err=True)
        return STOPPED_BY_HAND
    except click.ClickException as error:
        click.echo(_usage(error) if isinstance(error, click.UsageError) else error.format_message(), err=True)
        return error.exit_code
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 - nobody shall ever meet a traceback; Rust's panics are no Exception
        return _let_go() if _reader_has_gone(error) else _explain(error, door, typed)


if __name__ == "__main__":
    sys.exit(main())
