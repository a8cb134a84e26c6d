"""What somebody wants: report, ask, put off, take back … a closed list, and *unclear* rather than a guess."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from dialogs.understand.normalise import Sentence, guess_language, read_words
from dialogs.understand.patterns import GUESS
from dialogs.understand.slots import CASE_PREFIX, read_number, read_slots
from dialogs.understand.spelling import mended
from dialogs.understand.vocabulary import Vocabulary, vocabulary
from dialogs.understand.wishes import Intent, IntentKind, IntentSlots, Query
from domain.people import Language

__all__ = [
    "GUESSED",
    "HEARD",
    "Intent",
    "IntentKind",
    "IntentSlots",
    "Query",
    "best_type",
    "guess_types",
    "language_of",
    "rank_types",
    "read_intent",
]

HEARD: Final = 3.0
"""What weighs less is not heard at all."""
GUESSED: Final = GUESS
"""From here up it is a guess, good where somebody plainly complains and nothing is heard."""
_STRONG: Final = 5.0
_CLEARLY: Final = 2.0
_SAID_IN_PASSING: Final = frozenset(
    {IntentKind.LOG_DIALOGUE, IntentKind.MARK_CLAIMED_FIXED, IntentKind.SUBMIT_PULSE, IntentKind.HELP_COMPLAINT},
)
"""*Vi har ringt dem* in a report is part of the report, unless it is plainly what is meant."""
_SEAM: Final = re.compile(r"\s+(?:och|men|samt|and|but)\s+|[.;!]\s+|,\s+(?!\d)")
_ASKS: Final = re.compile(
    r"^(?:visa|lista|vilka|vilken|vilket|hur (?:många|stor|stort|mycket|ligger)|vad (?:löper|går|är|hände|lärde|har)|finns|"
    r"har vi|show|list|which|how (?:many|much|large)|what (?:is|expires|runs|are)|are there|exportera|export)(?!\w)",
)


def read_intent(text: str, *, today: date, language_hint: Language = Language.SV) -> Intent:
    """What the text is for. Read in the language it is written in; the hint decides where that cannot be told.

    Where nothing is understood the other language is tried, and then the text with its spelling mended.
    """
    first = _best(text, language_of(text, language_hint), today)
    if first.kind is not IntentKind.UNCLEAR or first.slots.is_ambiguous:
        return first
    other = Language.EN if first.language is Language.SV else Language.SV
    is_swedish = first.language is Language.SV and any(sign in text.lower() for sign in "åäö")
    attempts = ((text, other), (mended(read_words(text, first.language)), first.language))
    for written, language in attempts[1 if is_swedish else 0 :]:
        second = _best(written, language, today)
        if second.kind is not IntentKind.UNCLEAR:
            return second
    return first


def language_of(text: str, hint: Language) -> Language:
    """Swedish or English, by the small words."""
    marks = ((language, vocabulary(language).marks) for language in Language)
    return guess_language(text, marks, hint)


def best_type(sentence: Sentence) -> tuple[str | None, float]:
    """The type of deviation heard most, and how strongly."""
    ranked = rank_types(sentence)
    return ranked[0] if ranked else (None, 0.0)


def rank_types(sentence: Sentence) -> list[tuple[str, float]]:
    """Every type of deviation heard, the strongest first."""
    return [(code, weight) for code, weight in _ranked(sentence) if weight >= HEARD]


def guess_types(sentence: Sentence) -> list[tuple[str, float]]:
    """Types that may be meant where none is heard, the likeliest first."""
    return list(_ranked(sentence))


@lru_cache(maxsize=256)
def _ranked(sentence: Sentence) -> tuple[tuple[str, float], ...]:
    weights = _weighed(sentence)
    if max(weights.values(), default=0.0) < HEARD:
        # What speaks against a fault in one clause may say nothing of the fault in another.
        for clause in _clauses(sentence):
            weights = {code: max(weight, weights.get(code, 0.0)) for code, weight in _weighed(clause).items()}
    heard = [(code, weight) for code, weight in weights.items() if weight >= GUESSED]
    return tuple(sorted(heard, key=lambda item: -item[1]))


def _weighed(sentence: Sentence) -> dict[str, float]:
    return vocabulary(sentence.language).types.weigh(sentence)


def _clauses(sentence: Sentence) -> Iterator[Sentence]:
    """The parts of a sentence that can each tell of something; none where it is all one."""
    start = 0
    for seam in _SEAM.finditer(sentence.text):
        yield sentence.part(start, seam.start())
        start = seam.end()
    if start:
        yield sentence.part(start, len(sentence.text))


def _best(text: str, language: Language, today: date) -> Intent:
    words = vocabulary(language)
    sentence = read_words(text, language)
    _, reported = best_type(sentence)
    if _is_ironic(sentence, words, reported):
        return Intent(kind=IntentKind.UNCLEAR, slots=IntentSlots(is_ambiguous=True), language=language)
    intents = {IntentKind(name): weight for name, weight in words.intents.weigh(sentence).items()}
    queries = {Query(name): weight for name, weight in words.queries.weigh(sentence).items()}
    kind, score, query = _decide(sentence, intents, queries, reported)
    slots = read_slots(kind, query, sentence, words, today)
    return Intent(kind=kind, slots=slots, language=language, score=score)


def _decide(
    sentence: Sentence,
    intents: dict[IntentKind, float],
    queries: dict[Query, float],
    reported: float,
) -> tuple[IntentKind, float, Query | None]:
    query, asked = _most_asked(queries)
    wanted, wish = max(intents.items(), key=lambda item: item[1])
    if asked < HEARD and _is_only_number(sentence):
        is_case = (read_number(sentence) or "").upper().startswith(CASE_PREFIX)
        query, asked = Query.DEVIATIONS if is_case else Query.CONTRACT, _STRONG
    if any(sentence.lower.startswith(words) for words in vocabulary(sentence.language).phrases["mood.what_if"]):
        return IntentKind.HELP_COMPLAINT, max(reported, _STRONG), None
    is_question = bool(_ASKS.match(sentence.lower)) and asked >= HEARD
    if is_question and wish < asked + HEARD:
        return IntentKind.QUERY, asked, query
    if max(asked, wish, reported) < HEARD:
        return IntentKind.UNCLEAR, 0.0, None
    in_passing = _CLEARLY if wanted in _SAID_IN_PASSING and reported >= _STRONG else 0.0
    if wish >= HEARD and wish >= reported + in_passing and wish >= asked:
        return wanted, wish, None
    is_clear = query is not Query.OTHER or reported < HEARD or asked >= reported + _CLEARLY
    if asked >= HEARD and asked > reported and is_clear:
        return IntentKind.QUERY, asked, query
    return IntentKind.REPORT_DEVIATION, reported, None


def _most_asked(queries: dict[Query, float]) -> tuple[Query, float]:
    """The question heard most; *other* only where no question we know by name is heard."""
    known = {query: weight for query, weight in queries.items() if query is not Query.OTHER}
    query, weight = max(known.items(), key=lambda item: item[1])
    other = queries.get(Query.OTHER, 0.0)
    return (query, max(weight, other)) if weight >= HEARD else (Query.OTHER, other)


def _is_only_number(sentence: Sentence) -> bool:
    found = read_number(sentence) or ""
    return bool(found) and len(sentence.text) - len(found) <= len("avtal nr ?")


def _is_ironic(sentence: Sentence, words: Vocabulary, reported: float) -> bool:
    """Praise with a sting: asked about, never taken for praise. A plain report with a weary face is a report."""
    if reported >= _STRONG:
        return False
    glad = {word for language in Language for word in vocabulary(language).phrases["mood.positive"]}
    praises = any(token.word in glad for token in sentence.tokens)
    stings = any(sign in sentence.text for sign in words.phrases["mood.sarcastic_signs"])
    plain = re.sub(r"[^\w ]+", " ", sentence.lower).split()
    ended = any(plain[-len(end.split()) :] == end.split() for end in words.phrases["mood.sarcasm"])
    line = " ".join(plain)
    said = any(f" {phrase} " in f" {line} " for phrase in words.phrases["mood.sarcasm_anywhere"])
    return (praises and (stings or ended)) or said or (stings and reported < HEARD)
