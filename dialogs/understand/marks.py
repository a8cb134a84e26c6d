"""Dots and rings put back where somebody writes without them: *stadningen pa forskolan*."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

_FOLD: Final = str.maketrans("åäöé", "aaoe")
_WORDS: Final = re.compile(r"[^\W\d_]{2,}")
_SWEDISH: Final = ("intents.sv.toml", "types.sv.toml", "words.sv.toml")
_LONG: Final = 4
"""Letters from which the beginning of a word tells what word it is."""


def with_marks(lower: str) -> str:
    """The same Swedish text, sign for sign, with å, ä and ö; unchanged where the writer uses them at all."""
    if any(sign in lower for sign in "åäö"):
        return lower
    return _WORDS.sub(lambda match: _marked(match.group()), lower)


def _marked(word: str) -> str:
    whole, beginnings = _known()
    if word in whole:
        return whole[word]
    for length in range(len(word), _LONG - 1, -1):
        if word[:length] in beginnings:
            return beginnings[word[:length]] + word[length:]
    return word


@cache
def _known() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Words of the vocabulary by how they look without marks, whole and as beginnings; only where that is one word."""
    folder = files("dialogs.understand.vocabulary")
    written: dict[str, set[str]] = defaultdict(set)
    begun: dict[str, set[str]] = defaultdict(set)
    for name in _SWEDISH:
        lines = folder.joinpath(name).read_text(encoding="utf-8").splitlines()
        text = "\n".join(line for line in lines if not line.startswith(("[", "#")))  # codes are no words
        for match in _WORDS.finditer(text.lower()):
            word = match.group()
            written[word.translate(_FOLD)].add(word)
            if len(word) >= _LONG:
                begun[word.translate(_FOLD)].add(word)
    return _certain(written), _certain(begun)


def _certain(words: Mapping[str, set[str]]) -> dict[str, str]:
    return {plain: next(iter(known)) for plain, known in words.items() if len(known) == 1}
