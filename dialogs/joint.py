"""Many small deviations gathered into one, and suppliers taken up across contracts: looked at and answered in conversation."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from cards.asking import asking_card, remark_card
from cards.card import Card
from cards.joint import joint_card, joint_description
from cards.joint_views import JointView, SupplierContract, SupplierView
from cards.supplier_answer import supplier_card
from cards.texts import Texts, plain
from dialogs.at_hand import whose
from dialogs.cancelling import is_cancelled
from dialogs.commands import Answered, Command, Pressed, command
from dialogs.listing import answered
from dialogs.paging import Place
from dialogs.turn import Reply, Turn, say
from domain.chat import Chat
from domain.errors import Refused
from domain.people import Language
from usecases.joint.decide_joint import accept_joint, close_supplier_case, decline_joint
from usecases.joint.open_joint import joint_with, open_joint
from usecases.parts.joint_seeing import SeenProposal
from usecases.questions.show_supplier import FoundSupplier, find_supplier

JOINT: Final = "joint"
_WHY: Final = "joint.why"


# ---------------------------------------------------------------- looked at


async def asked_proposals(turn: Turn, _match: "re.Match[str]") -> Reply:
    """*förslag*: what waits to be gathered."""
    return await answered(turn, Place(question=JOINT))


async def pressed_open(turn: Turn) -> Reply:
    return await _standing(turn, await open_joint(*whose(turn), _pressed_id(turn)))


async def asked_supplier(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*leverantör Nordkontor*; None when no supplier is called so, since it may be the beginning of a report."""
    return await supplier_about(turn, match["about"].strip(), is_sure=match["sure"] is not None)


async def supplier_about(turn: Turn, about: str, *, is_sure: bool = True) -> Reply | None:
    """The supplier with these words in its name. Where nothing is found, None unless it surely was asked about one."""
    found = await find_supplier(*whose(turn), about)
    if found.whole is not None:
        return _supplier(turn, found)
    if found.several:
        return say(_several(found, turn.language))
    if not is_sure:
        return None
    texts = Texts(turn.language)
    key = "supplier.none.found_own" if found.is_own else "supplier.none.found"
    said = texts(key, about=plain(about, most=80)) if found.has_contracts else texts("questions.none_yours")
    return say(remark_card(said, turn.language))


# ---------------------------------------------------------------- answered


async def pressed_accept(turn: Turn) -> Reply:
    return await _accept(turn, _pressed_id(turn))


async def said_accept(turn: Turn, match: "re.Match[str]") -> Reply:
    """*samla 1*, or *samla* about the proposal just shown."""
    joint_proposal_id = _aimed(turn, match)
    if joint_proposal_id is None:
        raise Refused("joint.refused.which")
    return await _accept(turn, joint_proposal_id)


async def said_accept_case(turn: Turn, match: "re.Match[str]") -> Reply:
    """*AVV-2027-0003 samla*: the proposal that this deviation is part of."""
    seen = await joint_with(*whose(turn), match["number"].upper())
    return await _accept(turn, seen.proposal.joint_proposal_id)


async def pressed_decline(turn: Turn) -> Reply:
    return await _decline(turn, _pressed_id(turn), turn.press.typed("reason") if turn.press else "")


async def said_decline(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*nej, de hör inte ihop*, about the proposal just shown, or *nej 2, …* out of the list."""
    joint_proposal_id = _aimed(turn, match)
    return await _decline(turn, joint_proposal_id, match["why"] or "") if joint_proposal_id else None


async def said_why(turn: Turn, text: str) -> Reply:
    joint_proposal_id = (turn.chat.expects or "").partition(":")[2]
    if is_cancelled(text):
        said = Texts(turn.language)("joint.cancelled.line")
        return say(remark_card(said, turn.language), chat=_at_hand(turn.chat, joint_proposal_id))
    return await _decline(turn, joint_proposal_id, text)


async def pressed_close(turn: Turn) -> Reply:
    return await _close(turn, _pressed_id(turn), turn.press.typed("reason") if turn.press else "")


async def said_close(turn: Turn, match: "re.Match[str]") -> Reply | None:
    """*avsluta leverantörsärendet, de har bytt chef*, about the supplier just shown."""
    joint_proposal_id = turn.chat.focused_on(JOINT)
    return await _close(turn, joint_proposal_id, match["why"] or "") if joint_proposal_id else None


async def _accept(turn: Turn, joint_proposal_id: str) -> Reply:
    def describe(seen: SeenProposal) -> str:
        return joint_description(_view(seen), turn.language)

    return await _standing(turn, await accept_joint(*whose(turn), joint_proposal_id, describe))


async def _decline(turn: Turn, joint_proposal_id: str, reason: str) -> Reply:
    if not reason.strip():
        texts = Texts(turn.language)
        card = asking_card(texts("joint.ask_why.title"), texts("joint.ask_why.line"), turn.language)
        expects = f"{_WHY}:{joint_proposal_id}"
        return say(card, chat=replace(_at_hand(turn.chat, joint_proposal_id), expects=expects))
    return await _standing(turn, await decline_joint(*whose(turn), joint_proposal_id, reason))


async def _close(turn: Turn, joint_proposal_id: str, outcome: str) -> Reply:
    return await _standing(turn, await close_supplier_case(*whose(turn), joint_proposal_id, outcome))


async def _standing(turn: Turn, seen: SeenProposal) -> Reply:
    """The proposal as it stands; a supplier case as the whole supplier, unless it has ended."""
    proposal = seen.proposal
    chat = _at_hand(turn.chat, proposal.joint_proposal_id)
    if proposal.is_supplier_case and proposal.reason is None:
        found = await find_supplier(*whose(turn), proposal.org_number or "")
        if found.whole is not None:
            return _supplier(turn, found)
    return say(joint_card(_view(seen), turn.language), chat=chat)


def _supplier(turn: Turn, found: FoundSupplier) -> Reply:
    whole = found.whole
    if whole is None:
        raise Refused("joint.refused.gone")
    view = SupplierView(
        name=whole.name,
        org_number=whole.org_number,
        as_of=found.as_of,
        is_own=found.is_own,
        contracts=tuple(
            SupplierContract(
                contract=one.contract,
                light=one.light,
                owner_name=one.owner_name,
                is_shared=one.is_shared,
            )
            for one in whole.contracts
        ),
        open_cases=tuple((one.deviation, one.kind) for one in whole.open_cases),
        year_by_severity=whole.year_by_severity,
        ever_count=whole.ever_count,
        sanctions=whole.sanctions,
        case=whole.case,
        case_opened_by=whole.case_opened_by,
        waiting_count=len(whole.waiting),
    )
    chat = _at_hand(turn.chat, whole.case.joint_proposal_id) if whole.case else None
    return say(supplier_card(view, turn.language), chat=chat)


def _several(found: FoundSupplier, language: Language) -> Card:
    texts = Texts(language)
    names = ", ".join(plain(name, most=60) for name in found.several[:10])
    return remark_card(texts("supplier.several.line", names=names, first=plain(found.several[0], most=60)), language)


def _view(seen: SeenProposal) -> JointView:
    return JointView(
        proposal=seen.proposal,
        kind=seen.kind,
        contracts=seen.contracts,
        evidence=seen.evidence,
        may_decide=seen.may_decide,
        today=seen.today,
        joint_number=seen.case.number if seen.case else None,
        decided_by_name=seen.decided_by_name,
        is_new=seen.is_new,
    )


def _aimed(turn: Turn, match: "re.Match[str]") -> str | None:
    """The proposal with this number in the list last shown, or the one at hand; None when neither is a proposal."""
    if not match["number"]:
        return turn.chat.focused_on(JOINT)
    kind, _, joint_proposal_id = (turn.chat.picked(int(match["number"])) or "").partition(":")
    return joint_proposal_id if kind == JOINT else None


def _at_hand(chat: Chat, joint_proposal_id: str) -> Chat:
    return replace(chat, focus=f"{JOINT}:{joint_proposal_id}", expects=None)


def _pressed_id(turn: Turn) -> str:
    return turn.press.subject_id(JOINT) if turn.press else ""


_CASE: Final = r"(?P<number>avv-\d{4}-\d{1,6})"
_ONE: Final = r"(?: (?:nr |nummer |no |number )?(?P<number>\d{1,3}))?"
_WHY_NOT: Final = r"(?:[ ,:;–-]+(?:därför att |eftersom |för att |because |since )?(?P<why>\D.*))?"

COMMANDS: tuple[Command, ...] = (
    command(
        "joint.list",
        asked_proposals,
        r"(?:visa |lista |mina )?(?:samlade )?förslag(?:en)?",
        r"(?:show |list |my )?(?:the )?proposals",
    ),
    command("joint.accept_case", said_accept_case, rf"{_CASE}[ ,:]+(?:samla|gather)"),
    command("joint.accept", said_accept, rf"(?:samla|gather){_ONE}"),
    command("joint.decline", said_decline, rf"(?:nej|samla inte|no|do not gather){_ONE}{_WHY_NOT}"),
    command(
        "supplier.close",
        said_close,
        r"avsluta leverantörsärendet(?:[ ,:;–-]+(?P<why>.+))?",
        r"close (?:the )?supplier case(?:[ ,:;–-]+(?P<why>.+))?",
    ),
    command(
        "supplier",
        asked_supplier,
        r"(?P<sure>visa |allt om |visa allt om |öppna )?leverantör(?(sure)(?:en)?) (?P<about>\S.{0,80})",
        r"(?P<sure>show |open |all about |everything about )?(?:the )?supplier (?P<about>\S.{0,80})",
    ),
)
"""Tried before those of follow-ups, to which *nej* is passed on when no proposal is at hand."""
VERBS: Mapping[str, Pressed] = MappingProxyType(
    {
        "joint.open": pressed_open,
        "joint.accept": pressed_accept,
        "joint.decline": pressed_decline,
        "joint.close": pressed_close,
    },
)
EXPECTED: Mapping[str, Answered] = MappingProxyType({_WHY: said_why})
