"""Work for somebody who lives in Japan already, in short for the tour: no mission, no Protector, no visa, no journey.

The worker of the first case goes this way too, for their tests hold; what the other routes have and this one has not is
tried and refused.
"""

from __future__ import annotations

from rahdari.project.launch.direct_tour import DIRECT, EMPLOYER, PROTECTOR, WORKER
from rahdari.project.launch.thread_tour import FIRST_TIME, INTERVIEW, INTERVIEW_IN
from rahdari.project.launch.tour_step import ARRIVES, MINUTE, PDF, UUID, Step, act, heard, in_days, refused

INSIDE = DIRECT | {"asked.route": "inside", "asked.terms.pay_basic.amount": f"{201_000 + MINUTE:,}"}
BUREAU = ("jp", "isa_regional")
CASE, TERMS, HERE = "/en/cases/{case_i}/", "/en/terms/{case_i}/", "/en/residence/{case_i}/"
STAY = {"bureau": "TOKYO", "receipt_no": "TYO-C-{case_i}", "from_status": "student", "months_used": "0"}


def _offered() -> tuple[Step, ...]:
    """Stations 1 to 9: the employer files, hands the address over, and chooses; nothing lies before an office."""
    place, offer, apply = "/en/jobs/demands/{demand_i}/", "/en/jobs/{demand_i}/", "/en/cases/apply/{demand_i}/"
    return (
        refused(*EMPLOYER, "1 another status of residence", "/en/jobs/demands/file/", INSIDE | {"asked.kind": "professional"},
                "kind_not_on_route", "This way is for another status", files={"letter": ("letter.pdf", PDF)}),
        act(*EMPLOYER, "1 employer files an offer for Japan", "/en/jobs/demands/file/", INSIDE,
            files={"letter": ("letter.pdf", PDF)}, keep={"demand_i": rf"/jobs/demands/{UUID}/"}),
        heard("pk", "attache", "demand filed", place, "Hinata Care"),
        refused("pk", "attache", "2 attaché attests it", place + "attest/", {}, "attestation_not_on_route",
                "no papers lie before the mission"),
        refused(*PROTECTOR, "3 Protector permits it", place + "permit/", {}, "permission_not_on_route", "needs no permission"),
        Step("pk", "worker opens it", offer, texts=("Nobody stands between you and the employer.", "who live in Japan"),
             visitor="worker"),
        refused(*WORKER, "5 worker does not live in Japan", apply, {"show_file": "on"}, "not_in_japan", "Say that you do"),
        act(*WORKER, "5 worker applies", apply, {"show_file": "on", "in_japan": "on"}, keep={"case_i": rf"/cases/{UUID}/line/"}),
        act(*WORKER, "7 worker sends the file", CASE + "nominate/", {"rule": "by_the_employer", "rank": "1"}),
        heard(*EMPLOYER, "Nominated to the employer", CASE),
        act(*EMPLOYER, "8 employer sets an interview", CASE + "interview/", INTERVIEW | {"starts_at": FIRST_TIME}),
        heard(*WORKER, "the interview", CASE + "line/", "It is your turn"),
        act(*WORKER, "8 worker proposes other times", CASE + "answer/", {"answer": "no", "other_times_0": "{interview_i}"},
            moments={"interview_i": INTERVIEW_IN}),
        heard(*EMPLOYER, "Interview answered", CASE),
        act(*EMPLOYER, "8 employer takes the worker's time", CASE + "interview/", INTERVIEW | {"starts_at": "{interview_i}"}),
        act(*EMPLOYER, "9 employer offers the terms", TERMS + "offer/", {"employer_signed_on": in_days(0)},
            within=INTERVIEW_IN + ARRIVES),
        heard(*WORKER, "the offer", CASE + "line/", "/en/terms/{case_i}/terms/"),
    )  # fmt: skip


def inside_way() -> tuple[Step, ...]:
    """The whole way of somebody who lives in Japan already."""
    council = {"council_member": "on"}
    filed = STAY | {"stay_ends_on": in_days(40)}
    return (
        *_offered(),
        act(*WORKER, "10 worker confirms the terms", TERMS + "terms/", {}),
        act(*EMPLOYER, "10 employer declares that nothing is paid", TERMS + "costs/", {}),
        act(*WORKER, "10 worker confirms the costs alone", TERMS + "costs/confirm/", {"alone": "on"}, within=ARRIVES),
        Step("pk", "11 nobody asks for a landing", TERMS + "sign/", absent=('name="lands_on"',), visitor="worker"),
        act(*WORKER, "11 worker signs", TERMS + "sign/", {"health_fit": "on"}),
        heard(*EMPLOYER, "Contract signed", CASE),
        refused(*EMPLOYER, "12 a certificate is applied for", "/en/departures/{case_i}/certificate/",
                {"bureau": "TOKYO", "receipt_no": "TYO-{case_i}", "council_member": "on"}, "nobody_travels", "Nobody departs"),
        refused(*EMPLOYER, "12 without the guidance", HERE + "change/", filed | council, "guidance_missing",
                "The guidance before departure is not recorded yet."),
        act(*EMPLOYER, "12 employer records the guidance", HERE + "guidance/",
            {"minutes": "180", "language": "ur", "confirmed": "on"}),
        refused(*EMPLOYER, "12 after the present stay", HERE + "change/", STAY | council | {"stay_ends_on": in_days(-3)},
                "stay_over", "A change must be applied for before that"),
        refused(*EMPLOYER, "12 the five years are used", HERE + "change/", filed | council | {"months_used": "60"},
                "five_years_used", "months that this status allows"),
        refused(*EMPLOYER, "17 work before the permission", HERE + "work/", {}, "before_permission",
                "before the change of status is permitted"),
        act(*EMPLOYER, "12 employer applies for the change", HERE + "change/", filed | council),
        heard(*WORKER, "the application", CASE + "line/", "Change of status of residence applied for"),
        refused(*BUREAU, "12 a stay beyond the tables", HERE + "change/decide/", {"last_on": in_days(6 * 366)}, "stay_too_long",
                "The stay can be permitted until"),
        refused(*BUREAU, "12 refused without a reason", HERE + "change/refuse/", {}, "reason_missing", "reason"),
        act(*BUREAU, "12 bureau refuses it", HERE + "change/refuse/", {"codes": "papers_missing"}),
        heard(*WORKER, "the refusal", CASE + "line/", "Change of status of residence refused"),
        act(*EMPLOYER, "12 employer applies again", HERE + "change/", filed | council),
        act(*BUREAU, "12 bureau permits it", HERE + "change/decide/", {"last_on": in_days(365)}),
        heard(*WORKER, "the permission", CASE + "line/", "Status of residence changed"),
        act(*EMPLOYER, "17 employer tells the first day of work", HERE + "work/", {}),
        Step("pk", "the line passes the journey by", CASE + "line/", texts=("not on this way", "Change of status of residence"),
             visitor="worker", within=ARRIVES),
    )  # fmt: skip
