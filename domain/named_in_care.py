"""Finds somebody called by name of whom health or care is told: *Anna fick fel medicin*, *Karin i rum 4* (domain.md 10).

A name alone is nobody's secret: *Anna Berg på Sjöstäd svarar inte* is left as it is.
"""

import re
from collections.abc import Iterator
from typing import Final

from domain.given_names import GIVEN_NAMES

_SHORTEST_SMALL: Final = 4
"""Shorter names are mostly other words when written small."""
_WORDS_TOO: Final = frozenset({"saga", "iris", "viola", "stella", "frank", "urban", "morgan", "malte", "robin"})
"""Names that are everyday words when written small."""
_SMALL: Final = frozenset(name for name in GIVEN_NAMES if len(name) >= _SHORTEST_SMALL) - _WORDS_TOO
_WORD: Final = re.compile(r"(?<![\w-])[^\W\d_]++(?:-[^\W\d_]++)?+")
_SURNAME: Final = r"(?: (?-i:[A-ZÅÄÖ])[^\W\d_]++(?:-[^\W\d_]++)?+)?+"
_REACH: Final = 160
"""Signs after a name in which what is told of it stands."""
_MOST_NAMES: Final = 200
"""Names looked at in one text."""
_CARE: Final = (
    r"(?:medicin(?:en|er|erna|ering)?|insulin(?:et)?|dos(?:en)?|tabletter(?:na)?|läkemedel|läkemedlet|waran|feber|febrig|"
    r"kräkts?|kräktes|kräks|diarré|liggsår|trycksår|sår(?:et)?|ont|smärtor|yrsel|utslag|kramper|anfall|blodtryck|inlagd|"
    r"ms|kol|als|adhd|tbc|covid|influensa|smittad|stomi(?:n)?|sond(?:en)?|kateter(?:n)?|dialys(?:en)?|stroke|diabetes|"
    r"\w*allergi(?:n|sk|skt|ker|chock)?|\w+intolerant|celiaki|sjuk|sjukhus|dement|demens|blind|döv|förlamad|handikapp\w*|"
    r"funktionsnedsättning\w*|syndrom|rullstol(?:en)?|rollator(?:n)?|permobil|hörapparat(?:en)?|tillsyn(?:en)?|"
    r"hemtjänst\w*|dusch(?:en|ad|at)?|medvetslös|avliden|"
    r"medicine|medication|insulin|fever|dose|asthma|astma|ill|sick|hospital|wheelchair)"
)
_STATE: Final = (
    r"(?:fick|får|fått|har|hade|behöver|behövde|blev|blivit|saknar|saknade|är|var|missade|missat|tar|tog|lider|sitter|satt|"
    r"vägrar|utan|got|has|had|is|was|needs|needed|missed|received|with)"
)
_DID: Final = (
    r"(?:beställt|levererat|skickat|glömt|lämnat|ringt|sagt|lovat|delat|gett|bett|frågat|hämtat|kört|anmält|rapporterat|"
    r"mejlat|köpt|påpekat|påtalat|meddelat|hört|skrivit|inte svarat|svarat)"
)
_BEFORE_STATE: Final = r"(?:,|,? som| \(| idag| igår| i går| i dag| i morse| who)*"
_DRUG: Final = r"(?:medicin(?:en|er|erna)?|insulin(?:et)?|dosen|tabletter(?:na)?|medication|medicine)"
_MEAL: Final = r"(?:mat(?:en|låda|lådan)?|lunch(?:en)?|middag(?:en)?|frukost(?:en)?|hemtjänst|food|dinner|breakfast)"
_TOLD: Final = (
    rf"{_SURNAME}{_BEFORE_STATE} ?{_STATE}(?! (?:\w+ )?{_DID}(?!\w))(?: [\w-]+){{0,6}}? {_CARE}(?!\w)",
    rf"{_SURNAME} (?:har |hade )?(?:ramlade|ramlat|bröt|brutit|stukade|stukat|skadade|skadat|föll|fallit|svimmade|svimmat|kräktes|kräkts|avled|avlidit|dog|fainted|fell)(?!\w)",
    rf"{_SURNAME}{_BEFORE_STATE} (?:fick|får|fått|blev|har fått|blivit|was|got) (?:ingen|inget|inte|utan|no|without)(?: \w+)? {_MEAL}(?!\w)",
    rf"{_SURNAME} (?:blev|blir|har) (?:\w+ )?(?:inte |aldrig )?(?:hämtad|kvarglömd|bortglömd|avsläppt|kvarlämnad)(?!\w)",
)
_ROOM: Final = (
    rf"{_SURNAME}(?:,|,? som| \()? ?(?:bor |ligger )?(?:i |på |in )?"
    r"(?:(?:rum|lägenhet|lgh|sal|room|flat|klass) ?(?:nr )?\d+|[1-9][a-f](?!\w))"
)
_AFTER_NAME: Final = tuple(re.compile(source, re.IGNORECASE) for source in (*_TOLD, _ROOM))
_OWN: Final = re.compile(rf" {_CARE}(?!\w)", re.IGNORECASE)
"""After a name in the genitive."""
_DRUG_FOR: Final = re.compile(rf"(?<!\w){_DRUG}(?: \w+){{0,3}} (?:till|åt|för|hos|to|for)\Z", re.IGNORECASE)
"""Before a name."""
_BY_TITLE: Final = re.compile(
    rf"(?<!\w)(?i:fru|herr|fröken|mr|mrs|ms)\.? [A-ZÅÄÖ][^\W\d_]+(?:(?: [\w-]+){{0,8}}? (?i:{_CARE})(?!\w)|"
    r" (?i:i|på) (?i:rum|lägenhet|lgh|sal|avdelning|avd) ?\d+)",
)
"""*Fru Larsson på avdelning 2*: a surname with a title."""


def told_of_by_name(text: str) -> Iterator[tuple[int, int]]:
    """Where somebody called by name is told of together with health or care."""
    for match in _BY_TITLE.finditer(text):
        yield match.span()
    looked_at = 0
    for word in _WORD.finditer(text):
        name = word.group()
        is_genitive = name.endswith("s") and _is_name(name[:-1])
        if looked_at >= _MOST_NAMES or not (is_genitive or _is_name(name)):
            continue
        looked_at += 1
        end = _end_of_told(text, word.end(), is_genitive=is_genitive)
        if end is not None:
            yield word.start(), end
        elif _DRUG_FOR.search(text[max(0, word.start() - _REACH // 2) : word.start()].rstrip()):
            yield word.span()


def _end_of_told(text: str, at: int, *, is_genitive: bool) -> int | None:
    """Where what is told of the name before `at` ends; None when it is nothing of that kind."""
    after = text[at : at + _REACH]
    expressions = (*_AFTER_NAME, _OWN) if is_genitive else _AFTER_NAME
    ends = [match.end() for expression in expressions if (match := expression.match(after))]
    return at + max(ends) if ends else None


def _is_name(word: str) -> bool:
    """A given name with a capital, or one that is hardly anything else when written small."""
    return word.lower() in (GIVEN_NAMES if word[:1].isupper() else _SMALL)
