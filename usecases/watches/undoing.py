"""What an act on a watched date keeps in its event, so that it can be taken back exactly."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from domain.followup import Followup, FollowupState
from domain.watch import Watch, WatchState

_MOMENTS = ("next_action_at", "submitted_at", "accepted_at", "closed_at")


def watch_before(watch: Watch) -> dict[str, Any]:
    """The date's own values before the act, as JSON."""
    return {
        "watch_id": watch.watch_id,
        "state": watch.state.value,
        "next_action_at": _text(watch.next_action_at),
        "last_step": watch.last_step,
        "decision": dict(watch.decision) if watch.decision else None,
        "settled_by": watch.settled_by,
    }


def watch_again(watch: Watch, before: Mapping[str, Any]) -> Watch:
    """The date with its values from before."""
    return replace(
        watch,
        state=WatchState(before["state"]),
        next_action_at=_moment(before["next_action_at"]),
        last_step=before["last_step"],
        decision=before["decision"],
        settled_by=before["settled_by"],
    )


def followup_before(followup: Followup) -> dict[str, Any]:
    """The follow-up's own values before the act, as JSON."""
    snoozed = followup.snoozed_until
    return {
        "followup_id": followup.followup_id,
        "state": followup.state.value,
        "due_on": followup.due_on.isoformat(),
        "submitted_by": followup.submitted_by,
        "closed_reason": followup.closed_reason,
        "snoozed_until": snoozed.isoformat() if snoozed else None,
        **{name: _text(getattr(followup, name)) for name in _MOMENTS},
    }


def followup_again(followup: Followup, before: Mapping[str, Any]) -> Followup:
    """The follow-up with its values from before."""
    snoozed = before["snoozed_until"]
    moments: dict[str, Any] = {name: _moment(before[name]) for name in _MOMENTS}
    return replace(
        followup,
        state=FollowupState(before["state"]),
        due_on=date.fromisoformat(before["due_on"]),
        submitted_by=before["submitted_by"],
        closed_reason=before["closed_reason"],
        snoozed_until=date.fromisoformat(snoozed) if snoozed else None,
        **moments,
    )


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
