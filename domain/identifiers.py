"""The names rows go by. All are text: a UUID in its usual 36 characters unless said otherwise."""

from typing import NewType

TenantId = NewType("TenantId", str)
"""The Entra tenant of the public body; in local mode any short name."""
PersonId = NewType("PersonId", str)
ContractId = NewType("ContractId", str)
FollowupId = NewType("FollowupId", str)
WatchId = NewType("WatchId", str)
DeviationId = NewType("DeviationId", str)
NoticeId = NewType("NoticeId", str)
EventId = NewType("EventId", str)
SightingId = NewType("SightingId", str)
EvidenceId = NewType("EvidenceId", str)
ActionId = NewType("ActionId", str)
LetterId = NewType("LetterId", str)
JointProposalId = NewType("JointProposalId", str)
