"""“Tomorrow”, “next week”, “last month”: readers open a letter days later, and its page for years."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from newsletter.languages import locale
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.prose import prose

NAME = "relative-time"
DAYS = {
    "en": r"(?<!better )(?<!of )tomorrow|yesterday|tonight|(?<!the )(?:next|last|this|coming) (?:week(?:end)?|fortnight|{day})|this (?:morning|afternoon|evening)|in (?:two|three|four|a few) days|(?:two|three|four|a few) days ago",
    "es": r"(?<!la )(?<!una )(?<!el )(?<!esta )(?<!esa )(?<!aquella )(?<!misma )(?<!por )(?<!cada )(?<!de )mañana(?! por la)|mañana por la \w+|ayer|anteayer|anoche|esta (?:semana|noche|mañana|tarde)|est[ea] (?:fin de semana|{day})|(?:la |el )?(?:próxim|pasad)[oa] (?:semana|{day})|(?:la )?semana (?:pasada|próxima|que viene|entrante)|(?:{day}) (?:pasado|próximo|que viene)|hace (?:dos|tres|cuatro|unos) días|(?:dentro de|en) (?:dos|tres|cuatro|unos) días",
    "fr": r"(?<!de )demain|après-demain|hier|avant-hier|ce soir|cette semaine|ce (?:week-end|{day})|semaine (?:prochaine|dernière|passée)|(?:{day}) (?:prochain|dernier)|il y a (?:deux|trois|quatre|quelques) jours|dans (?:deux|trois|quatre|quelques) jours",
    "pt": r"amanhã|ontem|anteontem|hoje à noite|(?:n?esta) semana|(?:n?este) (?:fim de semana)|semana (?:passada|que vem)|próxima (?:semana|{day})|próximo (?:fim de semana|{day})|(?:{day}) (?:passad[oa]|que vem)|há (?:dois|três|quatro|alguns) dias",
    "de": r"(?-i:\bmorgen)(?! früh)|übermorgen|gestern|vorgestern|heute (?:Abend|Nachmittag|Morgen)|(?:nächst|kommend|letzt|vergangen|dies)e[rnms]? (?:Woche|Wochenende|{day})|vor (?:zwei|drei|vier|einigen) Tagen|in (?:zwei|drei|vier|einigen) Tagen",
    "it": r"domani|dopodomani|ieri|l['’]altro ieri|stasera|questa settimana|questo fine settimana|(?:prossima|scorsa) settimana|settimana (?:prossima|scorsa)|(?:{day}) (?:prossimo|scorso)|fra (?:due|tre|quattro|pochi) giorni|(?:due|tre|quattro|pochi) giorni fa",
    "ar": r"غد[اً]{1,2}|بعد غد|(?:ب?ال)?أمس|هذا الأسبوع|الأسبوع (?:القادم|المقبل|الماضي)",
}
MONTHS = {
    "en": r"(?<!the )(?:next|last) month(?!['’]s (?:letter|newsletter|issue))",
    "es": r"(?<!carta del )(?<!boletín del )(?<!número del )(?:próximo mes|mes (?:pasado|próximo|que viene|entrante))",
    "fr": r"mois (?:prochain|dernier|passé)",
    "pt": r"próximo mês|mês (?:passado|que vem)",
    "de": r"(?:nächst|kommend|letzt|vergangen)e[nms] Monat",
    "it": r"(?:prossimo|scorso) mese|mese (?:prossimo|scorso)",
    "ar": r"الشهر (?:القادم|المقبل|الماضي)",
}
_DATED = r"(?!(?:['’]s)?[\s,(]*(?:the |el |le |den |il |día )?\d)"  # “next Friday, 11 July” says the day


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for days and weeks, a note for months; what stands between quotation marks is somebody's own words."""
    return [
        Problem(edition.place(one.path, found.start()), severity, NAME, f"“{found[0]}” {why}", hint)
        for edition in dossier.editions
        for one in prose(edition)
        for table, severity, why, hint in (
            (
                DAYS,
                Severity.WARNING,
                "means another day to whoever opens the letter later.",
                "Name the day or the date.",
            ),
            (MONTHS, Severity.NOTE, "means another month to whoever reads the letter later.", "Name the month."),
        )
        for found in _pattern(table.get(edition.language[:2], ""), edition.language).finditer(one.own)
    ]


@lru_cache(maxsize=32)
def _pattern(said: str, language: str) -> re.Pattern[str]:
    days = "|".join(locale(language).days["format"]["wide"].values())
    return re.compile(rf"(?<!\w)(?:{said.replace('{day}', days)})(?!\w){_DATED}" if said else "(?!)", re.IGNORECASE)
