"""An employer's own offer in short for the tour: no permission, no vacancy anybody publishes, nobody who recruits.

The worker of the first case goes this way too, for their tests hold; what the other route has and this one has not is tried
and refused.
"""

from __future__ import annotations

from rahdari.project.launch.thread_tour import CHECK, DEMAND, FIRST_TIME, INTERVIEW, INTERVIEW_IN, receipts
from rahdari.project.launch.tour_step import ARRIVES, MINUTE, PDF, UUID, Form, Step, act, heard, in_days, refused

DIRECT = DEMAND | {
    "asked.route": "direct",
    "asked.promoter": "",
    "asked.promoter_licence": "",
    "asked.places": "1",
    "asked.terms.pay_basic.amount": f"{200_000 + MINUTE:,}",
}
FEES = {"REGISTRATION": "2,500", "OPF_WELFARE": "4,000", "STATE_LIFE": "2,500", "OEC_PROMOTION": "200"}
WORKER, EMPLOYER, PROTECTOR = ("pk", "worker"), ("jp", "employer"), ("pk", "protector")
CASE, TERMS, JOURNEY = "/en/cases/{case_d}/", "/en/terms/{case_d}/", "/en/departures/{case_d}/"


def state_fees() -> Form:
    """The fees of the state, which the worker pays at a bank; the employer tells them with their ground."""
    line = {"currency": "PKR", "payer": "worker", "payee": "government", "basis": "fee of the state", "channel": "bank"}
    told = {item: amount.replace(",", "") for item, amount in FEES.items()}
    return {
        f"lines.{number}.{name}": value
        for number, (item, amount) in enumerate(told.items())
        for name, value in {**line, "code": item, "amount": amount}.items()
    }


def _offered() -> tuple[Step, ...]:
    """Stations 1 to 9: the employer files, hands the address over, and chooses."""
    place, offer = "/en/jobs/demands/{demand_d}/", "/en/jobs/{demand_d}/"
    return (
        act(*EMPLOYER, "1 employer files its own offer", "/en/jobs/demands/file/", DIRECT, files={"letter": ("letter.pdf", PDF)},
            keep={"demand_d": rf"/jobs/demands/{UUID}/"}),
        Step("jp", "the address for the worker it wants", place, texts=("/en/jobs/{demand_d}/",), visitor="employer"),
        heard("pk", "attache", "demand filed", place, "Hinata Care"),
        Step("pk", "a stranger with the address signs in first", offer, status=302),
        refused("pk", "promoter_manager", "a promoter does not see it", offer, None, "not_found", "There is no such page", 404),
        Step("pk", "on no list", "/en/jobs/?q=Hinata", absent=("/en/jobs/{demand_d}/",)),
        act("pk", "attache", "2 attaché attests it", place + "attest/", {}),
        refused(*PROTECTOR, "3 Protector permits it", place + "permit/", {}, "permission_not_on_route", "needs no permission"),
        Step("pk", "worker opens it", offer, texts=("Nobody stands between you and the employer.",), visitor="worker"),
        act(*WORKER, "5 worker applies", "/en/cases/apply/{demand_d}/", {"show_file": "on"},
            keep={"case_d": rf"/cases/{UUID}/line/"}),
        refused("pk", "promoter_manager", "7 promoter names the worker", CASE + "nominate/", None, "not_own_case",
                "There is no such page", 404),
        act(*WORKER, "7 worker sends the file", CASE + "nominate/", {"rule": "by_the_employer", "rank": "1"}),
        heard(*EMPLOYER, "Nominated to the employer", CASE),
        act(*EMPLOYER, "8 employer sets an interview", CASE + "interview/", INTERVIEW | {"starts_at": FIRST_TIME}),
        heard(*WORKER, "the interview", CASE + "line/", "It is your turn"),
        act(*WORKER, "8 worker proposes other times", CASE + "answer/", {"answer": "no", "other_times_0": "{interview_d}"},
            moments={"interview_d": INTERVIEW_IN}),
        heard(*EMPLOYER, "Interview answered", CASE),
        act(*EMPLOYER, "8 employer takes the worker's time", CASE + "interview/", INTERVIEW | {"starts_at": "{interview_d}"}),
        act(*EMPLOYER, "9 employer offers the terms", TERMS + "offer/", {"employer_signed_on": in_days(0)},
            within=INTERVIEW_IN + ARRIVES),
        heard(*WORKER, "the offer", CASE + "line/", "/en/terms/{case_d}/terms/"),
    )  # fmt: skip


def _signed() -> tuple[Step, ...]:
    """Stations 10 to 13."""
    coe = {"bureau": "TOKYO", "receipt_no": "TYO-{case_d}", "council_member": "on"}
    return (
        act(*WORKER, "10 worker confirms the terms", TERMS + "terms/", {}),
        act(*EMPLOYER, "10 employer declares the costs", TERMS + "costs/", state_fees()),
        act(*WORKER, "10 worker confirms the costs alone", TERMS + "costs/confirm/", {"alone": "on"}, within=ARRIVES),
        act(*WORKER, "11 worker signs", TERMS + "sign/", {"lands_on": in_days(30), "health_fit": "on"},
            keep={"hash_d": r'class="code">([0-9a-f]{64})<'}),
        heard(*EMPLOYER, "Contract signed", CASE),
        act(*EMPLOYER, "12 employer records the guidance", "/en/residence/{case_d}/guidance/",
            {"minutes": "180", "language": "ur", "confirmed": "on"}),
        act(*EMPLOYER, "12 employer applies for the certificate", JOURNEY + "certificate/", coe),
        act("jp", "isa_regional", "12 bureau issues it", JOURNEY + "certificate/decide/", {"coe_number": "COE-{case_d}"}),
        act(*WORKER, "13 worker asks for the visa", JOURNEY + "visa/", {}, within=ARRIVES),
        act("jp", "visa_desk", "13 visa desk records it", JOURNEY + "visa/decide/", {}, within=ARRIVES),
    )  # fmt: skip


def direct_way() -> tuple[Step, ...]:
    """The whole way of an employer's own offer."""
    paid = receipts(in_days(0), FEES)
    flight = {"flight": "PK898", "leaves_from": "ISB", "airport": "HND", "leaves_at": "{leaves_d}", "eta": "{eta_d}"}
    return (
        *_offered(),
        *_signed(),
        refused(*WORKER, "14 the fees of another route", JOURNEY + "registration/", receipts(in_days(0)), "fees_wrong",
                "fee", within=ARRIVES),
        act(*WORKER, "14 worker applies with the receipts", JOURNEY + "registration/", paid),
        act(*PROTECTOR, "14 Protector clears", JOURNEY + "clearance/", {"terms_hash": "{hash_d}"}, texts=("C-PEW-",)),
        Step("pk", "14 the worker has the pass", JOURNEY + "pass/", texts=("C-PEW-", "<svg"), visitor="worker",
             keep={"pass_d": r'checks/paper/#([\w.-]+)"'}),
        act(*EMPLOYER, "14 employer checks the pass by Pakistan's key", CHECK, {"paper": "{pass_d}"}, texts=("C-PEW-",)),
        act(*WORKER, "15 worker books the flight", JOURNEY + "flight/", flight, moments={"leaves_d": 3600, "eta_d": 15 * 3600}),
        act(*PROTECTOR, "15 airport desk records the departure", JOURNEY + "departed/", {}),
        heard(*EMPLOYER, "Departed", CASE),
        act(*EMPLOYER, "16 employer confirms the arrival", JOURNEY + "arrived/", {"airport": "HND", "picked_up": "on"}),
        act(*EMPLOYER, "17 employer tells the first day of work", "/en/residence/{case_d}/work/", {}),
        Step("pk", "the line passes 3 and 4 by", CASE + "line/", texts=("not on this way",), visitor="worker",
             within=ARRIVES),
    )  # fmt: skip
