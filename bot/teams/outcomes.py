"""What the connector's answer means for us: delivered, try later, undeliverable, or nobody knows."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from usecases.ports import Ambiguous, Delivered, Outcome, TryLater, Undeliverable

MISCONFIGURED = "misconfigured"
"""The reason that means nothing will be delivered to anybody until the settings are mended."""

_BUSY_SECONDS = 5.0  # 412: two messages met in one chat
_THROTTLED_SECONDS = 30.0  # 429 that does not say how long
_LONGEST_SECONDS = 3600.0
# What Teams calls the refusal (platform documentation, 2026) and what we call it.
_REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "botdisabledbyadmin": "disabled_by_admin",
        "botnotinconversationroster": "uninstalled",
        "conversationblockedbyuser": "blocked_by_user",
        "forbiddenoperationexception": "not_installed",
        "messagewritesblocked": "blocked_or_uninstalled",
        "invalidbotapihost": MISCONFIGURED,
        "notenoughpermissions": MISCONFIGURED,
    }
)
_GONE_MESSAGE = "activitynotfoundinconversation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back over HTTP."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_success(self) -> bool:
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def content(self) -> Mapping[str, Any]:
        """The body as an object, empty when it is something else."""
        try:
            content = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return content if isinstance(content, dict) else {}

    @property
    def code(self) -> str:
        """Microsoft's name for what went wrong, in small letters; it stands in one of three places."""
        content = self.content
        error = content.get("error")
        if isinstance(error, dict) and isinstance(error.get("code"), str):
            return str(error["code"]).lower()
        message = content.get("message")
        inner = Answer(status=0, headers={}, body=message.encode()).content if isinstance(message, str) else {}
        return str(inner.get("subCode") or content.get("code") or "").lower()


def outcome_of(answer: Answer, conversation_id: str) -> Outcome:
    """What became of a message. A 5xx may have been delivered all the same, so it is never simply sent again."""
    if answer.is_success:
        message_id = answer.content.get("id")
        return Delivered(
            message_id=message_id if isinstance(message_id, str) and message_id else None,
            conversation_id=conversation_id,
        )
    match answer.status:
        case 412:
            return TryLater(after_seconds=_seconds(answer, _BUSY_SECONDS), reason="busy")
        case 429:
            return TryLater(after_seconds=_seconds(answer, _THROTTLED_SECONDS), reason="throttled", is_throttled=True)
        case 408:
            return Ambiguous(reason="http_408")
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Ambiguous(reason=f"http_{answer.status}")
    return _refusal(answer)


def _refusal(answer: Answer) -> Undeliverable:
    match answer.status:
        case 401:
            return Undeliverable(reason=MISCONFIGURED)
        case 403:
            return Undeliverable(reason=_REFUSALS.get(answer.code, "forbidden"))
        case 404 | 410 if answer.code == _GONE_MESSAGE:
            return Undeliverable(reason="message_gone")
        case 404 | 410:
            return Undeliverable(reason="conversation_gone", forget_conversation=True)
        case 413:
            return Undeliverable(reason="too_large")
    return Undeliverable(reason=f"http_{answer.status}")


def _seconds(answer: Answer, otherwise: float) -> float:
    """Retry-After in seconds, given as a number or as a moment beside the answer's own Date."""
    wanted = answer.headers.get("Retry-After", "")
    try:
        seconds = float(wanted)
    except ValueError:
        until, now = _moment(wanted), _moment(answer.headers.get("Date", ""))
        seconds = (until - now).total_seconds() if until and now else otherwise
    if not math.isfinite(seconds) or seconds < 0:
        return otherwise
    return min(max(seconds, 1.0), _LONGEST_SECONDS)


def _moment(header: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
