"""What must be said about a contract's end before an alarm may stop (FB9-FB10)."""

from datetime import date

import pytest

from domain.decision import check_record, implied_choice, is_supplier_told, missing_fields
from domain.errors import Refused
from domain.watch import WatchKind

TODAY = date(2027, 3, 8)
DECIDED = {"decision": "extend", "decided_by": "Olle", "decided_on": "2027-03-01"}
TOLD = {"notice_sent_on": "2027-03-02", "notice_how": "e-post"}


@pytest.mark.parametrize(
    ("record", "kind", "missing"),
    [
        ({}, WatchKind.SEND_BY, ("decision", "decided_by", "decided_on")),
        (DECIDED, WatchKind.SEND_BY, ("notice_sent_on", "notice_how")),
        (DECIDED | TOLD, WatchKind.SEND_BY, ()),
        (DECIDED | {"decision": "not_extend"}, WatchKind.SEND_BY, ()),
        (DECIDED | {"decision": "terminate"}, WatchKind.SEND_BY, ("notice_sent_on", "notice_how")),
        (DECIDED | {"decision": "let_renew"}, WatchKind.SEND_BY, ()),
        (DECIDED, WatchKind.DECISION_DUE, ()),
        ({}, WatchKind.EXPIRED, ("done_on", "done_note")),
        ({"done_on": "2027-03-01", "done_note": "Ersatt."}, WatchKind.HANDOVER_PLAN, ()),
    ],
)
def test_a_legal_date_stands_until_the_supplier_is_told_where_that_is_needed(
    record: dict[str, str], kind: WatchKind, missing: tuple[str, ...]
) -> None:
    assert missing_fields(record, kind) == missing


@pytest.mark.parametrize(
    ("record", "automatic", "choice"),
    [(TOLD, False, "extend"), (TOLD, True, "terminate"), ({}, False, None), (DECIDED | TOLD, True, "extend")],
)
def test_a_notice_that_was_sent_says_what_was_decided_where_nobody_did(
    record: dict[str, str], automatic: bool, choice: str | None
) -> None:
    assert implied_choice(record, renews_automatically=automatic).get("decision") == choice


def test_the_supplier_need_not_be_told_of_everything() -> None:
    assert is_supplier_told(DECIDED | TOLD)
    assert is_supplier_told({"decision": "let_renew"})
    assert not is_supplier_told(DECIDED)


def test_only_known_fields_with_something_in_them_are_kept() -> None:
    record = DECIDED | {"decided_by": "  Olle ", "notice_how": " ", "verb": "watch.decided"}

    assert check_record(record, renews_automatically=False, today=TODAY) == DECIDED


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"decided_on": "2027-03-09"}, "future_day"),
        ({"decided_on": "i går"}, "no_day"),
        ({"decision": "let_renew"}, "choice"),
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, str], key: str) -> None:
    with pytest.raises(Refused, match=f"watching.refused.{key}"):
        check_record(DECIDED | wrong, renews_automatically=False, today=TODAY)
