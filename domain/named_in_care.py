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
_NAME: Final = r"(?<![\w-])(?P<name>[^\W\d_]+(?:-[^\W\d_]+)?)(?P<genitive>s)?(?: [A-ZÅÄÖ][^\W\d_]+(?:-[^\W\d_]+)?)?"
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
_BEFORE_STATE: Final = r"(?:,|,? som| \(|\(| idag| igår| i går| i dag| i morse| who)*"
_DRUG: Final = r"(?:medicin(?:en|er|erna)?|insulin(?:et)?|dosen|tabletter(?:na)?|medication|medicine)"
_MEAL: Final = r"(?:mat(?:en|låda|lådan)?|lunch(?:en)?|middag(?:en)?|frukost(?:en)?|hemtjänst|food|dinner|breakfast)"
_TOLD: Final = (
    rf"{_NAME}{_BEFORE_STATE} ?{_STATE}(?! (?:\w+ )?{_DID}(?!\w))(?: [\w-]+){{0,6}}? {_CARE}(?!\w)",
    rf"{_NAME} (?:har |hade )?(?:ramlade|ramlat|föll|fallit|svimmade|svimmat|kräktes|kräkts|avled|avlidit|dog|fainted|fell)(?!\w)",
    rf"{_NAME}{_BEFORE_STATE} (?:fick|får|fått|blev|har fått|blivit|was|got) (?:ingen|inget|inte|utan|no|without)(?: \w+)? {_MEAL}(?!\w)",
    rf"{_NAME} (?:blev|blir|har) (?:\w+ )?(?:inte |aldrig )?(?:hämtad|kvarglömd|bortglömd|avsläppt|kvarlämnad)(?!\w)",
    rf"(?<!\w){_DRUG}(?: \w+){{0,3}}? (?:till|åt|för|hos|to|for) {_NAME}",
)
_ROOM: Final = (
    rf"{_NAME}(?:,|,? som| \()? ?(?:bor |ligger )?(?:i |på |in )?(?:rum|lägenhet|lgh|sal|room|flat) ?(?:nr )?\d+"
)
_OWN: Final = rf"{_NAME} {_CARE}(?!\w)"
_HEALTH: Final = tuple(re.compile(source, re.IGNORECASE) for source in _TOLD)
_BY_ROOM: Final = re.compile(_ROOM, re.IGNORECASE)
_BY_GENITIVE: Final = re.compile(_OWN, re.IGNORECASE)


def told_of_by_name(text: str) -> Iterator[tuple[int, int]]:
    """Where somebody called by name is told of together with health or care."""
    for expression in (*_HEALTH, _BY_ROOM):
        for match in expression.finditer(text):
            if _is_name(match["name"]) or (match["genitive"] is None and _is_name(match["name"].removesuffix("s"))):
                yield match.span()
    for match in _BY_GENITIVE.finditer(text):
        if match["name"][-1:] == "s" and _is_name(match["name"][:-1]):
            yield match.span()


def _is_name(word: str) -> bool:
    """A given name with a capital, or one that is hardly anything else when written small."""
    return word.lower() in (GIVEN_NAMES if word[:1].isupper() else _SMALL)
