"""Why a role is not granted, delegated or ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from rahdari.base.refusal import Refusal

from .roles import NODE, OPERATOR, ROLES, conflicts

LONGEST_DELEGATION = dt.timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Granter:
    """Who grants: the acting person, role and body, on which node."""

    person: UUID | None
    role: str
    body: str
    node: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who receives: whether staff and active, and the role codes they hold now."""

    person: UUID
    staff: bool
    active: bool
    held: frozenset[str]


def why_not_grant(by: Granter, to: Receiver, role_code: str, body: str, kind: str) -> list[Refusal]:
    """Every reason against granting a role for a body of a kind."""
    role = ROLES.get(role_code)
    if role is None or not role.held:
        return [Refusal("role_not_granted", {"role": role_code}, member="role")]
    refused = []
    if by.node not in role.nodes:
        refused.append(Refusal("wrong_node"))
    if not {body, kind} & set(role.bodies):
        refused.append(Refusal("body_does_not_fit", {"role": role_code, "body": body}, member="body"))
    if by.role not in role.granters and by.role != NODE:
        refused.append(Refusal("not_permitted"))
    elif by.role not in (OPERATOR, NODE) and by.body != body:
        refused.append(Refusal("not_own_body"))
    if by.person == to.person:
        refused.append(Refusal("not_to_oneself"))
    return refused + why_not_receive(to, role_code)


def why_not_receive(to: Receiver, role_code: str) -> list[Refusal]:
    """Reasons that lie with the person who would hold the role."""
    refused = []
    if not to.staff or not to.active:
        refused.append(Refusal("not_staff"))
    refused += [Refusal("role_conflict", {"role": role_code, "other": other}) for other in conflicts(role_code, sorted(to.held))]
    return refused


def why_not_delegate(
    to: Receiver, by: UUID | None, role_code: str, colleague: bool, delegated: bool, until: dt.datetime, at: dt.datetime
) -> list[Refusal]:
    """Every reason against standing in: `colleague` works for the same body, `delegated` is a role held for another."""
    refused = []
    if by == to.person:
        refused.append(Refusal("not_to_oneself"))
    if not colleague:
        refused.append(Refusal("not_a_colleague", member="person"))
    if delegated:
        refused.append(Refusal("not_delegated_on"))
    if not at < until <= at + LONGEST_DELEGATION:
        refused.append(Refusal("delegation_too_long", {"days": LONGEST_DELEGATION.days}, member="until"))
    return refused + why_not_receive(to, role_code)


def why_not_end(by: Granter, person: UUID, role_code: str, body: str, ended: bool) -> list[Refusal]:
    """Every reason against ending a role; anybody may lay down their own."""
    if ended:
        return [Refusal("wrong_state")]
    granters: Collection[str] = ROLES[role_code].granters
    if by.person == person or by.role in (OPERATOR, NODE):
        return []
    if by.role in granters and by.body == body:
        return []
    return [Refusal("not_permitted")]
