"""Where: the place a report speaks of, by the small word before it and the look of the word itself."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from dialogs.understand.normalise import Sentence, Token
from dialogs.understand.vocabulary import Vocabulary
from domain.given_names import GIVEN_NAMES

_LONGEST = 4
"""Words in a name: *Södra Skene nya äldreboende*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place as the reporter wrote it."""

    name: str
    start: int
    end: int


def read_place(
    sentence: Sentence,
    words: Vocabulary,
    *,
    known: Collection[str] = (),
    not_places: Collection[str] = (),
) -> Place | None:
    """The place, or None. `known` are names of places to recognise however written; `not_places` are never places."""
    tokens = _told_apart(sentence)
    lowered = {name.lower() for name in known if name.strip()}
    for index, token in enumerate(tokens):
        if token.word in lowered:
            return _place(sentence, tokens[index : index + 1])
    found = [place for index in range(len(tokens)) if (place := _at(sentence, tokens, index, words, not_places))]
    return max(found, key=lambda item: (item[0], -item[1].start), default=(0, None))[1]


def _told_apart(sentence: Sentence) -> tuple[Token, ...]:
    """The words; small ones where everything is in capitals, as a capital then makes no name."""
    if not sentence.text.isupper():
        return sentence.tokens
    return tuple(replace(token, raw=token.word) for token in sentence.tokens)


def looks_like_place(token: Token, words: Vocabulary) -> bool:
    """Whether the word alone is a place by its look, as *Kinnaskolan* is."""
    return _is_facility(token, words)


def _at(
    sentence: Sentence,
    tokens: tuple[Token, ...],
    index: int,
    words: Vocabulary,
    not_places: Collection[str],
) -> tuple[int, Place] | None:
    """A place that begins with this word, and how much it looks like one."""
    token = tokens[index]
    before = tokens[index - 1].word if index else ""
    if _is_never(token, words, not_places):
        return None
    name = _name(tokens, index, words, not_places)
    has_noun = any(_is_facility(part, words) for part in name)
    introduced = before in words.phrases["places.before"]
    strong = introduced and before not in words.phrases["places.weak_before"]
    named = token.is_capitalised and (index > 0 or has_noun)
    if index == 0 and len(name) == 1 and not introduced and not _is_compound(token, words):
        return None  # *Skolan köper böcker*: who, not where
    if _possessive_before(tokens, index) and has_noun:
        return None  # the name has been read from its first word
    if not (named and (introduced or has_noun)) and not (introduced and has_noun and _is_compound(name[0], words)):
        return None
    weight = 4 * (named and has_noun) + 3 * (named and strong) + 2 * has_noun + introduced
    return (weight, _place(sentence, name)) if weight > 1 else None


def _name(
    tokens: tuple[Token, ...],
    index: int,
    words: Vocabulary,
    not_places: Collection[str],
) -> tuple[Token, ...]:
    """The words of the name: capitals that follow, and a noun such as *förskola* that ends it."""
    name = [tokens[index]]
    for token in tokens[index + 1 : index + _LONGEST]:
        touches = token.start - name[-1].end == 1
        if not touches or (_is_never(token, words, not_places) and not _is_number_of(token, name[-1], words)):
            break
        if token.word in words.phrases["places.nouns"] or _is_number_of(token, name[-1], words):
            name.append(token)
            break
        is_named_after = len(name) == 1 and _is_plain_noun(name[0], index, words)  # *förskolan Lyktan*
        if not token.is_capitalised or (_is_facility(name[-1], words) and not is_named_after):
            break
        name.append(token)
    return tuple(name)


def _is_number_of(token: Token, noun: Token, words: Vocabulary) -> bool:
    """*Avdelning 3*: the number is its name."""
    return noun.word in words.phrases["places.numbered"] and token.word.isdigit() and len(token.word) <= _LONGEST


def _is_plain_noun(token: Token, index: int, words: Vocabulary) -> bool:
    is_noun = token.word in words.phrases["places.nouns"] or token.word in words.phrases["places.whole"]
    return is_noun and (not index or not token.is_capitalised)


def _place(sentence: Sentence, name: tuple[Token, ...]) -> Place:
    start, end = name[0].start, name[-1].end
    return Place(name=sentence.text[start:end], start=start, end=end)


def _possessive_before(tokens: tuple[Token, ...], index: int) -> bool:
    if not index:
        return False
    before, token = tokens[index - 1], tokens[index]
    return before.is_capitalised and token.start - before.end == 1 and not token.is_capitalised


def _is_never(token: Token, words: Vocabulary, not_places: Collection[str]) -> bool:
    is_number = token.word[:1].isdigit()
    return is_number or token.word in words.phrases["places.never"] or token.word in not_places or _is_person(token)


def _is_person(token: Token) -> bool:
    """*Taxin till Lisa*: somebody, not somewhere."""
    return token.is_capitalised and token.word in GIVEN_NAMES


def _is_facility(token: Token, words: Vocabulary) -> bool:
    if token.word in words.phrases["places.nouns"] or token.word in words.phrases["places.whole"]:
        return True
    return _is_compound(token, words)


def _is_compound(token: Token, words: Vocabulary) -> bool:
    """*Kinnaskolan*, *fritsla-turen*; and the few places that go by their noun alone, such as *simhallen*."""
    if token.word in words.phrases["places.whole"]:
        return True
    endings = words.phrases["places.endings"]
    if not token.word.endswith(endings):
        return False
    return any(token.word.endswith(ending) and len(token.word) >= len(ending) + 3 for ending in endings)
