"""What is said along with a wish: days, numbers, people, and what a question is about."""

import re
from datetime import date
from typing import Final

from dialogs.understand.calendar_words import DAY, Bias
from dialogs.understand.normalise import Sentence
from dialogs.understand.time_words import Moment
from dialogs.understand.times import read_moments
from dialogs.understand.vocabulary import Vocabulary, vocabulary
from dialogs.understand.wishes import IntentKind, IntentSlots, Query
from domain.contract import ContractClass

_NUMBER: Final = re.compile(
    r"(?<![\w/-])(?:[A-ZÅÄÖ]{1,5}[-/ ]?|avv-)?\d{2,4}[-/:]\d{1,6}(?![\w/-])|(?<![\w-])\d{3,}(?![\w-])"
)
CASE_PREFIX: Final = "AVV"
"""Begins the number of a deviation, where a contract's begins with a year."""
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOOKS_AHEAD: Final = frozenset({Query.EXPIRING, Query.NEEDS_DECISION, Query.TOMORROW})
_TELLING: Final = 5
"""Letters from which the beginning of a word tells what word it is."""


def read_slots(
    kind: IntentKind, query: Query | None, sentence: Sentence, words: Vocabulary, today: date
) -> IntentSlots:
    """What is said along with a wish of that kind."""
    match kind:
        case IntentKind.QUERY:
            return _asked(query or Query.OTHER, sentence, words, today)
        case IntentKind.SNOOZE:
            return IntentSlots(until=read_until(sentence, today=today))
        case IntentKind.SUBMIT_PULSE:
            return IntentSlots(grade=_grade(sentence, words))
        case IntentKind.LOG_DIALOGUE | IntentKind.MARK_CLAIMED_FIXED:
            return _talked(sentence, today)
        case IntentKind.REPORT_DEVIATION | IntentKind.UNDO | IntentKind.HELP | IntentKind.UNCLEAR:
            return IntentSlots()
        case _:
            person = _person(sentence) if kind is IntentKind.WRONG_PERSON else None
            return IntentSlots(person=person, contract_number=read_number(sentence))


def read_until(sentence: Sentence, *, today: date) -> date | None:
    """The day a reminder is put off to: *efter höstlovet* is the day after it, *vecka 5* its Monday."""
    moments = [moment for moment in read_moments(sentence, today=today, bias=Bias.FUTURE) if moment.span.end >= today]
    if not moments:
        return None
    moment = moments[0]
    after = vocabulary(sentence.language).phrases["time_words.after"]
    if _introduced(sentence, moment, after):
        return moment.span.end + DAY
    return moment.span.start if moment.span.start > today else moment.span.end


def _introduced(sentence: Sentence, moment: Moment, words: tuple[str, ...]) -> bool:
    before = sentence.lower[: moment.start].rstrip()
    return any(re.search(rf"(?<!\w){re.escape(word)}(?: den| the)?$", before) for word in words)


def _asked(query: Query, sentence: Sentence, words: Vocabulary, today: date) -> IntentSlots:
    bias = Bias.FUTURE if query in _LOOKS_AHEAD else Bias.PAST
    moments = read_moments(sentence, today=today, bias=bias)
    since, until = _period(sentence, moments, words, today, query)
    number = read_number(sentence)
    is_case = number is not None and number.upper().startswith(CASE_PREFIX)
    return IntentSlots(
        query=query,
        contract_number=number if number and not is_case else None,
        deviation_number=number.upper() if number and is_case else None,
        on_or_after=since,
        on_or_before=until,
        contract_class=_class(sentence, words),
        about=_about(query, sentence, words, moments),
    )


def _period(
    sentence: Sentence,
    moments: tuple[Moment, ...],
    words: Vocabulary,
    today: date,
    query: Query,
) -> tuple[date | None, date | None]:
    if not moments:
        return None, None
    first, last = moments[0], moments[-1]
    is_one_day = first.span.start == first.span.end
    since: date | None = first.span.start
    until: date | None = last.span.end
    if len(moments) == 1 and _introduced(sentence, first, words.phrases["time_words.before"]):
        since, until = None, first.span.start if is_one_day else first.span.start - DAY
    elif len(moments) == 1 and _introduced(sentence, first, words.phrases["time_words.after"]):
        since, until = first.span.end + DAY, None
    elif len(moments) == 1 and first.is_ongoing:
        until = None
    elif query is Query.EXPIRING and first.is_future and is_one_day:
        since = today  # *inom tre månader*: everything from now until then
    return since, until


def read_number(sentence: Sentence) -> str | None:
    """A contract number: the first thing that looks like one and is no date."""
    for match in _NUMBER.finditer(sentence.text):
        written = match.group().strip()
        if _ISO_DAY.search(sentence.text[max(0, match.start() - 5) : match.end() + 5]):
            continue
        is_named = re.search(
            r"(?:avtal\w*|contract|kontrakt\w*|nr|nummer|om|about)[.:]? ?$", sentence.lower[: match.start()]
        )
        if re.search(r"[-/]", written) or is_named or len(sentence.tokens) <= 1:
            return written
    return None


def _class(sentence: Sentence, words: Vocabulary) -> ContractClass | None:
    for word, code in words.classes.items():
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", sentence.lower):
            return ContractClass(code)
    return None


def _about(query: Query, sentence: Sentence, words: Vocabulary, moments: tuple[Moment, ...]) -> str | None:
    """What is left when the question's own words, times and numbers are taken away."""
    own = (pattern for pattern in words.queries.rows[query] if pattern.weight > 0)
    asking = {word for pattern in own for word in _plain(pattern.source)}
    kept = [
        token
        for token in sentence.tokens
        if token.word not in words.stopwords
        and not any(token.word == word or (len(word) >= _TELLING and token.word.startswith(word)) for word in asking)
        and token.word not in words.classes
        and not token.word[0].isdigit()
        and not any(moment.start <= token.start < moment.end for moment in moments)
    ]
    return " ".join(token.raw for token in kept) or None


def _plain(source: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", source))


def _grade(sentence: Sentence, words: Vocabulary) -> int:
    glad = set(words.phrases["mood.positive"]) - {"bra", "good", "tack", "thanks"}
    return 5 if any(token.word in glad for token in sentence.tokens) else 4


def _person(sentence: Sentence) -> str | None:
    """From the first name that is not the first word, to the end of the clause: *Samira på fastighet*."""
    for token in sentence.tokens[1:]:
        if token.is_capitalised and token.word not in {"jag", "i", "vi", "we"}:
            clause = re.split(
                r"[.,;!?]|\b(?:som|tar|från|ska|är|who|takes|from|is|will)\b", sentence.text[token.start :]
            )[0]
            return clause.strip()[:80] or None
    return None


def _talked(sentence: Sentence, today: date) -> IntentSlots:
    moments = read_moments(sentence, today=today, bias=Bias.NEAREST)
    past = [moment.span.start for moment in moments if moment.span.start <= today and not moment.is_future]
    ahead = [moment.span.end for moment in moments if moment.span.end > today and moment.span.start not in past]
    return IntentSlots(spoken_on=past[0] if past else None, promised_on=ahead[0] if ahead else None)
