"""Words that give away where a person at risk lives: a street, a number, “lives in”."""

from __future__ import annotations

import datetime as dt
import re

from newsletter.nouns.draft import NamedPerson, Section
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import passages

NAME = "person-whereabouts"
_STREET = (
    r"\b\d{1,5}[A-Za-z]? (?:[A-Z][\w'’]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Close|Drive|Square|Terrace|Court)\b"
    r"|\b(?:Calle|Jirón|Jr\.|Av\.|Avenida|Pasaje|Psje\.|Urb\.|Urbanización|Manzana|Mz\.|Rua|Via|Rue|Carrera|Cra\.) (?:[\w.'’]+ ){0,4}?(?:N[°º.] ?|#|No\. ?)?\d+"
)
_LIVES = (
    r"\b(?:(?:lives?|living|resides?|is staying|stays|is hiding|hides) (?:with \w+ )?(?:in|at|on|near)"
    r"|(?:her|his|their) (?:house|home|flat|address) (?:is |stands )?(?:in|at|on|near)"
    r"|viven? (?:\w+ )?(?:en|cerca de)|reside[n]? en|se esconden? en|su (?:casa|domicilio|vivienda) (?:está |queda )?en"
    r"|habite[nt]* (?:à|en|au)|wohn(?:t|en) in|mora[m]? (?:em|no|na)|abita(?:no)? (?:a|in)) (?=[A-ZÁÉÍÓÚÑÄÖÜ0-9]|la |el |los |the )"
)
_TOLD = re.compile(f"{_STREET}|{_LIVES}")


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each, in sections whose ``people`` hold somebody with ``at_risk: yes``."""
    problems = []
    for edition in dossier.editions:
        endangered = {section.path for section in edition.sections if _at_risk(section)}
        for passage in passages(edition):
            if passage.path[:2] in endangered and (found := _TOLD.search(passage.text)):
                words = re.match(r"[^.,;:\n]{0,40}", passage.text[found.end() :])
                message = f"“{(found[0] + (words[0] if words else '')).strip()}” may give away where somebody lives who is at risk."
                hint = "Say it less exactly (a region, or nothing), unless that person wants it to be known."
                place = edition.place(passage.path, found.start())
                problems.append(Problem(place, Severity.WARNING, NAME, message, hint))
    return problems


def _at_risk(section: Section) -> bool:
    lists = (value for value in section.values.values() if isinstance(value, tuple))
    return any(isinstance(one, NamedPerson) and one.at_risk for value in lists for one in value)
