"""A kept sign-in -> handed back to whoever gave it, as far as a program can; and the page where a person can."""

from __future__ import annotations

from newsletter.delivery.sign_in.answers import NoAuthority, Post, asked
from newsletter.delivery.sign_in.kept import SignIn
from newsletter.delivery.sign_in.mailbox import mailboxes


def hand_back(found: SignIn, post: Post) -> bool:
    """Whether its tokens were taken back (RFC 7009); a password, and Microsoft's tokens, can only be so on a page."""
    if found.client is None or found.tokens is None or not found.client.authority.revoke_url:
        return False
    try:
        return not asked(post, found.client.authority.revoke_url, {"token": found.tokens.refresh}).error
    except NoAuthority:
        return False


def page_to_take_back(host: str, found: SignIn | None) -> str:
    """Where a person takes it back, "" where that is not known."""
    if found and found.client:
        return found.client.authority.withdraw_page
    return next((one.take_back_page for one in mailboxes().values() if one.host == host), "")
