"""Writes sentences in one language on one day, for a card or for plain text, from the same words."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time

from cards.texts import Texts, plain
from domain.contract import Contract, ContractClass
from domain.followup import Activity
from domain.people import Language

_TITLE_LENGTH = 160
"""A register's titles are cut here: longer ones are a description that landed in the wrong column."""
_HOUR_MINUTES = 60
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """The language, the day, and how words from people and registers are made harmless where they will be read."""

    texts: Texts
    today: date
    harmless: Callable[[str], str]

    def say(self, key: str, **values: object) -> str:
        return self.texts(key, **values)

    def quote(self, text: str, *, most: int = _TITLE_LENGTH) -> str:
        """Somebody else's words on one line, cut at `most` characters."""
        line = " ".join(text.split())
        return self.harmless(line if len(line) <= most else line[: most - 1] + "…")

    def people(self, names: str | Iterable[str]) -> str:
        """Names as one says them, `Anna Berg, Bo Ek och Cia Fors`; in a text they stand with commas between."""
        each = [self.quote(name) for name in (names.split(", ") if isinstance(names, str) else names)]
        if len(each) < 2:  # noqa: PLR2004 - nobody to join
            return "".join(each)
        return self.say("common.both", first=", ".join(each[:-1]), last=each[-1])

    def day(self, day: date) -> str:
        """`fredag 12 mars`, `i dag`, `i morgon`."""
        return self.texts.day(day, today=self.today)

    def full_day(self, day: date) -> str:
        """`12 mars 2027`: for dates that belong to a contract rather than to this week."""
        return self.texts.day(day)

    def clock(self, at: time) -> str:
        """`08.03`, in English `08:03`."""
        return clock(self.texts, at)

    def duration(self, minutes: int) -> str:
        """`25 minuter`, `1 timme`, `1,5 timmar`; from an hour and up in half hours."""
        if minutes < _HOUR_MINUTES:
            return self.texts.count("letters.minutes", minutes)
        halves = round(minutes * 2 / _HOUR_MINUTES)
        hours = f"{halves / 2:g}"
        if self.texts.language is Language.SV:
            hours = hours.replace(".", ",")
        return self.texts("letters.hours.one" if halves == 2 else "letters.hours.other", count=hours)  # noqa: PLR2004

    def activity(self, activity: Activity) -> str:
        """The name of a plan activity, such as `Kvartalsuppföljning`."""
        return self.texts(f"activity.{activity}")

    def class_name(self, contract_class: ContractClass | None) -> str:
        """`Klass 1 – Kritiskt avtal`, or `Oklassat avtal`."""
        return class_name(self.texts, contract_class)

    def brief(self, contract: Contract) -> str:
        """A contract in one line: number, suppliers, class."""
        parts = (self.quote(contract.contract_number), self.quote(contract.supplier_names, most=90))
        named = (*(part for part in parts if part), self.class_name(contract.contract_class))
        return " · ".join(named)


def class_name(texts: Texts, contract_class: ContractClass | None) -> str:
    """The display name of a class; a contract without one is called so."""
    return texts(f"class.{contract_class or 'none'}")


def label(text: str, *, most: int = 60) -> str:
    """Somebody's words for the face of a button, which knows no Markdown: one printable line."""
    line = _printable(" ".join(text.split()))
    return line if len(line) <= most else line[: most - 1] + "…"


def clock(texts: Texts, at: time) -> str:
    """`08.03`, in English `08:03`."""
    separator = "." if texts.language is Language.SV else ":"
    return f"{at:%H}{separator}{at:%M}"


def card_pen(language: Language, today: date) -> Pen:
    """For cards: Markdown and HTML in people's words are shown, not obeyed."""
    return Pen(texts=Texts(language), today=today, harmless=_as_text)


def text_pen(language: Language, today: date) -> Pen:
    """For plain text: only what steers a terminal or turns the reading direction is taken away."""
    return Pen(texts=Texts(language), today=today, harmless=_printable)


def _as_text(text: str) -> str:
    # A line that begins with "1." would become a numbered list.
    return _NUMBERED.sub(r"\1\\\2", plain(text))


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())
