"""A line of a page -> whether it is one of those that stand around an article: shares, bylines, cookies, rights."""

from __future__ import annotations

import re

_SHORT = 16  # words; longer ones are left to the patterns that know them by more than their first word

_AROUND = re.compile(
    r"""^\W*(?:
    (?:share|compartir|partager|teilen)\b(?:\s+(?:this|on|via|with|the|in|en|por|esta?|artículo|article|story|page|options|full)\b.*|\s*[:|·]?\s*(?:facebook|twitter|x|whatsapp|email|linkedin|telegram).*)?
    |(?:tweet|retweet|copy\ (?:the\ )?link|copiar\ enlace|print|imprimir|e-?mail|save|guardar|bookmark)(?:\s+(?:this|it|article|page|story|artículo|esta|página).*)?
    |(?:follow|like|find)\ (?:us|him|her|them|me)\b.*|s[íi]guenos\b.*|sigue\ a\b.*|like\ this\?.*|me\ gusta.*|loading\.*|cargando\.*
    |(?:subscribe|sign\ up|register|log\ ?in|join\ (?:us|our)|suscr[íi]bete|reg[íi]strate|inicia\ sesi[óo]n|únete\ a)\b.*
    |(?:listen\ to|watch)\ (?:this|the)\ (?:article|story|video)\b.*|escuchar?\ (?:este|el)\ art[íi]culo.*
    |adverti[sz]ement\b.*|publicidad|anuncio|sponsored\b.*|promoted\b.*
    |(?!.*\.\W*$)(?:read\ (?:more|next|also)|see\ also|also\ read|more\ on\ this|related(?:\ (?:articles|stories|topics|news))?|recommended|most\ read|you\ (?:may|might)\ also\ like|lea?\ (?:también|más)|leer\ (?:también|más)|ver\ (?:también|más)|te\ puede\ interesar|más\ información|relacionad[oa]s|lo\ más\ leído)(?:\s*[:：].*|\s+.{0,80})?
    |(?!.*\.\W*$)(?:by|por|von|par)\s+(?-i:[^\W\d_a-zà-ÿ])[^.!?]{0,90}|(?:by|por)\s+(?:staff|redacci[óo]n|agenc(?:y|ies|ias?))\b.*
    |(?:(?:first|last)\ )?(?:published|updated|posted|modified)\b(?:\s+(?:on|at|by|in))?.{0,70}|(?:publicado|actualizado|última\ actualización)\b.{0,70}
    |(?:tags?|topics?|categor(?:y|ies)|filed\ under|etiquetas|temas|categor[íi]as?)\s*[:：].*
    |\d*\s*(?:comments?|comentarios?|replies|shares)|leave\ a\ (?:comment|reply).*|deja\ un\ comentario.*
    |key\ events?|live|breaking(?:\ news)?|en\ vivo|última\ hora|back\ to\ top|skip\ to\ .*|home|menu|menú|search|buscar|more|next|previous
    |(?:photo(?:graph)?|image|picture|foto(?:graf[íi]a)?|imagen)\s*(?:credit|by|:|de\b).{0,90}
    |press\ release|news\ release|media\ (?:release|advisory)|for\ immediate\ release|nota\ de\ prensa|comunicado\ de\ prensa|embargo(?:ed)?\b.*
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_AGO = re.compile(
    r"\b(?:\d+|an?|one|two|three)\s*(?:s|m|h|d|secs?|mins?|minutes?|hours?|hrs?|days?|weeks?|months?)\s+ago\b"
    r"|\bhace\s+(?:\d+|un|una|dos|tres)\s+(?:segundos?|minutos?|min|horas?|d[íi]as?|semanas?|meses|mes)\b|\bjust now\b",
    re.IGNORECASE,
)
_READING = re.compile(
    r"\b\d+\s*-?\s*min(?:ute|uto)?s?\.?\s+(?:read|de\s+lectura)\b|\b(?:tiempo\s+de\s+)?lectura\s*:?\s*\d+\s*min\w*\b"
    r"|\b(?:reading|read)\s+time\s*:?\s*\d+\s*min\w*\b",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"^\W*(?:©|\(c\)|copyright\b|all rights reserved|todos los derechos reservados|derechos reservados|tous droits)"
    r"|\b(?:all rights reserved|todos los derechos reservados)\b|©\s*(?:\d{4}|\w)",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"(?:\bcookies?\b.{0,200}\b(?:accept|consent|use|uses|using|agree|experience|partners|aceptar?|usamos|utiliza|utilizamos|consentimiento|experiencia|store)\b)"
    r"|(?:\b(?:accept|consent|use|uses|using|agree|aceptar?|usamos|utiliza|utilizamos|store)\b.{0,200}\bcookies?\b)"
    r"|\bwe value your privacy\b|\bvaloramos tu privacidad\b|\bpersonali[sz]ed (?:ads|advertising)\b"
    r"|\b(?:process|procesar|tratar)\b.{0,60}\b(?:personal data|datos personales)\b"
    r"|\blegitimate interest\b.{0,80}\bclick|\b(?:accept|reject|manage)\b.{0,30}\b(?:all|choices|preferences|options)\b.{0,40}$"
    r"|\b(?:subscribe|sign in|log in|register|suscr[íi]bete|inicia sesi[óo]n|reg[íi]strate)\b.{0,60}\b(?:continue|keep|read(?:ing)?|seguir|leyendo|full)\b"
    r"|\bthis (?:content|article) is (?:only )?(?:for|available to) (?:subscribers|members)\b"
    r"|\benable javascript\b|\bjavascript (?:is )?(?:disabled|required)\b|\bactiva(?:r)? javascript\b"
    r"|\bchecking your browser\b|\bverify (?:that )?you are (?:a )?human\b",
    re.IGNORECASE | re.DOTALL,
)
_ABOUT_AUTHOR = re.compile(
    r"\b(?:follow (?:him|her|them)|s[íi]guelo|s[íi]guela) (?:on|en) |\bis (?:an? |the )?[^.]{0,60}\b(?:correspondent|reporter|columnist|staff writer)\b[^.]{0,60}\.?\s*(?:@|follow|$)",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b\d{1,2}[.:h]\d{2}\b|\b(?:[ap]\.?m\.?|gmt|utc|bst|cest?|e[sd]t|p[sd]t|hrs?|mon|tue|wed|thu|fri|sat|sun|lun|mar|mi[ée]|jue|vie|s[áa]b|dom)\b",
    re.IGNORECASE,
)
LINE_MOST = 400  # characters: a paragraph that only mentions cookies or rights is longer, or says more


def is_consent(line: str) -> bool:
    """Whether a line asks for consent, for money, or for another browser instead of telling something."""
    return len(line) <= LINE_MOST and bool(_CONSENT.search(line))


def is_chaff(line: str) -> bool:
    """Whether a line belongs to the page and not to the article."""
    if len(line) > LINE_MOST:
        return False
    short = len(line.split()) <= _SHORT
    if short and (_AROUND.match(line) or _ABOUT_AUTHOR.search(line) or not re.search(r"[^\W\d_]{2}", line)):
        return True
    if short and (_AGO.search(line) or _READING.search(line)) and not _is_sentence(line):
        return True
    return bool(_RIGHTS.search(line) or _ABOUT_AUTHOR.search(line)) or is_consent(line)


def without_times(line: str) -> str:
    """A line without what says when it was put up and how long it takes to read, to see what else it holds."""
    for pattern in (_AGO, _READING, _CLOCK):
        line = pattern.sub(" ", line)
    return line


def _is_sentence(line: str) -> bool:
    return (
        line.rstrip("”\"'» ").endswith((".", "!", "?")) and line[:1].isupper() and not line.lower().startswith("posted")
    )
