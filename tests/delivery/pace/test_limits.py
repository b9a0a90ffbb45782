from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.delivery.pace.limits import (
    SURE,
    BrokenPace,
    LimitOfAnother,
    NoSuchPace,
    fitting_profiles,
    limits,
    tenant_limit,
)
from newsletter.settings import Settings
from newsletter.workspace import Workspace, shipped

PROFILES = tuple(Workspace(shipped()).template_members("pace", ".yaml"))
FIGURES = ("second", "minute", "hour", "day", "new_a_day", "tenant", "connections", "per_connection")


def of(profile: str, **more: object) -> Settings:
    return Settings(smtp_profile=profile, **more)  # type: ignore[arg-type]  # fields by name


def own(folder: Path, text: str) -> Workspace:
    (folder / "templates" / "pace").mkdir(parents=True)
    (folder / "templates" / "pace" / "club.yaml").write_text(text, "utf-8")
    return Workspace(folder)


@pytest.mark.parametrize(
    ("profile", "day", "minute", "connections"),
    [
        ("gmail", 500, 20, 1),
        ("workspace", 2000, 30, 2),
        ("workspace-trial", 500, 20, 1),
        ("microsoft365", 10_000, 30, 3),
        ("microsoft365-trial", 5000, 30, 3),
        ("outlook", 5000, 20, 1),
        ("yahoo", 500, 10, 1),
        ("icloud", 1000, 20, 1),
        ("default", 100, None, 1),
        ("own-relay", None, None, 8),
    ],
)
def test_what_the_profiles_allow(profile: str, day: int | None, minute: int | None, connections: int) -> None:
    """L2, L10: the figures of the list of standards; whose limit nobody has stated gets 100 a day."""
    found = limits(of(profile))
    assert (found.per_day, found.minute, found.connections) == (day, minute, connections)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_figure_says_how_well_it_is_known(profile: str) -> None:
    """L2: published by its owner, reported, remembered, or our own caution; a figure of others' names its page."""
    found = limits(of(profile))
    known = found.confidence or {}
    for figure in FIGURES:
        if getattr(found, figure) is not None:
            assert known[figure] in SURE
    assert found.source.startswith("https://") or not {"published", "reported"} & set(known.values())
    assert found.looked_up
    assert found.connections >= 1 <= found.per_connection
    assert found.why or found.fit


def test_outlook_is_unfit_for_lists() -> None:
    """L6: 5,000 with a subscription, 1,000 of them never mailed before; less without, and unfit for lists either way."""
    paid, free = limits(of("outlook")), limits(of("outlook-free"))
    assert (paid.per_day, paid.new_a_day, paid.fit) == (5000, 1000, False)
    assert (free.per_day, free.new_a_day, free.fit) == (100, 100, False)
    assert "unfit for lists" in paid.why


def test_an_organisation_has_a_limit_of_its_own() -> None:
    """L3: 500 x licences^0.7 + 9,500, as Microsoft's own examples have it; a trial has 5,000; unstated counts as one."""
    assert [tenant_limit(number) for number in (0, 1, 100, 1000, 10_000)] == [10_000, 10_000, 22_059, 72_446, 324_978]
    assert limits(of("microsoft365")).tenant == 10_000
    assert limits(of("microsoft365", smtp_licences=100)).tenant == 22_059
    assert limits(of("microsoft365", smtp_licences=100)).per_day == 10_000  # a mailbox's own is lower
    assert limits(of("microsoft365", smtp_per_day=50_000)).per_day == 10_000
    assert limits(of("microsoft365-trial", smtp_per_day=50_000)).per_day == 5000


def test_what_somebody_who_knows_has_stated_goes_before() -> None:
    """L10: NEWSLETTER_SMTP_PER_DAY, upwards and downwards."""
    assert limits(of("default", smtp_per_day=250)).per_day == 250
    assert limits(of("ses", smtp_per_day=50_000)).per_day == 50_000
    assert limits(of("own-relay", smtp_per_day=20)).per_day == 20


def test_a_profile_is_one_file_dropped_in(tmp_path: Path) -> None:
    """A workspace's own; one of the same name as a shipped one goes before it."""
    workspace = own(tmp_path, "name: The club's relay\nday: 750\nhour: 100\nhosts: [Mail.Club.example]\n")
    found = limits(of("club"), workspace)
    assert (found.name, found.per_day, found.hour, found.connections) == ("The club's relay", 750, 100, 1)
    assert fitting_profiles("mail.club.example.", workspace) == ("club",)
    (tmp_path / "templates" / "pace" / "gmail.yaml").write_text("day: 50\n", "utf-8")
    assert limits(of("gmail"), workspace).per_day == 50


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dya: 500\n", "“dya” is not one of its keys"),
        ("minute: 20\n", "day is missing"),
        ("day: many\n", "day should be a whole number from 1, or none"),
        ("day: 0\n", "day should be a whole number"),
        ("day: true\n", "day should be a whole number"),
        ("day: 1.5\n", "day should be a whole number"),
        ("day:\n", "day should be a whole number"),
        ("day: 5\nconnections: none\n", "connections should be a whole number"),
        ("day: 5\nfit: perhaps\n", "fit should be yes or no"),
        ("day: 5\nhosts: smtp.example.org\n", "hosts should be a list"),
        ("day: 5\nconfidence: {day: certainly}\n", "confidence should say published"),
        ("- day\n", "it should be lines such as day: 500"),
        ("", "it should be lines such as day: 500"),
        ("day: [\n", "it is not YAML"),
    ],
)
def test_a_limit_that_cannot_be_understood_is_never_taken_for_none(tmp_path: Path, text: str, said: str) -> None:
    """A slip in a profile's file stops with its name and what it should be."""
    with pytest.raises(BrokenPace) as error:
        limits(of("club"), own(tmp_path, text))
    assert said in error.value.message
    assert "templates/pace/club.yaml" in error.value.message


def test_a_profile_that_is_not_there() -> None:
    """What was meant, perhaps, and all that there are."""
    with pytest.raises(NoSuchPace) as error:
        limits(of("gmial"))
    assert "Did you mean gmail?" in error.value.hint
    assert "own-relay" in error.value.hint


@pytest.mark.parametrize("host", ["smtp.gmail.com", "SMTP.GMAIL.COM.", "email-smtp.eu-west-1.amazonaws.com"])
def test_no_limit_is_not_believed_of_a_server_that_has_one(host: str) -> None:
    """L2: own-relay at Gmail's server would have the mailbox shut; a limit that somebody states is believed."""
    with pytest.raises(LimitOfAnother) as error:
        limits(of("own-relay", smtp_host=host))
    assert error.value.exit_code == 4
    assert limits(of("own-relay", smtp_host=host, smtp_per_day=400)).per_day == 400
    assert limits(of("own-relay", smtp_host="smtp.gmail.com.example.org")).per_day is None


def test_which_profiles_fit_a_server() -> None:
    assert fitting_profiles("smtp.gmail.com") == ("gmail", "workspace", "workspace-trial")
    assert fitting_profiles("notsmtp.gmail.com") == ()
    assert fitting_profiles("email-smtp.us-east-1.amazonaws.com") == ("ses", "ses-sandbox")
    assert fitting_profiles("ec2-192-0-2-1.compute-1.amazonaws.com") == ()
    assert fitting_profiles("") == ()
