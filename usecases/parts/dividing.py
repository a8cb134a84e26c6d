"""A case that was merged is taken out of the other again, and those who reported hear what became of their report."""

from collections.abc import Iterable, Iterator, Sequence

from domain.case_file import Evidence
from domain.case_guards import CaseFacts
from domain.case_moves import moved
from domain.deviation import DeviationState
from domain.deviation_case import allowed
from domain.errors import Refused
from domain.joining import brought_by
from domain.notice import Notice, NoticeKind, new_notice
from domain.people import ContractRole, Person
from storage.unit_of_work import Unit
from usecases.parts.casework import Case, as_seen, case_event, keep_moved

_S = DeviationState


async def take_out(unit: Unit, case: Case, person: Person, reason: str) -> Case:
    """Take a merged case out again: back to registered, with all it had brought along. Somebody else commits."""
    facts = case.facts(CaseFacts(now=case.scene.now, actor_mail=person.mail, reason=reason))
    allowed(case.deviation, _S.REGISTERED, case.parts, facts)
    row = await unit.deviations.get(case.deviation.merged_into or "")
    if row is None:
        raise Refused("deviation.refused.no_such_way", number=case.deviation.number or "")
    into = await as_seen(unit, case.scene, person, row)
    back, own = brought_by(into.file.sightings, case.deviation)
    await unit.case_files.hand_over_sightings(back, case.deviation.deviation_id)
    await unit.case_files.forget_sightings(own)
    await unit.case_files.hand_over_evidence(await _brought_evidence(unit, case, into), case.deviation.deviation_id)
    details = {"from": "merged", "to": "registered", "reason": reason, "case": row.number}
    changed = moved(case.deviation, _S.REGISTERED, facts)
    kept = await keep_moved(unit, case, changed, [case_event(case, "deviation.moved", person, details)])
    told = {"case": kept.deviation.number, "reason": reason}
    await unit.events.add_all([case_event(into, "deviation.divided", person, told)])
    people = [one.reported_by for one in (*back, *own)]
    await unit.notices.add_all(list(lines_to(unit, case, "split", people, person)), at=case.scene.now)
    return kept


async def _brought_evidence(unit: Unit, case: Case, into: Case) -> Sequence[Evidence]:
    history = await unit.events.about(f"deviation:{into.deviation.deviation_id}")
    mine = [
        one for one in history if one.kind == "deviation.merged_in" and one.details.get("case") == case.deviation.number
    ]
    brought = set(mine[-1].details.get("evidence", ())) if mine else set()
    return [one for one in into.file.evidence if one.evidence_id in brought]


def lines_to(unit: Unit, case: Case, what: str, mails: Iterable[str], actor: Person) -> Iterator[Notice]:
    """A line to each reporter but the one who did it."""
    scene, deviation = case.scene, case.deviation
    for mail in dict.fromkeys(mails):
        person = scene.roster.living(mail)
        if person is None or mail == actor.mail:
            continue
        yield new_notice(
            unit.tenant_id,
            kind=NoticeKind.DEVIATION_PROGRESS,
            subject=f"deviation:{deviation.deviation_id}",
            occurrence=deviation.number or "",
            step=f"{what}:{scene.now.isoformat()}",
            role=ContractRole.REPORTER,
            recipient_mail=mail,
            not_before=scene.post.digest_moment(person, scene.now),
            payload={"text_key": f"drafting.told.{what}"},
        )
