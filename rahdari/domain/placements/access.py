"""Who may do what with a case: the worker applies and answers, recruiters nominate, the employer interviews and decides."""

from __future__ import annotations

from typing import Any

from rahdari.base.access import Clause, anyone, by_node, by_partner, in_role, on_node, permits, signed_in
from rahdari.base.actor import Actor

RECRUITERS = ("promoter_manager", "oec_officer")
DESKS = (
    "protector", "bureau_officer", "contact_point_pk", *RECRUITERS, "promoter_clerk", "attache",
    "employer", "placement_business", "support_org", "contact_point_jp", "isa_regional", "visa_desk",
)  # fmt: skip


def _recruits(actor: Actor, case: Any) -> bool:
    return bool(actor.body) and case.promoter == actor.body


def _names(actor: Actor, case: Any) -> bool:
    """Whoever recruits for the case; where nobody does, its worker."""
    if actor.role == "worker":
        return not case.promoter and _own_case(actor, case)
    return _recruits(actor, case)


def _own_case(actor: Actor, case: Any) -> bool:
    return actor.person is not None and case.worker == actor.person


def _for_employer(actor: Actor, case: Any) -> bool:
    return bool(actor.body) and actor.body in (case.employer, case.placement_business)


def _takes_interview(actor: Actor, _: Any) -> bool:
    """On Japan's node those who take the step; on Pakistan's node those who enter it from paper."""
    roles = {"jp": ("employer", "placement_business"), "pk": RECRUITERS}
    return actor.role in roles.get(actor.node, ())


def _decides(actor: Actor, _: Any) -> bool:
    return actor.role in {"jp": ("employer",), "pk": RECRUITERS}.get(actor.node, ())


def _of_case(actor: Actor, case: Any) -> bool:
    return _for_employer(actor, case) if actor.node == "jp" else _recruits(actor, case)


def _of_demand(actor: Actor, subject: Any) -> bool:
    """The employer or placement business of a demand, or of the demand a timetable is for."""
    demand = getattr(subject, "demand", subject)
    return bool(actor.body) and actor.body in (demand.employer, demand.placement_business)


recruits = Clause("recruits for the case", _recruits, "not_own_case", of_subject=True)
names = Clause("recruits for the case, or is its worker where nobody does", _names, "not_own_case", of_subject=True)
own_case = Clause("of one's own", _own_case, "not_own_case", of_subject=True)
of_case = Clause("a part in the case", _of_case, "not_own_case", of_subject=True)
interviews = Clause("sets interviews, or enters them from paper", _takes_interview)
decides = Clause("decides on candidates, or enters it from paper", _decides)
of_demand = Clause("a part in the demand", _of_demand, "not_own_demand", of_subject=True)


def _at_event(actor: Actor, _: Any) -> bool:
    """Employers on Japan's node; on Pakistan's the corporation, and workers for themselves."""
    return actor.role in {"jp": ("employer",), "pk": ("worker", "oec_officer")}.get(actor.node, ())


def _of_slot(actor: Actor, case: Any) -> bool:
    return _own_case(actor, case) if actor.role == "worker" else _of_case(actor, case)


def _own_event(actor: Actor, event: Any) -> bool:
    return bool(actor.body) and (event.home, event.body) == (actor.node, actor.body)


def _plans(actor: Actor, _: Any) -> bool:
    return actor.role in {"jp": ("employer",), "pk": ("oec_officer",)}.get(actor.node, ())


def _asked_to_take(actor: Actor, move: Any) -> bool:
    return bool(actor.body) and move.promoter == actor.body


asked_to_take = Clause("chosen by the worker", _asked_to_take, "not_own_case", of_subject=True)
at_event = Clause("takes or gives times of an announced day", _at_event)
plans = Clause("announces days: employers in Japan, the corporation in Pakistan", _plans)
of_slot = Clause("a part in the case", _of_slot, "not_own_case", of_subject=True)
own_event = Clause("announced the day", _own_event, "not_own_event", of_subject=True)
timetables = (on_node("jp"), signed_in, in_role("employer", "placement_business"))
worker = (on_node("pk"), signed_in, in_role("worker"))
someone = Clause("signed in, or the node itself", lambda actor, _: actor.known or actor.role == "node", "sign_in_first")

PERMITS = permits(
    "placements",
    {
        "see_cases": (signed_in, in_role(*DESKS)),
        "see_case": (signed_in, in_role(*DESKS)),
        "see_lines": (signed_in, in_role("worker")),
        "see_line": (signed_in, in_role("worker")),
        "file_application": worker,
        "follow_file": (on_node("pk"), in_role("node")),
        "nominate_candidate": (on_node("pk"), signed_in, in_role(*RECRUITERS, "worker"), names),
        "set_interview": (signed_in, interviews, of_case),
        "answer_interview": (*worker, own_case),
        "record_decision": (signed_in, decides, of_case),
        "record_step": (someone,),
        "record_changed_terms": (on_node("jp"), signed_in, in_role("employer"), of_case),
        "release_selected": (on_node("jp"), signed_in, in_role("employer"), of_case),
        "mirror_nomination": (on_node("jp"), by_partner),
        "mirror_interview": (on_node("pk"), by_partner),
        "mirror_answer": (on_node("jp"), by_partner),
        "mirror_decision": (on_node("pk"), by_partner),
        "open_service_case": (on_node("pk"), by_node),
        "end_service_case": (on_node("pk"), by_node),
        "end_cases": (in_role("node"),),
        "hold_cases": (on_node("pk"), by_node),
        "release_cases": (on_node("pk"), by_node),
        "mirror_hold": (on_node("jp"), by_partner),
        "see_turns": (signed_in, in_role(*RECRUITERS, "promoter_clerk", "employer")),
        "see_shortlist": (on_node("pk"), signed_in, in_role(*RECRUITERS)),
        "declare_ranking": (on_node("pk"), signed_in, in_role(*RECRUITERS)),
        "refuse_application": (on_node("pk"), signed_in, in_role(*RECRUITERS), recruits),
        "reopen_application": (on_node("pk"), signed_in, in_role(*RECRUITERS), recruits),
        "mirror_withdrawal": (on_node("jp"), by_partner),
        "withdraw_application": (*worker, own_case),
        "explain_no_show": (*worker, own_case),
        "return_nomination": (on_node("jp"), signed_in, in_role("employer"), of_case),
        "record_no_show": (on_node("jp"), signed_in, in_role("employer"), of_case),
        "ask_move": (on_node("jp"), signed_in, in_role("employer", "placement_business"), of_case),
        "decide_move": (on_node("jp"), signed_in, in_role("contact_point_jp")),
        "see_timetables": timetables,
        "see_timetable": (*timetables, of_demand),
        "see_timetable_table": (*timetables, of_demand),
        "draft_timetable": (*timetables, of_demand),
        "send_timetable": (*timetables, of_demand),
        "withdraw_timetable": (*timetables, of_demand),
        "move_case": (*worker, own_case),
        "answer_move": (on_node("pk"), signed_in, in_role(*RECRUITERS), asked_to_take),
        "close_case": (on_node("pk"), signed_in, in_role("protector")),
        "see_events": (anyone,),
        "see_event": (anyone,),
        "see_event_list": (signed_in, in_role("employer", *RECRUITERS)),
        "plan_event": (signed_in, plans),
        "call_off_event": (signed_in, plans, own_event),
        "book_slot": (signed_in, at_event, of_slot),
        "mirror_event": (by_partner,),
        "seed_events": (on_node("pk"), in_role("node", "node_operator")),
        "tell_worker": (on_node("pk"), by_node),
        "mirror_slot": (on_node("jp"), by_partner),
    },
)
