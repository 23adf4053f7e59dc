"""An engineer for an employer's own offer, in short for the tour: a degree stands for the test, and there is no support plan.

The worker of the first case goes this way too; what the other ways have and this one has not is tried and refused.
"""

from __future__ import annotations

from rahdari.project.launch.direct_tour import DIRECT, EMPLOYER, FEES, PROTECTOR, WORKER, state_fees
from rahdari.project.launch.thread_tour import FIRST_TIME, INTERVIEW, INTERVIEW_IN, receipts
from rahdari.project.launch.tour_step import ARRIVES, MINUTE, PDF, UUID, Step, act, heard, in_days, refused

ENGINEER = DIRECT | {
    "asked.route": "professional",
    "asked.kind": "professional",
    "asked.field": "WORK_ICT",
    "asked.tests": "",
    "asked.professional.employer_category": "3",
    "asked.professional.working_language": "ja",
    "asked.terms.pay_basic.amount": f"{202_000 + MINUTE:,}",
}
DEGREE = {
    "kind": "university", "institution": "Swat Institute (invented)", "subject": "Software", "year": "2023",
    "recognition": "not_asked",
}  # fmt: skip
CASE, TERMS, JOURNEY = "/en/cases/{case_e}/", "/en/terms/{case_e}/", "/en/departures/{case_e}/"


def _among_people(file: str, letter: dict[str, tuple[str, bytes]]) -> tuple[Step, ...]:
    """Work that faces people at a small employer: a degree is not enough, the language of the work is asked too."""
    asked = {"asked.professional.faces_people": "on", "asked.terms.pay_basic.amount": f"{203_000 + MINUTE:,}"}
    return (
        act(*WORKER, "worker records a degree", "/en/file/degrees/record/", DEGREE),
        act(*EMPLOYER, "1 employer files an offer among people", file, ENGINEER | asked, files=letter,
            keep={"demand_p": rf"/jobs/demands/{UUID}/"}),
        heard("pk", "attache", "demand filed", "/en/jobs/demands/{demand_p}/", "Hinata Care"),
        act(*WORKER, "5 worker applies", "/en/cases/apply/{demand_p}/", {"show_file": "on"},
            keep={"case_p": rf"/cases/{UUID}/line/"}),
        refused(*WORKER, "7 worker's Japanese is below B2", "/en/cases/{case_p}/nominate/",
                {"rule": "by_the_employer", "rank": "1"}, "working_language_missing", "Work that faces people needs"),
    )  # fmt: skip


def _offered() -> tuple[Step, ...]:
    """Stations 1 to 9: the employer files, hands the address over, and chooses."""
    file, place, offer = "/en/jobs/demands/file/", "/en/jobs/demands/{demand_e}/", "/en/jobs/{demand_e}/"
    letter = {"letter": ("letter.pdf", PDF)}
    return (
        *_among_people(file, letter),
        refused(*EMPLOYER, "1 care as professional work", file, ENGINEER | {"asked.field": "NURSING_CARE"}, "work_not_on_route",
                "professional work by its own", files=letter),
        refused(*EMPLOYER, "1 an engineer with a test", file, ENGINEER | {"asked.tests": "JFT_BASIC"}, "tests_not_on_route",
                "and for no test", files=letter),
        act(*EMPLOYER, "1 employer files an offer for an engineer", file, ENGINEER, files=letter,
            keep={"demand_e": rf"/jobs/demands/{UUID}/"}),
        heard("pk", "attache", "demand filed", place, "Hinata Care"),
        act("pk", "attache", "2 attaché attests it", place + "attest/", {}),
        refused(*PROTECTOR, "3 Protector permits it", place + "permit/", {}, "permission_not_on_route", "needs no permission"),
        Step("pk", "worker opens it", offer, texts=("years of practice in the work", "no test is asked for"), visitor="worker"),
        act(*WORKER, "5 worker applies", "/en/cases/apply/{demand_e}/", {"show_file": "on"},
            keep={"case_e": rf"/cases/{UUID}/line/"}),
        act(*WORKER, "7 worker sends the file", CASE + "nominate/", {"rule": "by_the_employer", "rank": "1"}),
        heard(*EMPLOYER, "the degree", CASE, "Swat Institute (invented)"),
        act(*EMPLOYER, "8 employer sets an interview", CASE + "interview/", INTERVIEW | {"starts_at": FIRST_TIME}),
        heard(*WORKER, "the interview", CASE + "line/", "It is your turn"),
        act(*WORKER, "8 worker proposes other times", CASE + "answer/", {"answer": "no", "other_times_0": "{interview_e}"},
            moments={"interview_e": INTERVIEW_IN}),
        heard(*EMPLOYER, "Interview answered", CASE),
        act(*EMPLOYER, "8 employer takes the worker's time", CASE + "interview/", INTERVIEW | {"starts_at": "{interview_e}"}),
        act(*EMPLOYER, "9 employer offers the terms", TERMS + "offer/", {"employer_signed_on": in_days(0)},
            within=INTERVIEW_IN + ARRIVES),
        heard(*WORKER, "the offer", CASE + "line/", "/en/terms/{case_e}/terms/"),
    )  # fmt: skip


def professional_way() -> tuple[Step, ...]:
    """The whole way of an engineer."""
    flight = {"flight": "PK898", "leaves_from": "ISB", "airport": "HND", "leaves_at": "{leaves_e}", "eta": "{eta_e}"}
    return (
        *_offered(),
        act(*WORKER, "10 worker confirms the terms", TERMS + "terms/", {}),
        act(*EMPLOYER, "10 employer declares the costs", TERMS + "costs/", state_fees()),
        act(*WORKER, "10 worker confirms the costs alone", TERMS + "costs/confirm/", {"alone": "on"}, within=ARRIVES),
        act(*WORKER, "11 worker signs", TERMS + "sign/", {"lands_on": in_days(30), "health_fit": "on"},
            keep={"hash_e": r'class="code">([0-9a-f]{64})<'}),
        heard(*EMPLOYER, "Contract signed", CASE),
        refused(*EMPLOYER, "12 guidance of a support plan", "/en/residence/{case_e}/guidance/",
                {"minutes": "180", "language": "ur", "confirmed": "on"}, "guidance_not_on_route", "no support plan"),
        act(*EMPLOYER, "12 employer applies for the certificate", JOURNEY + "certificate/",
            {"bureau": "TOKYO", "receipt_no": "TYO-{case_e}"}),
        act("jp", "isa_regional", "12 bureau issues it", JOURNEY + "certificate/decide/", {"coe_number": "COE-{case_e}"}),
        act(*WORKER, "13 worker asks for the visa", JOURNEY + "visa/", {}, within=ARRIVES),
        act("jp", "visa_desk", "13 visa desk records it", JOURNEY + "visa/decide/", {}, within=ARRIVES),
        act(*WORKER, "14 worker applies with the receipts", JOURNEY + "registration/", receipts(in_days(0), FEES),
            within=ARRIVES),
        act(*PROTECTOR, "14 Protector clears", JOURNEY + "clearance/", {"terms_hash": "{hash_e}"}, texts=("C-PEW-",)),
        act(*WORKER, "15 worker books the flight", JOURNEY + "flight/", flight, moments={"leaves_e": 3600, "eta_e": 15 * 3600}),
        act(*PROTECTOR, "15 airport desk records the departure", JOURNEY + "departed/", {}),
        heard(*EMPLOYER, "Departed", CASE),
        act(*EMPLOYER, "16 employer confirms the arrival", JOURNEY + "arrived/", {"airport": "HND", "picked_up": "on"}),
        act(*EMPLOYER, "17 employer tells the first day of work", "/en/residence/{case_e}/work/", {}),
        Step("pk", "the line passes the tests by", CASE + "line/", texts=("not on this way", "passed through"),
             visitor="worker", within=ARRIVES),
    )  # fmt: skip
