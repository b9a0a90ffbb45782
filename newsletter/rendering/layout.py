"""Templates and what they see -> MJML and text: a sandboxed Jinja2 whose every value is a mark or a plain text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable, Mapping
from contextvars import ContextVar
from functools import lru_cache, partial
from html import escape
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any, TypeVar, cast
from unicodedata import normalize

from jinja2 import BaseLoader, BytecodeCache, Environment, StrictUndefined, TemplateSyntaxError, Undefined, pass_context
from jinja2.bccache import Bucket
from jinja2.exceptions import TemplateError, TemplateNotFound
from jinja2.loaders import split_template_path
from jinja2.runtime import Context as TemplateContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from newsletter.errors import NewsletterError, ToMend
from newsletter.languages import as_html, isolated
from newsletter.nouns.draft import PartialDate
from newsletter.nouns.letter import Context, Slot
from newsletter.nouns.problem import Place, Severity
from newsletter.rendering.held import dates_held, end_held
from newsletter.rendering.mailto import mailto
from newsletter.rendering.markdown import to_html, to_plain
from newsletter.rendering.pages import Address, note
from newsletter.rendering.slots import Marks, first_name
from newsletter.rendering.text import link, padded, underline, wide, wrap
from newsletter.rendering.view import Prose, Values, written
from newsletter.words import NO_BREAK, Words
from newsletter.workspace import MissingTemplate, Workspace, shipped, stamp

Write = Callable[[object], str]
"""Writes a value into a template."""

_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)\S*$|[^\s@]+@[^\s@]+$")
"""What is read from the left everywhere and, unlike a text of an author's, has not been kept apart before."""

_SLIPS = (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError)


class TemplateMistake(ToMend):
    """A template cannot be used as it is written."""

    def __init__(self, file: str, line: int, reason: str, column: int = 1) -> None:
        super().__init__(f"{file}:{line}: {reason}", "Mend the template, or take your copy away to get ours back.")
        self.place = Place(file, line, column)
        self.reason = reason


class Templates:
    """The templates of a workspace, for MJML or for plain text; ``tools`` are what templates may call."""

    def __init__(self, workspace: Workspace, write: Write, tools: Mapping[str, Any], *, markup: bool) -> None:
        self._workspace = workspace
        self._jinja = environment(workspace, markup=markup)
        self._tools = tools
        self.write = write
        self.unchanged: set[str] = set()  # templates of which that was seen while these fill

    def fill(self, name: str, values: Mapping[str, object]) -> str:
        """A template with these values. Raises TemplateMistake, MissingTemplate."""
        before = _FILLING.set(self)
        try:
            return self._jinja.get_template(name).render(self._tools, **values)
        except NewsletterError:
            raise
        except TemplateSyntaxError as error:
            raise TemplateMistake(self._named(error.filename), error.lineno, error.message or "a slip") from None
        except TemplateNotFound as error:
            raise MissingTemplate(f"templates/{error.message}") from None
        except RecursionError:
            raise TemplateMistake(f"templates/{name}", 1, "it includes itself without end.") from None
        except _SLIPS as error:
            file, line = self._place(error.__traceback__)
            raise TemplateMistake(file or f"templates/{name}", line, self._reason(str(error))) from None
        finally:
            _FILLING.reset(before)

    def _reason(self, said: str) -> str:
        """What Jinja says; of a word of ours that is not known in an imported file, also the way on."""
        ours = said.removeprefix("'").removesuffix("' is undefined") in self._tools
        return f"{said}: let the import end in  with context" if ours else said

    def _place(self, trace: TracebackType | None) -> tuple[str, int]:
        found = "", 1
        ours = tuple(map(str, self._workspace.template_folders))
        while trace:
            file = trace.tb_frame.f_code.co_filename
            if file.startswith(ours):
                found = self._named(file), trace.tb_lineno
            trace = trace.tb_next
        return found

    def _named(self, file: str | None) -> str:
        return self._workspace.relative(Path(file)) if file else "templates"


def mjml_templates(workspace: Workspace, words: Words, marks: Marks) -> Templates:
    """Templates that write marks: what an author wrote never meets the MJML parser."""

    def write(value: object) -> Markup:
        if isinstance(value, Markup):
            return value
        if isinstance(value, Prose):
            name = partial(_name_mark, marks, words, Context.HTML_TEXT)
            return Markup(marks.put(to_html(value.text, words, level=value.level, name=name)))  # noqa: S704 - a mark
        text = escape(normalize("NFC", dates_held(_plain(value, words), words.calendar)))
        apart = isolated(text, words.direction) if _ADDRESS.match(text) else text
        in_tag = escape(value.marked(marks.key)) if isinstance(value, Address) else text
        return Markup(marks.put(as_html(apart), in_tag))  # noqa: S704 - a mark

    def say(phrase: str, /, **values: object) -> Markup:
        return _filled(phrase, _escaped(_phrase(words, phrase)), write, values)

    def strong(value: object) -> Markup:
        return Markup("<strong>{}</strong>").format(write(value))

    tools = {"say": say, "strong": strong, "literal": Markup, "mailto": _mailto(words), **_calendar(words)}
    return Templates(workspace, write, tools, markup=True)


def text_templates(workspace: Workspace, words: Words, marks: Marks) -> Templates:
    """Templates of the plain-text part."""

    def write(value: object) -> str:
        if isinstance(value, Prose):
            name = partial(_name_mark, marks, words, Context.PLAIN_TEXT)
            return to_plain(value.text, words, level=value.level, name=name)
        return _plain(value, words)

    def say(phrase: str, /, **values: object) -> str:
        return _filled(phrase, _phrase(words, phrase), write, values)

    def link_to(said: str, address: str) -> str:
        abroad = address.language if isinstance(address, Address) else ""
        return link(f"{said} {note(words, abroad)}" if abroad else said, address, words.direction)

    tools = {
        "say": say,
        "strong": write,
        "date": write,
        "last_day": words.last_day,
        "link": link_to,
        "mailto": _mailto(words),
        **_calendar(words),
    }
    return Templates(workspace, write, tools, markup=False)


Said = TypeVar("Said", bound=str)


def _phrase(words: Words, name: str) -> str:
    if name not in words:
        raise ValueError(f"there are no words {name!r} in templates/words/{words.language}.yaml.")
    return words.phrases[name]


@lru_cache(maxsize=512)
def _escaped(phrase: str) -> Markup:
    return Markup(escape(phrase))  # noqa: S704 - escaped


def _filled(name: str, phrase: Said, write: Write, values: Mapping[str, object]) -> Said:
    if not values and "{" not in phrase and "}" not in phrase:
        return phrase
    try:
        return cast("Said", phrase.format(**{gap: write(value) for gap, value in values.items()}))
    except (LookupError, ValueError):
        raise ValueError(f"the words {name!r} may only have the gaps {sorted(values)}.") from None


def _calendar(words: Words) -> dict[str, Callable[..., str]]:
    def month_of(day: dt.date) -> str:
        said = words.date(PartialDate(day.year, day.month))
        # It stands on a line of its own, in the narrow column of an event's day.
        return said[:1].upper() + said[1:].replace(NO_BREAK, " ")

    return {"weekday": words.weekday, "month_of": month_of, "clock": words.clock}


def _mailto(words: Words) -> Callable[[list[str], str, list[str], Prose], str]:
    def filled_in(to: list[str], subject: str, greetings: list[str], letter: Prose) -> str:
        return mailto(words, to, subject, greetings, letter.text)

    return filled_in


def _name_mark(marks: Marks, words: Words, context: Context, fallback: str | None) -> str:
    return marks.put(first_name(context, fallback, words.say("friend")))


def _plain(value: object, words: Words) -> str:
    if isinstance(value, Slot):
        raise TypeError("a slot stands where it cannot be filled.")
    plain = written(value, words)
    if plain is None:
        raise TypeError(f"a value of the kind {type(value).__name__} cannot be written down as it is.")
    return plain


def _held(value: object) -> object:
    return end_held(value) if isinstance(value, str) else value


def _wrapped(text: str, first: str = "", rest: str = "") -> str:
    return wrap(text, first=first, rest=rest)


_FILLING: ContextVar[Templates] = ContextVar("filling")
"""The templates being filled: the environment that runs them outlives a rendering."""


@pass_context  # so that nothing is written when a template is compiled
def _finalize(_: TemplateContext, value: object) -> str:
    return str(value) if isinstance(value, Undefined) else _FILLING.get().write(value)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Remembers what it found safe: that depends on the kind of a thing and the attribute's name alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def getattr(self, obj: object, attribute: str) -> object:
        """What a template reads; of our own values every field may be read, which needs no search for what is unsafe."""
        if type(obj) is Values and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may read it."""
        key = type(obj), attr
        if key not in self._safe:
            self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return self._safe[key]


@lru_cache(maxsize=8)
def environment(workspace: Workspace, *, markup: bool) -> Environment:
    """Jinja2 for a workspace, kept with its templates; it looks whether one was saved at each use."""
    jinja = _Sandbox(
        loader=_Loader(workspace),
        undefined=StrictUndefined,
        autoescape=markup,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        bytecode_cache=_COMPILED[markup],
    )
    jinja.globals.pop("lipsum")  # the same letter comes out the same twice
    jinja.filters.pop("random")
    jinja.filters.pop("safe")  # an author's words would become tags
    jinja.filters.update(underlined=underline, wrapped=_wrapped, held=_held, wide=wide, padded=padded)
    return jinja


class _Loader(BaseLoader):
    """Finds a template in the workspace, else among the shipped ones; MJML is checked before it is used."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Read a template. Raises MissingTemplate, TemplateMistake; a name never leads out of the folder."""
        del environment
        name = "/".join(split_template_path(template))
        places = [str(folder / name) for folder in self._workspace.template_folders]
        before = [stamp(place) for place in places]
        path = self._workspace.template(name)
        file = self._workspace.relative(path)
        try:
            source = path.read_text("utf-8-sig")
        except UnicodeDecodeError:
            raise TemplateMistake(file, 1, "it is not written in UTF-8.") from None
        if path.suffix == ".mjml" and not path.is_relative_to(shipped() / "templates"):
            _refuse_slips(source, name, file)
        return source, str(path), lambda: _unchanged(name, places, before)


def _unchanged(name: str, places: list[str], before: list[Hashable]) -> bool:
    """Whether a template is what it was; looked for once in a rendering, which uses each a dozen times."""
    filling = _FILLING.get()
    if name not in filling.unchanged and before == [stamp(place) for place in places]:
        filling.unchanged.add(name)
    return name in filling.unchanged


def _refuse_slips(source: str, name: str, file: str) -> None:
    """Raise TemplateMistake for the first slip of a coordinator's own MJML; the suite has looked at ours."""
    from newsletter.rendering.lint.mjml import lands, lint

    for found in lint(source, lands(name)):
        if found.severity is Severity.ERROR:
            raise TemplateMistake(file, found.line, found.message, found.column)


class _Compiled(BytecodeCache):
    """Compiled templates of this process; a changed source is compiled anew."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Look it up."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, in place of what the same template was before."""
        for key in list(self._kept):  # a copy: other threads compile too
            if key[0] == bucket.key:
                self._kept.pop(key, None)
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


_COMPILED = {True: _Compiled(), False: _Compiled()}
