"""The traffic light in words: its name always stands beside any colour, and what gave it is said."""

from collections.abc import Mapping
from typing import Final

from microsoft_teams.cards import CardElement

from cards.blocks import alarm, paragraph
from cards.texts import Texts
from domain.contract import ContractClass
from domain.light import Cause, ContractLight, Light

_MOST_CAUSES: Final = 3


def light_name(light: Light, texts: Texts) -> str:
    """`Röd`."""
    return texts(f"light.name.{light.value}")


def light_line(light: ContractLight, texts: Texts) -> str:
    """Light and causes in a sentence: `Röd: AVV-2027-0003 har passerat sin sista dag (12 mars 2027)`."""
    return texts("light.line", light=light_name(light.light, texts), causes=causes(light, texts))


def causes(light: ContractLight, texts: Texts) -> str:
    """What gave the light, at most three things; how many more there are is said."""
    said = [cause_words(cause, texts) for cause in light.causes[:_MOST_CAUSES]]
    left = len(light.causes) - len(said)
    return "; ".join([*said, *([texts.count("light.more", left)] if left else [])])


def cause_words(cause: Cause, texts: Texts) -> str:
    day = texts.day(cause.on) if cause.on else ""
    return texts(f"light.why.{cause.why.value}", number=cause.number or "", day=day)


def light_block(light: ContractLight, texts: Texts) -> CardElement:
    """The line as it stands on a card; only red is coloured, and the word says so too."""
    line = light_line(light, texts)
    return alarm(line) if light.light is Light.RED else paragraph(line, is_bold=True)


def counts_by_light(
    counts: Mapping[Light, Mapping[ContractClass | None, int]],
    texts: Texts,
) -> list[tuple[str, str]]:
    """`Röda` and `3 (2 i klass 1, 1 i klass 2)`, the worst first; lights there are none of are left out."""
    rows = []
    for light in Light:
        by_class = counts.get(light, {})
        total = sum(by_class.values())
        if total:
            line = texts("light.counts.line", count=total, classes=_by_class(by_class, texts))
            rows.append((texts(f"light.many.{light.value}"), line))
    return rows


def _by_class(by_class: Mapping[ContractClass | None, int], texts: Texts) -> str:
    numbered = [
        texts("light.counts.class", count=by_class[code], number=number)
        for number, code in enumerate(ContractClass, start=1)
        if by_class.get(code)
    ]
    without = by_class.get(None, 0)
    return ", ".join([*numbered, *([texts("light.counts.no_class", count=without)] if without else [])])
