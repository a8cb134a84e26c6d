"""Finds what must never be stored about a person: personal numbers, and health told of somebody (domain.md 10).

Looked for before anything is kept. Only places in the text are returned, never what stands there.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from domain.check_digit import has_check_digit
from domain.named_in_care import told_of_by_name


class PersonalKind(StrEnum):
    """What was found."""

    PERSONAL_NUMBER = "personal_number"
    HEALTH = "health"
    PERSON_IN_CARE = "person_in_care"
    """A patient, pupil or service user pointed out by name or room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalFinding:
    """Where in the text, so that it can be pointed at or blotted out."""

    kind: PersonalKind
    start: int
    end: int


_NUMBER: Final = re.compile(
    r"(?<![\d])(?P<century>(?:18|19|20)(?=\d{2}[-./ ]?\d{2}[-./ ]?\d{2}))?"
    r"(?P<year>\d{2})(?P<gap>[-./ ]?)(?P<month>\d{2})(?P=gap)(?P<day>\d{2})"
    r"(?P<mark> ?[-+\u2010-\u2015\u2212] ?| ?)(?P<last>\d{4})(?!\d)",
)
_PHONE_BEFORE: Final = re.compile(
    r"(?:tel|telefon|telefonnr|telefonnummer|tfn|mobil|mobilnr|mobilnummer|ring|ringa|ringde|nummer till|phone|mobile|call|"
    r"sms|sms:a|växel|växeln|\+46|0046)[.:]?\s*(?:på |till |oss på |dem på |at )?$",
    re.IGNORECASE,
)
_COORDINATION_DAY: Final = 60
"""Coordination numbers (samordningsnummer) have 60 added to the day."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-:][^\W\d_]+)*|\d+")

_IN_CARE: Final = frozenset(
    """
    patient patienten patients brukare brukaren brukarens vårdtagare vårdtagaren elev eleven elevens barnet barnets
    boende hyresgäst hyresgästen klient klienten klientens kund kunden resident pupil
    student child client pensionär pensionären omsorgstagare omsorgstagaren pojken flickan tant farbror dam damen
    """.split(),
)
"""Words for one person in our care. A name or a room after one of them points the person out."""
_PERSON: Final = _IN_CARE | frozenset(
    """
    patienter patienterna brukarna elever eleverna barn barnen boenden han hon honom henne hans hennes pojke flicka man
    mannen kvinna kvinnan person personen mamma mamman pappa pappan mormor morfar farmor farfar son sonen dotter dottern
    patients residents pupils children he she him her his boy girl woman mother father son daughter somebody someone
    """.split(),
)
_HEALTH: Final = frozenset(
    """
    diabetes diabetiker demens demensen demenssjuk demenssjuka dement dementa alzheimer alzheimers epilepsi epilepsin
    epileptiker epileptisk epileptiskt cancer cancern cancersjuk tumör adhd add autism autismen autistisk autist
    asperger aspergers schizofreni schizofren psykos psykosen psykotisk bipolär bipolärt depression depressionen
    deprimerad självmord självmordsförsök självmordsbenägen suicid suicidal självskadebeteende hiv hivpositiv hepatit
    stroke hjärtinfarkt hjärtinfarkten parkinson parkinsons missbruk missbrukare missbrukaren alkoholist alkoholiserad
    narkoman narkotikamissbruk gravid abort missfall anorexi bulimi ätstörning ätstörningar utvecklingsstörd
    utvecklingsstörning cp-skadad tourettes downs tuberkulos blodsmitta sjukskriven inkontinent diagnos diagnosen
    diagnoser diagnosis dementia diabetic epilepsy epileptic autistic schizophrenia depressed suicide pregnant
    miscarriage addict alcoholic incontinent
    """.split(),
)
"""Words that tell of one person's health when a person is spoken of. Compounds such as *demensboende* are places."""
_SAID_OF_FAULTS: Final = frozenset({"diagnos", "diagnosen", "diagnoser", "diagnosis", "depression", "depressionen"})
_NAMED_ILL: Final = re.compile(
    r"(?<!\w)[A-ZÅÄÖ][a-zåäöéü]++(?:[- ][A-ZÅÄÖ][a-zåäöéü]++){0,3}+(?:,| ?\(|,? som)? ?"
    r"(?:har|hade|är|var|fått|fick|lider av|has|had|is|was|suffers from)? ?(?:en |svår |a |severe )?"
    rf"(?<!\w)(?P<health>(?i:{'|'.join(sorted(_HEALTH - _SAID_OF_FAULTS))}))(?!\w)",
)
"""*Lisa har diabetes*, *Erik (autism)*: a name, and right after it an illness."""
_ALLOWED_BEFORE: Final = frozenset({"för", "om", "i", "mot", "inom", "kring", "for", "about", "in"})
"""*Utbildning i demens*, *boende för dementa*: the subject, not somebody's illness."""
_ROOMS: Final = frozenset({"rum", "lägenhet", "lgh", "room", "flat", "apartment", "sal"})
_NOT_NAMES: Final = frozenset(
    """
    i på till vid hos och som fick har är blev kom inte the at in on was is has did när då eller men för med utan av
    """.split(),
)


def personal_numbers(text: str) -> tuple[PersonalFinding, ...]:
    """Swedish personal and coordination numbers, ten or twelve digits, with or without hyphen or blank, inside other text.

    A valid date and check digit are needed, so organisation numbers, order numbers and most phone numbers are left
    alone. Ten digits in a row right after a word for telephone are a phone number.
    """
    found = (_checked(match, text) for match in _NUMBER.finditer(_plain_digits(text)))
    return tuple(finding for finding in found if finding)


def sensitive_words(text: str) -> tuple[PersonalFinding, ...]:
    """Health told of a person, and people in our care pointed out by name or room."""
    words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    speaks_of_person = any(word.lower() in _PERSON for word, _, _ in words)
    named = {match.start("health") for match in _NAMED_ILL.finditer(text)}
    found: list[PersonalFinding] = []
    for at, (word, start, end) in enumerate(words):
        lower = word.lower()
        before = words[at - 1][0].lower() if at else ""
        is_somebodys = speaks_of_person and before not in _ALLOWED_BEFORE
        if lower in _HEALTH and (is_somebodys or start in named):
            found.append(PersonalFinding(kind=PersonalKind.HEALTH, start=start, end=end))
        pointed_out_to = _points_out(words, at) if lower in _IN_CARE else None
        if pointed_out_to is not None:
            found.append(PersonalFinding(kind=PersonalKind.PERSON_IN_CARE, start=start, end=pointed_out_to))
    for start, end in told_of_by_name(text):
        if not any(start < one.end and one.start < end for one in found):
            found.append(PersonalFinding(kind=PersonalKind.PERSON_IN_CARE, start=start, end=end))
    return tuple(found)


def personal_findings(text: str) -> tuple[PersonalFinding, ...]:
    """Everything that must be written again without the person, in the order of the text."""
    found = (*personal_numbers(text), *sensitive_words(text))
    return tuple(sorted(found, key=lambda finding: finding.start))


def blotted(text: str) -> str:
    """The text with what was found blotted out, for reading what else it says; never for keeping."""
    return _without(personal_findings(text), text)


def without_personal_numbers(text: str) -> str:
    """The text with every personal number in it replaced by `…`: what is left may be kept."""
    return _without(personal_numbers(text), text)


def _without(findings: Sequence[PersonalFinding], text: str) -> str:
    for finding in reversed(findings):
        text = text[: finding.start] + "…" + text[finding.end :]
    return text


def _plain_digits(text: str) -> str:
    """The same text, sign for sign, with every script's digits as ours and every blank as a space."""
    return "".join(_plain_sign(sign) for sign in text)


def _plain_sign(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    return " " if sign.isspace() else sign


def _checked(match: re.Match[str], text: str) -> PersonalFinding | None:
    digits = match["year"] + match["month"] + match["day"] + match["last"]
    is_run_together = not match["century"] and not match["mark"] and not match["gap"]
    if is_run_together and _PHONE_BEFORE.search(text[max(0, match.start() - 30) : match.start()]):
        return None
    if match["gap"] and not match["century"]:
        return None  # 85-07-13-9809: nobody writes so, and phone numbers look like it
    if not _is_date(match) or not has_check_digit(digits):
        return None
    return PersonalFinding(kind=PersonalKind.PERSONAL_NUMBER, start=match.start(), end=match.end())


def _is_date(match: re.Match[str]) -> bool:
    day = int(match["day"])
    day -= _COORDINATION_DAY if day > _COORDINATION_DAY else 0
    centuries = [match["century"]] if match["century"] else ["19", "20"]
    return any(_exists(int(century + match["year"]), int(match["month"]), day) for century in centuries)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _points_out(words: list[tuple[str, int, int]], at: int) -> int | None:
    """Where a name or room that follows a word for somebody in care ends; None when none follows."""
    for ahead in (1, 2):
        if at + ahead >= len(words):
            return None
        word, start, end = words[at + ahead]
        if start - words[at + ahead - 1][2] > 1 and ahead == 1:
            return None
        if ahead == 1 and word[:1].isupper() and word.lower() not in _NOT_NAMES and not word.isupper():
            return end
        is_room = word.lower() in _ROOMS and at + ahead + 1 < len(words) and words[at + ahead + 1][0].isdigit()
        if is_room:
            return words[at + ahead + 1][2]
    return None
