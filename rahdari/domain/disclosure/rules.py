"""Who may see what a state told another, and what may not be told at all (protocol, section 5; MOC 3(2)).

The originator sets the level. A row is restricted by it only on the node that received it: what is authored on
a node is governed by the packages themselves. Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rahdari.base.refusal import Refusal
from rahdari.base.statements import LEVELS, Marking, Statement


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who wants to see, as the markings take them.

    `reads` is False for roles that see no content whatever body they act for (node operator, auditor, custodian);
    `contact_point` and `named_in_moc` are said of the body on this node's side.
    """

    node: str
    body: str = ""
    reads: bool = False
    contact_point: bool = False
    named_in_moc: bool = False


def why_not_see(marking: Marking, originator: str, viewer: Viewer) -> list[Refusal]:
    """`marked_closed` unless the marking opens the row to the viewer; what the viewer's own node authored is never closed."""
    if originator == viewer.node or _opens(marking, viewer):
        return []
    return [Refusal("marked_closed", {"level": f"level_{marking.level}"})]


def _opens(marking: Marking, viewer: Viewer) -> bool:
    if marking.level == "public":
        return True
    if not viewer.reads:
        return False
    if marking.level == "named_bodies":
        return viewer.body in marking.bodies
    return {"contact_point": viewer.contact_point, "authorities": viewer.named_in_moc}.get(marking.level, False)


def why_not_say(marking: Marking) -> list[Refusal]:
    """Why a marking cannot stand on a statement: an unknown level, `office`, bodies where the level names none.

    At `named_bodies` an empty list is allowed and means nobody.
    """
    against = []
    if marking.level not in LEVELS:
        against.append(Refusal("level_unknown", {"level": marking.level}, member="level"))
    if marking.level == "office":
        against.append(Refusal("office_never_leaves", member="level"))
    if marking.bodies and marking.level != "named_bodies":
        against.append(Refusal("bodies_without_level", {"level": f"level_{marking.level}"}, member="bodies"))
    return against


def told_by(statement: Statement) -> dict[str, Any]:
    """The columns of `models.Marked` for a row that mirrors what a partner told."""
    return {
        "home": statement.sender,
        "statement": statement.id,
        "statement_hash": statement.hash,
        "issued_at": statement.issued_at,
        "level": statement.marking.level,
        "bodies": list(statement.marking.bodies),
    }
