"""``newsletter login``: which mailbox the newsletter comes from, how one signs in there; tried out at once, then kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import click

from newsletter.errors import NewsletterError, StoppedForSafety, ToMend, WrongUsage

if TYPE_CHECKING:
    from newsletter.delivery.server import Server
    from newsletter.delivery.sign_in.authority import Client
    from newsletter.delivery.sign_in.kept import SignIn
    from newsletter.delivery.sign_in.mailbox import Mailbox
    from newsletter.delivery.sign_in.tokens import Tokens
    from newsletter.door import Door
    from newsletter.nouns.draft import Sender
    from newsletter.settings import Settings

Said = TypeVar("Said")
_TRIES = 3


class NoSuchMailbox(WrongUsage):
    """What was given is none of the kinds."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(
            "There is no such kind of mailbox here.", f"Say one of: {', '.join(names)}. Or: newsletter login"
        )


class NoMailAddress(WrongUsage):
    """What was given is no address."""

    def __init__(self) -> None:
        super().__init__("This is no mail address.", "It is like peru@example.org; newsletter login asks for it again.")


class SetElsewhere(StoppedForSafety):
    """A setting in the environment would go before what is written."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"These settings stand in the environment of this computer, which goes before the file .env: {', '.join(names)}.",
            "Have them taken away there, then type newsletter login again.",
        )


class NobodySignedIn(ToMend):
    """There is nothing to forget."""

    def __init__(self) -> None:
        super().__init__("Nobody is signed in here.", "To sign in: newsletter login")


@dataclass(frozen=True)
class _Asked:
    """What is to be tried out, then kept."""

    door: Door
    mailbox: Mailbox
    settings: Settings  # as they will be, without a password
    sender: Sender
    show: Callable[[str], None] | None

    def server(self, sign_in: SignIn | None = None) -> Server:
        """The server, with this sign-in. Raises what ``server`` raises."""
        from newsletter.delivery.server import Timeouts, server
        from newsletter.delivery.sign_in.bearer import Bearer

        password = sign_in.password if sign_in else ""
        made = server(replace(self.settings, smtp_password=password or "-"), self.sender)
        quick = Timeouts(connect=20, greeting=40, command=60)
        tokens = sign_in is not None and sign_in.tokens is not None
        bearer = Bearer(sign_in, post=self.door.post) if sign_in and tokens else None
        return replace(made, password=password, bearer=bearer, timeouts=quick)


@click.command()
@click.option(
    "--mailbox", "kind", default="", metavar="KIND", help="gmail, microsoft365, outlook, yahoo, icloud or own."
)
@click.option("--address", default="", metavar="ADDRESS", help="The mailbox; left out, you are asked.")
@click.option("--host", default="", metavar="HOST", help="The mail server, where it is another than usual.")
@click.option("--port", default=0, type=click.IntRange(0, 65535), help="Its port, where it is another than usual.")
@click.option("--security", default="", type=click.Choice(["", "tls", "starttls", "none"]), help="How it encrypts.")
@click.option("--browser", is_flag=True, help="Sign in in the browser of this computer, without a code to type.")
@click.option("--forget", is_flag=True, help="Take the sign-in away from this computer.")
@click.option("--trace", is_flag=True, help="Show what is said to the mail server; nothing secret is shown.")
@click.pass_obj
def login(
    door: Door,
    *,
    kind: str,
    address: str,
    host: str,
    port: int,
    security: str,
    browser: bool,
    forget: bool,
    trace: bool,
) -> None:
    """Say which mailbox your newsletter comes from, and sign in there.

    You are asked one thing after the other. What you sign in with is tried out at once, and kept in a file that only you
    can read, in your own settings and not in the newsletter's folder.
    """
    if forget:
        _forget(door)
        return
    from newsletter.drafting.profile import standing_facts

    sender = standing_facts(door.workspace).sender
    mailbox = _chosen(door, kind, sender)
    user = _mail_address(address, mailbox) if address else _address(door, mailbox, sender)
    settings = _settings(door, mailbox, user=user, host=host, port=port, security=security)
    sender = sender if sender.address else replace(sender, address=settings.smtp_user)
    asked = _Asked(door, mailbox, settings, sender, door.say if trace else None)
    asked.server()  # whether it may be used at all is told before anybody goes to look for a password
    asked = _found(asked) if not settings.smtp_port else asked
    _nothing_elsewhere(door, asked)
    _keep(asked, _signed_in(asked, browser=browser))


def _chosen(door: Door, kind: str, sender: Sender) -> Mailbox:
    from newsletter.delivery.sign_in.mailbox import mailboxes

    kinds = mailboxes()
    if kind:
        return _meant(kind, kinds)
    door.say("Which mailbox does your newsletter come from?\n")
    for number, one in enumerate(kinds.values(), 1):
        door.say(f"  {number}  {one.title}")
    door.say("")
    home = next((str(number) for number, one in enumerate(kinds.values(), 1) if one.is_home_of(sender.address)), "")
    what = "Type its number, then press Enter" + (f" [{home}]" if home else "")
    return _patiently(door, lambda: _meant(door.ask(what, default=home), kinds))


def _meant(said: str, kinds: dict[str, Mailbox]) -> Mailbox:
    """By name, or by number."""
    said = said.strip().rstrip(".").lower()
    if said in kinds:
        return kinds[said]
    if not (said.isascii() and said.isdecimal() and 1 <= int(said) <= len(kinds)):
        raise NoSuchMailbox(tuple(kinds))
    return list(kinds.values())[int(said) - 1]


def _patiently(door: Door, ask: Callable[[], Said]) -> Said:
    """Ask; where somebody is there and answered what cannot be, say so and ask again, not for ever."""
    for left in range(_TRIES - 1, -1, -1):
        try:
            return ask()
        except NewsletterError as error:
            if not left or not door.interactive:
                raise
            door.say(f"\n{error.message}\n")
    raise AssertionError


def _address(door: Door, mailbox: Mailbox, sender: Sender) -> str:
    usual = sender.address
    what = "The address of the mailbox" if mailbox.host else "Your user name there, most often the whole address"
    shown = what + (f" [{usual}]" if usual else "")
    return _patiently(door, lambda: _mail_address(door.ask(shown, default=usual), mailbox))


def _mail_address(said: str, mailbox: Mailbox) -> str:
    said = said.strip()
    if not said or (mailbox.host and not re.fullmatch(r"[^\s@]+@[^\s@]+", said)):
        raise NoMailAddress
    return said


def _settings(door: Door, mailbox: Mailbox, *, user: str, host: str, port: int, security: str) -> Settings:
    """The settings as they will be."""
    from newsletter.delivery.sign_in.shown import wrapped

    host = host or mailbox.host
    if not host:
        door.say(f"\n{wrapped(mailbox.note)}")
        host = door.ask("The name of the server", default="").strip()
    before = door.settings
    known = before.smtp_profile != "default" and before.smtp_host == host
    return replace(
        before,
        smtp_host=host,
        smtp_port=port or mailbox.port,
        smtp_security=security or mailbox.security,
        smtp_user=user,
        smtp_password="",
        smtp_profile=before.smtp_profile if known or not mailbox.pace else mailbox.pace_of(user),
    )


def _nothing_elsewhere(door: Door, asked: _Asked) -> None:
    from newsletter.settings import PREFIX

    wanted = _written(asked)
    names = [f"{PREFIX}{name}" for name in (*wanted, "SMTP_PASSWORD")]
    other = [one for one in names if door.environ.get(one, "") not in ("", wanted.get(one.removeprefix(PREFIX), ""))]
    if other:
        raise SetElsewhere(other)


def _written(asked: _Asked) -> dict[str, str]:
    """What is written into .env. A password that stands there would go before what is kept."""
    one = asked.settings
    return {
        "SMTP_HOST": one.smtp_host,
        "SMTP_PORT": str(one.smtp_port),
        "SMTP_SECURITY": one.smtp_security,
        "SMTP_USER": one.smtp_user,
        "SMTP_PROFILE": one.smtp_profile,
        "SMTP_PASSWORD": "",
    }


def _found(asked: _Asked) -> _Asked:
    from newsletter.delivery.sign_in.find_server import find_server

    asked.door.say(f"Looking for {asked.settings.smtp_host} ...")
    there = find_server(asked.server(), asked.show)
    return replace(asked, settings=replace(asked.settings, smtp_port=there.port, smtp_security=there.security))


def _signed_in(asked: _Asked, *, browser: bool) -> SignIn:
    """What one signs in with, tried out."""
    from newsletter.delivery.sign_in.kept import SignIn
    from newsletter.delivery.sign_in.shown import wrapped

    client = _client(asked)
    if asked.mailbox.note and asked.mailbox.host:
        asked.door.say(f"\n{wrapped(asked.mailbox.note)}\n")
    if client is None:
        return _by_password(asked)
    tokens = _through_browser(asked, client) if browser or not client.authority.device_url else _by_code(asked, client)
    found = SignIn(asked.settings.smtp_host, asked.settings.smtp_user, client=client, tokens=tokens)
    _try_out(asked, found)
    return found


def _client(asked: _Asked) -> Client | None:
    """Raises NoClient, after saying how there comes to be one."""
    from newsletter.delivery.sign_in.client_of import NoClient, client_of
    from newsletter.delivery.sign_in.shown import numbered, wrapped

    try:
        return client_of(asked.mailbox, asked.settings)
    except NoClient:
        asked.door.say(
            f"\n{wrapped(asked.mailbox.note)}\n\nFor whoever looks after your organisation's computers, once:\n"
        )
        for line in numbered(asked.mailbox.registering):
            asked.door.say(line)
        raise


def _by_password(asked: _Asked) -> SignIn:
    from newsletter.delivery.session import LoginRefused
    from newsletter.delivery.sign_in.app_password import NotAnAppPassword, NothingTyped
    from newsletter.delivery.sign_in.refusals import in_vain
    from newsletter.delivery.sign_in.shown import numbered

    for line in numbered(asked.mailbox.steps):
        asked.door.say(line)
    for left in range(_TRIES - 1, -1, -1):
        try:
            found = _typed(asked)
            _try_out(asked, found)
        except (LoginRefused, NotAnAppPassword, NothingTyped) as error:
            if not left or not asked.door.interactive or in_vain(error.hint):
                raise
            asked.door.say(f"\n{error.message}\n{error.hint}\nOr stop with Ctrl-C.\n")
        else:
            return found
    raise AssertionError


def _typed(asked: _Asked) -> SignIn:
    from newsletter.delivery.sign_in.app_password import NothingTyped, app_password
    from newsletter.delivery.sign_in.kept import SignIn

    made = asked.mailbox.letters
    what = "The app password" if made else "Your password there"
    typed = asked.door.ask_secret(f"{what} (nothing is shown while you type or paste it; then press Enter)")
    password = app_password(typed, made) if made else typed.rstrip("\r\n")
    if not password:
        raise NothingTyped
    return SignIn(asked.settings.smtp_host, asked.settings.smtp_user, password)


def _by_code(asked: _Asked, client: Client) -> Tokens:
    import time

    from newsletter.delivery.sign_in.device import ask_for_code, wait_for_tokens
    from newsletter.delivery.sign_in.shown import code_shown

    code = ask_for_code(client, asked.door.post)
    for line in code_shown(code, asked.settings.smtp_user):
        asked.door.say(line)
    clock = asked.door.now
    return wait_for_tokens(client, code, asked.door.post, sleep=time.sleep, clock=lambda: clock().timestamp())


def _through_browser(asked: _Asked, client: Client) -> Tokens:
    from newsletter.delivery.sign_in.browser import through_browser

    def show(page: str) -> None:
        asked.door.say(
            f"Sign in with {asked.settings.smtp_user} on the page that opens in your browser, and say yes there. If none"
            f" opens, copy this address into a browser on this computer:\n\n{page}\n\nI wait here. To stop: Ctrl-C"
        )
        asked.door.open_page(page)

    clock = asked.door.now
    return through_browser(client, asked.door.post, show=show, clock=lambda: clock().timestamp())


def _try_out(asked: _Asked, sign_in: SignIn) -> None:
    """Sign in once, and go away again. Raises what ``connect`` raises, with advice that fits here."""
    from newsletter.delivery.session import LoginRefused, connect
    from newsletter.delivery.sign_in.refusals import during_login

    asked.door.say(f"\nTrying it out at {asked.settings.smtp_host} ...")
    try:
        connect(asked.server(sign_in), show=asked.show).close()
    except LoginRefused as error:
        error.hint = during_login(error.hint)
        raise


def _keep(asked: _Asked, sign_in: SignIn) -> None:
    from newsletter.delivery.sign_in.env_file import set_in_env
    from newsletter.delivery.sign_in.kept import keep

    file = keep(sign_in)
    commented = set_in_env(asked.door.workspace.root / ".env", _written(asked))
    say = asked.door.say
    say(f"It works. You are signed in as {asked.settings.smtp_user}.\n")
    say(f"What you signed in with is kept here, for you alone:\n{file}")
    say("The rest stands in the file .env of your newsletter.")
    if commented:
        say(
            "What stood there before still does, with a # before it. If an old password is among it, take that line out."
        )
    if asked.settings.smtp_profile == "default":
        say("How many letters a day you may send there is not known here, so 100 a day leave: see the manual, pace.md.")
    say("\nNext, send one letter to yourself: newsletter send --test ADDRESS")


def _forget(door: Door) -> None:
    from newsletter.delivery.sign_in.hand_back import hand_back, page_to_take_back
    from newsletter.delivery.sign_in.kept import DamagedSignIn, forget, kept

    host, user = door.settings.smtp_host, door.settings.smtp_user
    try:
        found = kept(host, user)
    except (DamagedSignIn, StoppedForSafety):
        found = None
    taken_back = found is not None and hand_back(found, door.post)
    if not forget(host, user):
        raise NobodySignedIn
    door.say(f"The sign-in at {host} is no longer on this computer{', and good for nothing' if taken_back else ''}.")
    if not taken_back and (page := page_to_take_back(host, found)):
        door.say(f"To take it back there too, so that no copy of it is good for anything:\n{page}")
    if door.settings.smtp_password:
        door.say("A password still stands in the settings (NEWSLETTER_SMTP_PASSWORD).")
