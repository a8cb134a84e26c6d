"""Pictures of cards: write their JSON here, then let `render.mjs` draw them."""

import json
from collections.abc import Mapping
from pathlib import Path

from cards.card import Card


def write(folder: Path, cards: Mapping[str, Card]) -> None:
    """One `<name>.json` for each card, ready for `render.mjs`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, card in cards.items():
        text = json.dumps(card.content, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
