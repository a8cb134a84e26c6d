"""Every sentence a person reads, by key and language, from `cards/locales`."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType

from domain.people import Language

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_MONTHS = MappingProxyType(
    {
        Language.SV: [
            "januari",
            "februari",
            "mars",
            "april",
            "maj",
            "juni",
            "juli",
            "augusti",
            "september",
            "oktober",
            "november",
            "december",
        ],
        Language.EN: [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    },
)
_WEEKDAYS = MappingProxyType(
    {
        Language.SV: ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"],
        Language.EN: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    },
)


def plain(text: str, *, most: int = 1000) -> str:
    """Text from a person or a register, safe to show: no Markdown, HTML, control or direction characters, cut at `most`."""
    clean = _CONTROL.sub("", text)
    if len(clean) > most:
        clean = clean[: most - 1] + "…"
    return re.sub(r"(?<!\w)([#>\-+]) |([*_`\[\]<>~\\|])", _escape, clean)


def unescaped(text: str) -> str:
    """What `plain` gave, as a person reads it: for the line of a notification, which knows no Markdown."""
    return re.sub(r"\\([#>\-+*_`\[\]<>~\\|])", r"\1", text)


def _escape(match: re.Match[str]) -> str:
    return "\\" + match.group(0)


@cache
def load(language: Language) -> Mapping[str, str]:
    """All sentences of one language as `subject.key` -> template."""
    sentences: dict[str, str] = {}
    folder = files("cards") / "locales" / language.value
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml"):
            subject = entry.name.removesuffix(".toml")
            for key, value in _flatten(tomllib.loads(entry.read_text(encoding="utf-8"))):
                sentences[f"{subject}.{key}"] = value
    return MappingProxyType(sentences)


def _flatten(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, Mapping):
            found += _flatten(value, f"{prefix}{key}.")
        else:
            found.append((f"{prefix}{key}", str(value)))
    return found


class Texts:
    """The sentences of one language: `texts("followup.due", title=..., day=...)`."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._sentences = load(language)

    def __call__(self, key: str, **values: object) -> str:
        """The sentence with its placeholders filled; an unknown key is a bug and raises KeyError."""
        template = self._sentences[key]
        return template.format(**values) if values else template

    def knows(self, key: str) -> bool:
        return key in self._sentences

    def count(self, key: str, number: int, **values: object) -> str:
        """The singular or plural sentence: `key.one` for exactly one, else `key.other`, with `{count}` filled."""
        return self(f"{key}.one" if number == 1 else f"{key}.other", count=number, **values)

    def day(self, day: date, *, today: date | None = None) -> str:
        """A day as people say it: `3 mars 2027`, and with `today` given `i dag`, `i morgon` or `tisdag 3 mars`."""
        if today is not None:
            if day == today:
                return self("common.today")
            if day == today + timedelta(days=1):
                return self("common.tomorrow")
            if abs((day - today).days) < 300:  # noqa: PLR2004 - within the year the year is noise
                return f"{_WEEKDAYS[self.language][day.weekday()]} {day.day} {_MONTHS[self.language][day.month - 1]}"
        return f"{day.day} {_MONTHS[self.language][day.month - 1]} {day.year}"

    def moment(self, local: datetime) -> str:
        """A local time as people say it: `3 mars 2027 08.00`."""
        separator = "." if self.language is Language.SV else ":"
        return f"{self.day(local.date())} {local:%H}{separator}{local:%M}"

    def money(self, sek: float) -> str:
        """Kronor with the language's thousands separator, öre left out when zero."""
        whole = f"{sek:,.0f}" if float(sek).is_integer() else f"{sek:,.2f}"
        if self.language is Language.SV:
            whole = whole.replace(",", "\u00a0").replace(".", ",")
        return f"{whole}\u00a0kr" if self.language is Language.SV else f"SEK {whole}"


def placeholders(template: str) -> frozenset[str]:
    """The names a sentence wants filled."""
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)
