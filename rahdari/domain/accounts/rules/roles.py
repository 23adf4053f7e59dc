"""The roles of both nodes as one table, and the pairs nobody may hold together.

`bodies` are codes of `authorities.csv`: a role is held for that authority, or for an
organisation of that kind. `hand` says whether the role files matters, decides on them,
or does neither: nobody holds a filing and a deciding role (`role_conflict`).
`granters` are the roles that may grant it; those who are not `node_operator` only for their own body.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType

FILES, DECIDES, NEITHER = "files", "decides", "neither"
OPERATOR = "node_operator"
NODE = "node"  # the machine itself, at the operator's command line


@dataclass(frozen=True, slots=True)
class Role:
    """One role: on which nodes, for which bodies, with which hand, granted by whom."""

    code: str
    nodes: tuple[str, ...]
    bodies: tuple[str, ...]
    hand: str
    granters: tuple[str, ...] = (OPERATOR,)

    @property
    def held(self) -> bool:
        """Whether somebody grants it; workers, proxies and the public have theirs by themselves."""
        return bool(self.granters)


PK, JP, BOTH = ("pk",), ("jp",), ("pk", "jp")
FIELD_MINISTRIES = ("MHLW", "METI", "MLIT", "MAFF", "MOE_JP")

TABLE = (
    Role("worker", BOTH, ("WORKER",), FILES, ()),
    Role("family_proxy", PK, ("WORKER",), FILES, ()),
    Role("public", BOTH, (), NEITHER, ()),
    Role("promoter_manager", PK, ("OEP",), FILES),
    Role("promoter_clerk", PK, ("OEP",), FILES, ("promoter_manager",)),
    Role("oec_officer", PK, ("OEC",), FILES),
    Role("oec_counter", PK, ("OEC",), FILES),
    Role("training_desk", PK, ("TRAINING_BODY", "NAVTTC", "NUTECH"), FILES),
    Role("protector", PK, ("PROTECTOR",), DECIDES),
    Role("bureau_officer", PK, ("BEOE",), DECIDES),
    Role("contact_point_pk", PK, ("CONTACT_PK",), DECIDES),
    Role("test_ministry_pk", PK, ("TEST_MINISTRY_PK",), DECIDES),
    Role("attache", PK, ("CWA", "EMB_PK_TOKYO"), DECIDES),
    Role("opf_officer", PK, ("OPF",), NEITHER),
    Role("custodian_pk", PK, ("MOP_HRD",), DECIDES),
    Role("custodian_jp", JP, ("MOJ",), DECIDES),
    Role("grievance_pk", PK, ("MOP_HRD", "BEOE", "OPF"), DECIDES),
    Role("grievance_jp", JP, ("ISA", "MHLW", "LSIO"), DECIDES),
    Role("employer", JP, ("ACCEPTING_ORG",), FILES),
    Role("support_org", JP, ("RSO",), FILES),
    Role("placement_business", JP, ("JP_PLACEMENT",), FILES),
    Role("exam_body", JP, ("EXAM_BODY",), DECIDES),
    Role("contact_point_jp", JP, ("CONTACT_JP",), DECIDES),
    Role("isa_regional", JP, ("ISA",), DECIDES),
    Role("field_ministry", JP, FIELD_MINISTRIES, DECIDES),
    Role("labour_ministry", JP, ("MHLW", "LSIO", "HELLO_WORK"), DECIDES),
    Role("police_liaison", JP, ("NPA",), DECIDES),
    Role("visa_desk", JP, ("EMB_JP_PK", "CG_JP_KHI"), DECIDES),
    Role("node_operator", BOTH, ("MOP_HRD", "ISA"), NEITHER, (OPERATOR, NODE)),
    Role("auditor", BOTH, ("MOP_HRD", "MOJ"), NEITHER),
)
ROLES = MappingProxyType({role.code: role for role in TABLE})

# Beside the two hands: who asks does not issue, who opens an identity does not read the
# complaint, and who looks after the machines or audits holds nothing else.
ALONE = frozenset({"node_operator", "auditor"})
APART = frozenset(
    frozenset(pair)
    for pair in (
        ("field_ministry", "contact_point_jp"),
        ("field_ministry", "isa_regional"),
        ("custodian_pk", "grievance_pk"),
        ("custodian_jp", "grievance_jp"),
        ("protector", "bureau_officer"),
    )
)


def in_conflict(one: str, other: str) -> bool:
    """Whether one person may not hold both roles."""
    if one == other:
        return False
    hands = {ROLES[one].hand, ROLES[other].hand}
    return bool(ALONE & {one, other}) or frozenset((one, other)) in APART or {FILES, DECIDES} <= hands


def roles_on(node: str) -> tuple[Role, ...]:
    """The roles that exist on a node, in the order of the table."""
    return tuple(role for role in TABLE if node in role.nodes)


def conflicts(role: str, held: Iterable[str]) -> tuple[str, ...]:
    """Those of the held roles that stand against the role."""
    return tuple(other for other in held if in_conflict(role, other))
