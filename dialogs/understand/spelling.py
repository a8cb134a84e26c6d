"""Misspelt everyday words set right, only where nothing was understood as it stood."""

import re
from functools import cache
from typing import Final

from rapidfuzz import fuzz, process

from dialogs.understand.normalise import Sentence
from dialogs.understand.vocabulary import vocabulary
from domain.people import Language

_ALIKE: Final = 88.0
"""Likeness in per cent from which a word is taken for a misspelling of another."""
_SHORTEST: Final = 6
"""Shorter words are too like each other."""
_MOST_SIGNS_OFF: Final = 1
"""A finger slips once; a longer word is another word."""


@cache
def everyday_words(language: Language) -> frozenset[str]:
    """Words of the vocabularies as they are spelt: no misspelling of another."""
    words = vocabulary(language)
    known = set(words.stopwords) | set(words.marks) | set(words.months) | set(words.weekdays) | set(words.units)
    for table in (words.types, words.intents, words.queries):
        for patterns in table.rows.values():
            for pattern in patterns:
                known |= set(re.findall(r"[^\W\d_]{3,}", pattern.source))
    for phrases in (*words.phrases.values(), *words.subjects.values()):
        known |= {part for phrase in phrases for part in phrase.split()}
    return frozenset(known)


def mended(sentence: Sentence) -> str:
    """The text with unknown long words put as the everyday word they are most like."""
    known = everyday_words(sentence.language)
    text, end = [], 0
    for token in sentence.tokens:
        text.append(sentence.text[end : token.start])
        text.append(_mend(token.word, token.raw, known))
        end = token.end
    return "".join(text) + sentence.text[end:]


def _mend(word: str, raw: str, known: frozenset[str]) -> str:
    if len(word) < _SHORTEST or word in known or not word.isalpha():
        return raw
    best = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return best[0] if best and abs(len(best[0]) - len(word)) <= _MOST_SIGNS_OFF else raw
