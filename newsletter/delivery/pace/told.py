"""Plan and server -> what a volunteer is told before a sending: when it ends, on how many days, and what fits better."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from newsletter.delivery.pace.limits import Limits
from newsletter.delivery.pace.plan import Plan

_SETTING = "NEWSLETTER_SMTP_PROFILE"


def told(plan: Plan, now: dt.datetime, host: str = "", fitting: tuple[str, ...] = ()) -> Iterator[str]:
    """The lines to print; ``fitting`` are the profiles that name ``host`` as theirs."""
    yield from _how_long(plan, now)
    if plan.people and plan.days == 1 and not plan.correction_today:
        yield "A correction to the same people would not fit today, so read it once more before."
    if plan.limits.why and not plan.limits.fit:
        yield plan.limits.why
    if plan.days > 1:
        yield "A list of this size is better sent through a relay for bulk mail."
    yield from _for_others(plan)
    yield from _misfit(plan.limits, host, fitting)


def _how_long(plan: Plan, now: dt.datetime) -> Iterator[str]:
    limits, per_day = plan.limits, plan.limits.per_day
    people = "1 person" if plan.people == 1 else f"{plan.people:,} people"
    if plan.left and per_day is not None:
        yield f"Within the last 24 hours {plan.left:,} letters have left already, and they count."
    if plan.days == 1 and plan.today == plan.people:
        end = f"ends {_at(plan.ends, now)}" if plan.ends else "they leave as fast as the server takes them"
        yield f"{people}{_speed(limits)}: {end}.{_allows(limits)}"
        return
    many = "one day" if plan.days == 1 else f"{plan.days:,} days, one command a day"
    yield f"{people} are more than {_SETTING}={limits.profile} lets leave at once, so this takes {many}.{_allows(limits)}"
    if plan.today:
        ends = f", and the last of them {_at(plan.ends, now)}" if plan.ends else ""
        yield f"{plan.today:,} leave now{_speed(limits)}{ends}."
    else:
        yield "None may leave now."
    if plan.resumes:
        until = f"; the last of all leave on about {plan.last:%Y-%m-%d}" if plan.last and plan.days > 1 else ""
        yield f"Go on {_at(plan.resumes, now)} or later{until}."


def _speed(limits: Limits) -> str:
    return f" at {60 / limits.interval:.0f} a minute" if limits.interval else ""


def _allows(limits: Limits) -> str:
    if limits.per_day is None:
        return ""
    new = f", {limits.new_a_day:,} of them to people who never got one before" if limits.new_a_day else ""
    return f" ({limits.name}: {limits.per_day:,} in 24 hours{new}.)"


def _for_others(plan: Plan) -> Iterator[str]:
    """What is left for the colleagues where all mailboxes of an organisation share a limit (L3)."""
    if plan.limits.tenant and 2 * (plan.left + plan.today) > plan.limits.tenant:
        rest = max(0, plan.limits.tenant - plan.left - plan.today)
        yield (
            f"Your organisation as a whole may write to {plan.limits.tenant:,} people outside in 24 hours: {rest:,} are"
            " then left for everybody else there."
        )


def _misfit(limits: Limits, host: str, fitting: tuple[str, ...]) -> Iterator[str]:
    if not host or limits.profile in fitting:
        return
    if fitting:
        yield f"{_SETTING} is {limits.profile}, but {host} is the server of: {', '.join(fitting)}. Choose the one that is yours."
    elif limits.hosts:
        yield f"{_SETTING} is {limits.profile}, whose server is {limits.hosts[0]}, but NEWSLETTER_SMTP_HOST is {host}: which is it?"


def _at(moment: dt.datetime | None, now: dt.datetime) -> str:
    """The minute by which it surely is, in the volunteer's own time; with the date where that is not today."""
    if moment is None:
        return ""
    minute = (moment + dt.timedelta(seconds=59)).replace(second=0, microsecond=0)
    return f"at {minute:%H:%M}" if minute.date() == now.date() else f"at {minute:%H:%M} on {minute:%Y-%m-%d}"
