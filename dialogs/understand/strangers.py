"""Suppliers and contract numbers that are spoken of and that no contract of ours has: then none may be chosen silently."""

import re
from functools import cache
from typing import Final

from dialogs.understand.contract_index import ContractIndex
from dialogs.understand.normalise import Sentence, Token
from dialogs.understand.places import looks_like_place
from dialogs.understand.spelling import everyday_words
from dialogs.understand.vocabulary import vocabulary
from domain.people import Language

_COMPANY: Final = frozenset({"ab", "hb", "kb", "aktiebolag", "handelsbolag", "ltd", "inc", "oy", "gmbh", "aps"})
_NUMBER: Final = re.compile(
    r"(?:avtal|avtalet|avtalen|avtalsnr|kontrakt|kontraktet|contract)\.?:? (?:nr\.? ?)?(\d{4}-\d{2,6})(?![\w-])"
)


def names_a_stranger(sentence: Sentence, index: ContractIndex) -> bool:
    """Whether it names a supplier or a contract number that stands in no contract."""
    numbers = (match.group(1) for match in _NUMBER.finditer(sentence.lower))
    if any(number not in index.numbers for number in numbers):
        return True
    if sentence.text.isupper():
        return False  # where everything is in capitals nothing is a name
    return any(_is_stranger(sentence, at, index) for at in range(len(sentence.tokens)))


def _is_stranger(sentence: Sentence, at: int, index: ContractIndex) -> bool:
    token = sentence.tokens[at]
    if not token.is_capitalised or not token.word.isalpha() or _is_ours(token, index, sentence.language):
        return False
    words = vocabulary(sentence.language)
    after = sentence.tokens[at + 1].word if at + 1 < len(sentence.tokens) else ""
    before = " ".join(one.word for one in sentence.tokens[max(0, at - 2) : at])
    if after in _COMPANY or token.word.endswith(words.phrases["names.company_endings"]):
        return True
    introduced = any(
        before.endswith(f" {phrase}") or before == phrase for phrase in words.phrases["names.before_supplier"]
    )
    return introduced and not looks_like_place(token, words)


def _is_ours(token: Token, index: ContractIndex, language: Language) -> bool:
    """A supplier of ours, a word of our titles, or an ordinary word."""
    forms = {token.word, token.word.removesuffix("s")}
    known = index.supplier_parts.keys() | index.suppliers.keys()
    return not forms.isdisjoint(known) or token.stem in index.titles or not forms.isdisjoint(_ordinary(language))


@cache
def _ordinary(language: Language) -> frozenset[str]:
    return everyday_words(language)
