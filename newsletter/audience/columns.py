"""The names of a list's columns -> what each holds: English, Spanish, and those that mailing platforms write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from newsletter.audience.cleaning import plain_word
from newsletter.audience.suppress import Reason

_NAMES = {
    "address": (
        "email emailaddress mail emails correo correoelectronico direcciondecorreo direcciondecorreoelectronico"
        " direccionemail subscriber subscriberemail contactemail"
    ),
    "name": (
        "firstname fname first givenname forename nombre nombres primernombre prenom vorname"
        " name fullname displayname nombrecompleto nombreyapellidos contactname"
    ),
    "language": "language lang idioma lengua locale langue sprache preferredlanguage",
    "ground": "ground legalbasis lawfulbasis basedelegal baselegal",
    "source": "source fuente origen origin consentsource",
    "wording": "wording consenttext textodelconsentimiento",
    "since": (
        "since desde consentdate dateofconsent fechadeconsentimiento confirmtime optintime optindate subscribedat"
        " subscriptiondate subscribedon date fecha fechadealta createdat"
    ),
    "status": (
        "status memberstatus subscriptionstatus subscriberstatus subscribertype emailstatus"
        " emailmarketingstatus emailmarketing"
    ),
    "state": "estado state",  # or a part of a country: counts where it is a word that platforms use
    "no": (
        "emailblacklisted blacklisted blocklisted emailblocklisted optout optedout unsubscribed baja donotemail bounced"
        " unsubscriptiondate unsubscribedat unsubscribedon unsubscribedate fechadebaja bouncedat optouttime"
    ),
    "yes": "subscribed subscribedtoemails optin optedin suscrito acceptsmarketing acceptsemailmarketing",
}
_EVERY_ONE_COUNTS = {"since", "status", "state", "no", "yes"}
_ALL_LEFT = {"unsubtime", "unsubcampaigntitle", "unsubreason"}
_ALL_BOUNCED = {"cleantime", "cleancampaigntitle", "cleancampaignid"}

_FIELD_BY_NAME = {name: field for field, names in _NAMES.items() for name in names.split()}
_ORDER = {name: place for place, name in enumerate(" ".join(_NAMES.values()).split())}

_FILE_NAMES = (
    (re.compile(r"\bclean(ed)?\b|\bcleaned|bounce|rebotad"), Reason.BOUNCED),
    (re.compile(r"complain|\bquejas?\b"), Reason.COMPLAINT),
    (re.compile(r"unsub|desuscri|no suscri|\bbajas?\b|opt(ed)? ?out|\bleft\b"), Reason.LEFT),
    (
        re.compile(r"block ?list|black ?list|suppress|supresion|do ?not ?(e ?)?mail|\bfps\b|lista negra"),
        Reason.IMPORTED,
    ),
)
_NEVER_JOINED = re.compile(r"non ?subscribed|never ?subscribed|transactional")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where in a row to find what; ``dropped`` are the columns that are not even read."""

    places: dict[str, tuple[int, ...]]
    dropped: tuple[str, ...]
    everyone: Reason | None = None  # the columns say that everyone in the file has left


def find_columns(names: tuple[str, ...]) -> Columns:
    """What each column holds; of two that hold the same the one named more plainly, "First name" before "Name".

    But of those that say since when somebody is there, or that she has left, every one.
    """
    known = [re.sub(r"[^a-z0-9]", "", plain_word(name)) for name in names]
    places: dict[str, tuple[int, ...]] = {}
    for place, name in sorted(enumerate(known), key=lambda one: _ORDER.get(one[1], len(_ORDER))):
        field = _FIELD_BY_NAME.get(name)
        if field and (field not in places or field in _EVERY_ONE_COUNTS):
            places[field] = (*places.get(field, ()), place)
    read = {place for several in places.values() for place in several}
    dropped = tuple(name.strip() for place, name in enumerate(names) if place not in read and name.strip())
    everyone = Reason.LEFT if _ALL_LEFT & set(known) else Reason.BOUNCED if _ALL_BOUNCED & set(known) else None
    return Columns(places, dropped, everyone)


def reason_in_name(file: str) -> Reason | None:
    """Why everyone in a file must not be written to, as its name says: ``unsubscribed_members_export.csv``."""
    return next((reason for pattern, reason in _FILE_NAMES if pattern.search(_stem(file))), None)


def never_joined(file: str) -> bool:
    """Whether a file's name says that its people never asked for letters: a shop's customers, for one."""
    return bool(_NEVER_JOINED.search(_stem(file)))


def _stem(file: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", plain_word(PurePath(file).stem)))
