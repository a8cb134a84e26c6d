"""What every card must be before a person sees it: valid, small, labelled, wrapped, and pressable."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

from jsonschema import Draft6Validator
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from cards.buttons import DATA_KEYS, DATA_VERSION
from cards.card import Card

MOST_BYTES = 25_000
"""Teams takes about 100 KB in UTF-16; older clients and webhooks far less."""
MOST_ACTIONS = 6


_any_of = Draft6Validator.VALIDATORS["anyOf"]


def _named_kind_first(
    validator: Validator, kinds: list[Any], value: object, schema: object
) -> Iterator[ValidationError]:
    """The schema's `anyOf`, beginning with the kind that the value's own `type` names.

    In the schema's order a text block is tried as each of a dozen other elements, with all that is in it.
    """
    named = f"#/definitions/{value.get('type')}" if isinstance(value, Mapping) else ""
    yield from _any_of(
        validator, sorted(kinds, key=lambda kind: {"$ref": named} not in kind.get("allOf", ())), value, schema
    )


@cache
def _validator() -> Validator:
    schema = files("adaptive_cards") / "schemas" / "schema-1.5.json"
    make = extend(Draft6Validator, {"anyOf": _named_kind_first})  # type: ignore[no-untyped-call]
    return cast("Validator", make(json.loads(schema.read_text(encoding="utf-8"))))


@cache
def _fault(content: str) -> str | None:
    """What the schema has against a card. Conversations begin alike, so most cards are seen many times."""
    fault = best_match(_validator().iter_errors(json.loads(content)))
    return f"{list(fault.absolute_path)}: {fault.message}" if fault else None


def assert_good_card(card: Card) -> None:
    """Fail with a readable reason unless the card follows the schema and the house's rules for cards."""
    content = {key: value for key, value in card.content.items() if key != "msteams"}
    fault = _fault(json.dumps(content))
    assert fault is None, fault
    size = len(json.dumps(card.content, ensure_ascii=False).encode())
    assert size <= MOST_BYTES, f"{size} bytes"
    assert content["version"] == "1.5"
    assert content["fallbackText"].strip()
    assert card.summary.strip()
    assert len(content.get("actions", [])) <= MOST_ACTIONS
    parts = list(_parts(content))
    _assert_has_heading(parts)
    _assert_texts_wrap(parts)
    _assert_fields_are_labelled(parts)
    _assert_buttons_are_ours(parts)


def texts_of(card: Card) -> str:
    """Everything the card says, a line for each text, label, choice and button, for looking things up in."""
    keys = ("text", "label", "title", "value", "placeholder")
    found = (part[key] for part in _parts(card.content) for key in keys if isinstance(part.get(key), str))
    return "\n".join(text.replace("\r", "\n") for text in found if text)


def buttons_of(card: Card) -> dict[str, Mapping[str, Any]]:
    """The card's buttons by verb, with the data they carry."""
    return {part["verb"]: part["data"] for part in _parts(card.content) if part.get("type") == "Action.Execute"}


def fields_of(card: Card) -> dict[str, Mapping[str, Any]]:
    """The card's fields by id."""
    return {part["id"]: part for part in _parts(card.content) if str(part.get("type", "")).startswith("Input.")}


def _parts(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, Mapping):
        yield dict(value)
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _parts(inner)


def _assert_has_heading(parts: list[dict[str, Any]]) -> None:
    assert any(part.get("style") == "heading" for part in parts), "no heading for a screen reader to find"


def _assert_texts_wrap(parts: list[dict[str, Any]]) -> None:
    for part in parts:
        if part.get("type") == "TextBlock":
            assert part.get("wrap") is True, f"does not wrap: {part['text']}"
            assert part["text"].strip(), "an empty text block"
            assert "{" not in part["text"], f"an unfilled placeholder: {part['text']}"


def _assert_fields_are_labelled(parts: list[dict[str, Any]]) -> None:
    fields = [part for part in parts if str(part.get("type", "")).startswith("Input.")]
    for field in fields:
        assert str(field.get("label", "")).strip(), f"no label: {field['id']}"
        assert field["id"] not in DATA_KEYS, f"the client would overwrite the button's own {field['id']}"
    ids = [part["id"] for part in parts if "id" in part]
    assert len(ids) == len(set(ids)), f"an id twice: {sorted(ids)}"


def _assert_buttons_are_ours(parts: list[dict[str, Any]]) -> None:
    for part in parts:
        if part.get("type") == "Action.Execute":
            assert part["title"].strip()
            assert part["data"].keys() <= DATA_KEYS
            assert part["data"]["v"] == DATA_VERSION
            assert part["data"]["verb"] == part["verb"]
            assert "." in part["verb"]
            assert part["data"]["subject"]
