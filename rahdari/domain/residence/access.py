"""Who may do what in residence so far: employer and support organisation guide, the employer files, the bureau decides."""

from __future__ import annotations

from typing import Any

from rahdari.base.access import Clause, by_partner, in_role, on_node, permits, signed_in
from rahdari.base.actor import Actor

# Step → who takes it on which node; on Pakistan's node the worker enters it from paper (actions.md, section 5).
CHANGES: dict[str, dict[str, tuple[str, ...]]] = {
    "file_change": {"jp": ("employer",), "pk": ("worker",)},
    "decide_change": {"jp": ("isa_regional", "employer"), "pk": ("worker",)},
    "refuse_change": {"jp": ("isa_regional", "employer"), "pk": ("worker",)},
}
OFFICES = ("attache", "isa_regional")
BEGINS = {"jp": ("employer",), "pk": ("attache", "worker")}


def _begins(actor: Actor, _: Any) -> bool:
    """On Japan's node the employer; on Pakistan's node those who enter it from paper."""
    return actor.role in BEGINS.get(actor.node, ())


def _part(actor: Actor, case: Any) -> bool:
    if actor.role == "worker":
        return actor.person is not None and case.worker == actor.person
    return actor.role in OFFICES or (bool(actor.body) and actor.body in (case.employer, case.support_org))


def _changes(step: str) -> Clause:
    return Clause(f"takes the step {step}, or enters it from paper", lambda a, _: a.role in CHANGES[step].get(a.node, ()))


begins = Clause("tells the first day of work, or enters it from paper", _begins)
part = Clause("a part in the case", _part, "not_own_case", of_subject=True)

PERMITS = permits(
    "residence",
    {
        "record_guidance": (on_node("jp"), signed_in, in_role("employer", "support_org"), part),
        "begin_work": (signed_in, begins, part),
        **{name: (signed_in, _changes(name), part) for name in CHANGES},
        "mirror_step": (by_partner,),
    },
)
