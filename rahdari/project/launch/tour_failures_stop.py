"""What stops a case on its way: a licence suspended between two steps, a field stopped by kind and date, a permission lost.

Each is lifted again, and the cases go on.
"""

from __future__ import annotations

from rahdari.project.launch.thread_tour import DEMAND, INTERVIEW
from rahdari.project.launch.tour_failures_case import EMPLOYER, PROMOTER, SHOW, case, line, nominates
from rahdari.project.launch.tour_failures_demand import FILE, HIGHER, HIGHEST, PAPERS, PAY, TWIN, correction
from rahdari.project.launch.tour_failures_exam import worker
from rahdari.project.launch.tour_step import ARRIVES, UUID, Form, Step, act, heard, in_days, refused, unchanged, under

BUREAU, SECOND, PROTECTOR = ("pk", "bureau_officer"), ("pk", "bureau_officer_2"), ("pk", "protector")
MINISTRY, FIRST_JP, SECOND_JP = ("jp", "mhlw_fields"), ("jp", "first_officer"), ("jp", "second_officer")
REGISTER, DESK = "/en/licences/?q=OP%26HRD%2F0001%2FPWR%2F2024", "/en/licences/desk/{promoter}/"
FIELD, ORDER = "/en/fields/NURSING_CARE/", "/en/fields/orders/{stop}/"
HELD, NO_LONGER = "<b>Held</b>", "Case moved to another way"
AT_NOON = INTERVIEW | {"starts_at": f"{in_days(9)}T12:00:00+05:00"}
SUSPENSION = {
    "ground": "false_documents",
    "known_by": "number",
    "shown_cause_on": in_days(-9),
    "hearing_on": in_days(-1),
    "law": "Emigration Ordinance 1979, section 12 (invented case)",
    "appeal_until": in_days(30),
}
FIGURES = {"residents": "54,000", "residents_as_of": "2026-09-30", "ceiling": "54,100"}
KINDS = ("coe", "change_of_status", "change_of_employer", "extension")
NOTHING = {f"{kind}_effect": "none" for kind in KINDS} | {f"{kind}_test": "filed" for kind in KINDS}


def _edition(effective: int, text: str, **effects: str) -> Form:
    return NOTHING | effects | {"effective_from": in_days(effective), "text": f"Invented order of the tour: {text}."}


def licence_suspended() -> tuple[Step, ...]:
    """Between the nomination of one and of the next the licence of the promoter is suspended, and holds again."""
    nomination = {"rule": "declared_criteria", "rank": "3"}
    return under(
        "What does not pass · between two steps: the licence of the promoter is suspended, and restored",
        Step("pk", "Bureau finds the licence", REGISTER, visitor="bureau_officer", keep={"promoter": rf"/licences/{UUID}/"}),
        refused(*BUREAU, "suspended for a like name alone", DESK + "suspend/", SUSPENSION | {"known_by": "name"},
                "name_match_only", "A like name alone never suspends"),
        refused(*BUREAU, "suspended before the hearing", DESK + "suspend/", SUSPENSION | {"hearing_on": in_days(9)}, "not_heard",
                "The holder must be heard first"),
        act(*BUREAU, "Bureau enters the suspension", DESK + "suspend/", SUSPENSION),
        refused(*BUREAU, "decides on what they entered", DESK + "decide/", {}, "four_eyes",
                "Nobody decides on what they entered themselves", 403),
        unchanged("jp", "anyone", "what waits for its second officer", REGISTER, ">suspended<", texts=("Sitara Promoters",)),
        act(*SECOND, "second officer decides it", DESK + "decide/", {}),
        Step("jp", "jp heard: the licence is suspended", REGISTER, texts=(">suspended<",), within=ARRIVES),
        heard(*EMPLOYER, "the case is held", case("3"), HELD),
        heard(*worker("5"), "the case is held", line("5"), "Your case is held"),
        refused(*PROMOTER, "7 nominates without a licence", case("5") + "nominate/", nomination, "licence_not_valid",
                "does not hold"),
        refused(*EMPLOYER, "8 invites to an interview", case("3") + "interview/", AT_NOON, "case_held", "This case is held"),
        act(*BUREAU, "Bureau enters that it holds again", DESK + "restore/", {"ground": "matter_settled"}),
        act(*SECOND, "second officer decides it", DESK + "decide/", {}),
        Step("jp", "jp heard: the licence is valid again", REGISTER, texts=("valid again",), within=ARRIVES),
        heard(*EMPLOYER, NO_LONGER, case("3"), absent=(HELD, "<b>Time of the interview set</b>")),
        nominates("5", 3),
    )  # fmt: skip


def field_stopped() -> tuple[Step, ...]:
    """An order that begins later, one for another kind of application, and one that stops a nomination; then lifted."""
    later = _edition(20, "later", coe_effect="not_issued")
    return under(
        "What does not pass · an order on the field: by its date, by its kind, and lifted",
        act(*MINISTRY, "ministry asks for a stop", FIELD + "ask-stop/", FIGURES | {"reason": "stop_ceiling_forecast"}),
        act(*FIRST_JP, "order from a later day on", FIELD + "announce/", later | {"announced_on": in_days(0)},
            keep={"stop": rf"/fields/orders/{UUID}/"}),
        act(*SECOND_JP, "second officer decides", ORDER + "decide/", {}),
        heard("pk", "anyone", "the order", FIELD, "Invented order of the tour: later."),
        nominates("7", 4),
        act(*FIRST_JP, "changed: extensions alone", ORDER + "change/", _edition(0, "extensions", extension_effect="refused")
            | {"reason": "change_effect"}),
        act(*SECOND_JP, "second officer decides", ORDER + "decide/", {}),
        heard("pk", "anyone", "the change", FIELD, "Invented order of the tour: extensions."),
        nominates("9", 5),
        act(*FIRST_JP, "changed: certificates, from today", ORDER + "change/", _edition(0, "certificates",
            coe_effect="not_issued") | {"reason": "change_effect"}),
        act(*SECOND_JP, "second officer decides", ORDER + "decide/", {}),
        heard("pk", "anyone", "the change", FIELD, "Invented order of the tour: certificates."),
        heard(*worker("3"), "the case is held", line("3"), "an order stops the field"),
        heard(*EMPLOYER, "the case is held", case("3"), HELD),
        refused(*EMPLOYER, "8 invites to an interview", case("3") + "interview/", AT_NOON, "case_held", "This case is held"),
        refused(*EMPLOYER, "1 files for the stopped field", FILE, DEMAND, "field_suspended", "An order stands or is announced",
                files=PAPERS),
        act(*MINISTRY, "ministry asks to lift it", FIELD + "ask-lift/", FIGURES | {"reason": "lift_ceiling_raised"}),
        act(*SECOND_JP, "second officer lifts it", ORDER + "lift/", {"lifted_on": in_days(0)}),
        Step("jp", "jp heard: the case goes on", case("3"), texts=(NO_LONGER,), absent=(HELD,), visitor="employer",
             within=ARRIVES),
        unchanged(*worker("3"), "no longer held", line("3"), "Your case is held"),
    )  # fmt: skip


def permission_lost() -> tuple[Step, ...]:
    """A permission falls because the pay was changed, is given again; the demand is withdrawn, and its case let go."""
    place = "/en/jobs/demands/{demand_c}/"
    raised, reason = {PAY: HIGHEST}, "terms_better"
    return under(
        "What does not pass · a permission that falls and is given again; a demand withdrawn under its applicants",
        act(*worker("9"), "5 worker applies", "/en/cases/apply/{vacancy_c}/", SHOW, keep={"case_c": rf"/cases/{UUID}/line/"}),
        act(*EMPLOYER, "1 employer raises the pay", place + "correct/", correction(TWIN | {PAY: HIGHER}, reason, **raised)),
        heard(*PROTECTOR, "Permission ended", place),
        heard(*EMPLOYER, "Permission ended", place),
        heard(*worker("9"), "the application is held", line("c"), "the demand has no permission"),
        refused(*PROMOTER, "4 publishes without permission", place + "publish/", {"places": "1", "closes_on": in_days(20),
                "costs.0.code": "OEP_SERVICE_PLACEMENT", "costs.0.money.amount": "0", "costs.0.money.currency": "PKR",
                "costs.0.payer": "employer"}, "no_permission", "There is no permission for this demand"),
        act(*PROTECTOR, "3 Protector permits it again", place + "permit/", {}),
        Step("jp", "jp heard: permitted again", place, texts=("<b>Demand permitted</b>", '<span class="lz ok">permitted'),
             visitor="employer", within=ARRIVES),
        Step("pk", "the application goes on", line("c"), texts=("LAIBA TAREEN",), absent=("Your case is held",),
             visitor="worker_9", within=ARRIVES),
        act(*EMPLOYER, "1 employer withdraws it", place + "withdraw/", {"reason": "withdrawn"}),
        heard(*PROMOTER, "Demand withdrawn", place),
        heard(*worker("9"), "let go, and why", line("c"), "The employer withdrew this work"),
        refused(*EMPLOYER, "1 withdraws where a contract is signed", "/en/jobs/demands/{demand}/withdraw/",
                {"reason": "withdrawn"}, "contracts_signed", "contracts are signed. They go on"),
        unchanged(*PROMOTER, "the demand with a contract", "/en/jobs/demands/{demand}/", "<b>Demand withdrawn</b>"),
    )  # fmt: skip
