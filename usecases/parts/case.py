"""A deviation with all that belongs to it, as one person sees it."""

from dataclasses import dataclass, field, replace

from domain.action_plan import all_held, is_approved
from domain.case_file import CaseFile, SanctionAnswer
from domain.case_guards import CaseFacts
from domain.contract import Contract
from domain.contract_right import ContractRight
from domain.deviation import Deviation
from domain.deviation_types import DeviationType
from domain.passivity import PASSIVE_KINDS
from domain.people import ContractRole
from domain.sanction import undecided_rights
from domain.supplier_silence import Coming
from usecases.parts.escalating import coming_for
from usecases.parts.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A deviation with what belongs to it, as one person sees it."""

    deviation: Deviation
    contract: Contract | None
    kind: DeviationType | None
    parts: frozenset[ContractRole]
    scene: Scene
    rights: tuple[ContractRight, ...] = ()
    """What the contract gives a right to."""
    file: CaseFile = field(default_factory=CaseFile)
    """What the case has gathered."""

    def facts(self, given: CaseFacts) -> CaseFacts:
        """What the mover has said, with what the rules and the roster know beside it."""
        roster, contract = self.scene.roster, self.contract
        keeps = self.kind is not None and self.kind.only_controller_and_legal
        deviation = self.deviation
        return replace(
            given,
            now=self.scene.now,
            held_from=deviation.held_from,
            closed_at=deviation.closed_at,
            reopen_days=self.scene.rules.supplier_ladder.reopen_days,
            has_plan=bool(self.file.actions),
            plan_approved_by=frozenset(
                role
                for role, mail in (
                    (ContractRole.MANAGER, deviation.plan_manager_mail),
                    (ContractRole.OWNER, deviation.plan_owner_mail),
                )
                if mail
            ),
            plan_approver_mails=frozenset(filter(None, (deviation.plan_manager_mail, deviation.plan_owner_mail))),
            is_plan_unchecked=is_approved(deviation) and not all_held(self.file.actions),
            decision_reference=given.decision_reference or self._decided_reference,
            undecided_sanctions=len(self.undecided),
            is_internal=self.kind is not None and self.kind.is_internal,
            only_controller=keeps or contract is None,
            has_owner=contract is not None and roster.owner_of(contract) is not None,
            has_manager=contract is not None and roster.manager_of(contract) is not None,
        )

    @property
    def _decided_reference(self) -> str | None:
        """Of the latest *ja* to a sanction in the case: who records that it is decided need not write it again."""
        yes = (one.reference for one in reversed(self.file.decisions) if one.answer is SanctionAnswer.YES)
        return next(yes, None)

    @property
    def undecided(self) -> tuple[ContractRight, ...]:
        """Sanctions the contract gives a right to that nobody has said *ja*, *nej* or *avvaktar* to."""
        if self.kind is not None and self.kind.is_internal:
            return ()
        return undecided_rights(self.rights, self.file.decisions, self.scene.today)

    @property
    def coming(self) -> tuple[Coming, ...]:
        """What happens if nobody acts."""
        now = self.scene.now
        coming = coming_for(self.deviation, self.contract, self.scene, self.file.actions)
        return tuple(item for item in coming if item.kind not in PASSIVE_KINDS or item.at > now)
