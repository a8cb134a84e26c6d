"""What arrives at the door: a body read within limits and checked to be an activity, or refused in one word."""

import json
import re
from collections.abc import Mapping
from typing import Any

_DEEPEST = 40  # Teams nests about ten deep; what goes deeper is an attack on whoever walks it
_LONGEST_ID = 400  # as long as storage keeps
_TEXTS = ("id", "type", "name", "text", "textFormat", "locale", "localTimezone", "channelId", "serviceUrl", "replyToId")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

Json = Mapping[str, Any]


class BadBody(Exception):  # noqa: N818 - it says what the body is
    """The body is no activity; `reason` is a constant word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_activity(body: bytes) -> Json:
    """The activity in a request's body, with type, sender and conversation there and every field we use of its kind."""
    activity = _parse(body)
    for field in _TEXTS:
        if not isinstance(activity.get(field), str | None):
            raise BadBody(f"{field}_is_no_text")
    if not activity.get("type"):
        raise BadBody("no_type")
    for party in ("from", "conversation"):
        _check_id(child(activity, party).get("id"), required=True)
    _check_id(child(activity, "recipient").get("id"), required=False)
    _check_id(activity.get("id"), required=False)
    _check_id(activity.get("replyToId"), required=False)
    return activity


def child(json_object: Json, field: str) -> Json:
    """An object inside an object, empty when it is left out; anything else in its place is a bad body."""
    value = json_object.get(field)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadBody(f"{field}_is_no_object")
    return value


def children(json_object: Json, field: str) -> tuple[Json, ...]:
    """The objects of a list inside an object, empty when it is left out."""
    value = json_object.get(field)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise BadBody(f"{field}_is_no_list_of_objects")
    return tuple(value)


def text(json_object: Json, field: str) -> str | None:
    """A text inside an object, None when it is left out or empty."""
    value = json_object.get(field)
    if not isinstance(value, str | None):
        raise BadBody(f"{field}_is_no_text")
    return value or None


def _parse(body: bytes) -> Json:
    try:
        activity = json.loads(body.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadBody("no_json") from error
    if not isinstance(activity, dict):
        raise BadBody("no_object")
    if _is_deeper(activity, _DEEPEST):
        raise BadBody("too_deep")
    return activity


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _is_deeper(value: object, most: int) -> bool:
    level: list[object] = [value]
    for _ in range(most):
        inside: list[object] = []
        for item in level:
            if isinstance(item, dict):
                inside += item.values()
            elif isinstance(item, list):
                inside += item
        if not inside:
            return False
        level = inside
    return True


def _check_id(value: object, *, required: bool) -> None:
    if value is None or value == "":
        if required:
            raise BadBody("no_id")
        return
    if not isinstance(value, str) or len(value) > _LONGEST_ID or _UNPRINTABLE.search(value) or value in {".", ".."}:
        raise BadBody("id_unusable")
