"""A service from home in short for the tour: from a firm's enquiry through a profile and a yes to milestones and payment.

The worker of the first case goes this way too. Terms that would leave them open are tried and refused, and what this way
has not (a certificate, a flight, a Protector) is looked for on both sides and must not be there.
"""

from __future__ import annotations

from rahdari.project.launch.thread_tour import INTERVIEW, INTERVIEW_IN
from rahdari.project.launch.tour_step import ARRIVES, MINUTE, TODAY_JP, UUID, Form, Step, act, heard, in_days, refused, sign_in

WORKER, CLIENT = ("pk", "worker"), ("jp", "employer")
OFFICER, CONTACT_JP, CONTACT_PK = ("pk", "oec_officer"), ("jp", "contact_jp"), ("pk", "contact_pk")
TEXT = f"I build web services in Python, tour {MINUTE}."
ENQUIRY = {
    "asked.work_kind": "remote",
    "asked.mode": "remote",
    "asked.occupation": "2512",
    "asked.skills": "Python\nweb services",
    "asked.people": "1",
    "asked.note": f"From home, tour {MINUTE}.",
}
PROFILE = {"text": TEXT, "isco": "2512", "years": "4", "skills": "Python"}
CASE, TERMS, MILESTONE = "/en/cases/{case_s}/", "/en/terms/{case_s}/", "/en/terms/milestones/{m_%s}/"
FIRST_TIME = f"{in_days(6)}T{9 + MINUTE // 10 % 10:02}:{MINUTE % 10 * 6:02}:00+05:00"  # not that of the other ways
SERVICE = {
    "scope": "Build the web service described in annex 1 and hand over its source.",
    "begins_on": in_days(0),
    "milestones.0.title": "Design",
    "milestones.0.money.amount": "150,000",
    "milestones.0.money.currency": "JPY",
    "milestones.0.due_on": in_days(20),
    "payment.days": "30",
    "payment.bank": "Invented Bank",
    "payment.charges": "client",
    "payment.late_interest": "14.6",
    "rate_day": "payment",
    "rights.owner": "client",
    "rights.passes": "payment",
    "rights.until_paid": "worker",
    "secrecy.who": "both",
    "secrecy.months": "24",
    "trial": "none",
    "tax.japan": "nothing_withheld",
    "tax.pakistan": "worker_declares",
    "law": "law_japan",
    "dispute.way": "mediation",
    "dispute.place": "Tokyo",
    "ending.notice_days": "30",
    "ending.pays": "work_done",
    "language": "en",
}


def _terms(**changed: str) -> Form:
    told = SERVICE | {name.replace("__", "."): value for name, value in changed.items()}
    return {f"terms.{name}": value for name, value in told.items()} | {"client_signed_on": in_days(0)}


def _revealed() -> tuple[Step, ...]:
    """Stations 1 to 7: the enquiry, a profile without a name, and the worker's yes."""
    enquiry, theirs = "/en/enquiries/{enquiry_s}/", "/en/enquiries/{enquiry_there}/"
    shown = rf'(?s)href="/en/file/shown/{UUID}/"'
    return (
        *sign_in(*OFFICER, "oec-officer"),
        *sign_in(*CONTACT_JP, "contact-point"),
        *sign_in(*CONTACT_PK, "contact-point"),
        act(*WORKER, "5 worker publishes skills without a name", "/en/file/profile/publish/", PROFILE),
        act(*CLIENT, "1 firm asks for somebody who works from home", "/en/enquiries/ask/", ENQUIRY,
            keep={"enquiry_s": rf"/enquiries/{UUID}/", "number_s": r"(JP-E-\d{4}-[0-9A-F]{6})"}),
        act(*CONTACT_JP, "1 contact point sends it on", enquiry + "forward/", {}),
        Step("pk", "pk heard: the enquiry", "/en/enquiries/", visitor="oec_officer", within=ARRIVES,
             keep={"enquiry_there": rf'href="/en/enquiries/{UUID}/"'}, texts=("{number_s}",)),
        act(*OFFICER, "5 officer takes it", theirs + "assign/", {}, texts=(f"tour {MINUTE}",), within=ARRIVES),
        Step("pk", "5 officer reads the profiles", theirs + "answer/?work=", visitor="oec_officer", texts=(TEXT,),
             absent=("ZARGHUNA",), keep={"profile_s": rf'(?s)value="(T-[^"]+|[^"]+)">(?:(?!name="profiles").)*?{TEXT[:31]}'}),
        act(*OFFICER, "5 officer shows it without a name", theirs + "answer/",
            {"profiles": "{profile_s}", "fitting": "1", "next_step": "Ask who it is."}),
        Step("jp", "jp heard: the profile", enquiry, visitor="employer", within=ARRIVES, texts=(TEXT,), absent=("ZARGHUNA",),
             keep={"shown_s": shown}),
        act(*CLIENT, "7 firm asks who it is", "/en/file/shown/{shown_s}/ask/", {"purpose": "A web service, from home."}),
        Step("pk", "7 worker is asked", "/en/file/asked/", visitor="worker", within=ARRIVES, texts=("A web service, from home.",),
             keep={"reveal_s": rf"/file/asked/{UUID}/answer/"}),
        Step("pk", "7 worker reads what a yes begins", "/en/file/asked/{reveal_s}/answer/", visitor="worker",
             texts=("Work from home for a client in Japan",)),
        act(*WORKER, "7 worker says yes to this firm", "/en/file/asked/{reveal_s}/answer/",
            {"answer": "yes", "contact": "worker@example.com"}),
        Step("jp", "7 firm reads who it is, and the case", "/en/file/shown/{shown_s}/", visitor="employer", within=ARRIVES,
             texts=("ZARGHUNA KHAN", "Go on with this person"), keep={"case_s": rf'href="/en/cases/{UUID}/"'}),
    )  # fmt: skip


def _agreed() -> tuple[Step, ...]:
    """Stations 8 to 11: interview, offer, what an offer may not say, and the worker's one signature."""
    offer = TERMS + "service/"
    wrong = (
        ({"payment__late_interest": "1"}, "interest_too_low", "The interest on a late payment is at least"),
        ({"payment__days": "61"}, "payment_too_late", "days of its delivery at the latest"),
        ({"rights__until_paid": "client"}, "ip_unsettled", "without contradiction"),
        ({"trial": "unpaid"}, "unpaid_trial", "Nobody works unpaid"),
    )
    return (
        act(*CLIENT, "8 client sets an interview", CASE + "interview/", INTERVIEW | {"starts_at": FIRST_TIME}),
        heard(*WORKER, "the interview", CASE + "line/", "It is your turn"),
        act(*WORKER, "8 worker proposes another time", CASE + "answer/", {"answer": "no", "other_times_0": "{interview_s}"},
            moments={"interview_s": INTERVIEW_IN}),
        heard(*CLIENT, "Interview answered", CASE),
        act(*CLIENT, "8 client takes the worker's time", CASE + "interview/", INTERVIEW | {"starts_at": "{interview_s}"}),
        refused(*CLIENT, "9 client offers an employment", TERMS + "offer/", None, "not_found", "There is no such page", 404),
        *(refused(*CLIENT, f"9 client offers: {code}", offer, _terms(**changed), code, said, within=INTERVIEW_IN + ARRIVES)
          for changed, code, said in wrong),
        act(*CLIENT, "9 client offers the service", offer, _terms(), within=INTERVIEW_IN + ARRIVES),
        heard(*WORKER, "the offer", CASE + "line/", "/en/terms/{case_s}/service/agree/"),
        Step("pk", "10 worker reads it in Urdu", "/ur/terms/{case_s}/service/agree/", visitor="worker",
             texts=("¥150,000", "Hinata Care", 'lang="ja"')),
        refused("pk", "worker_2", "11 another worker signs", TERMS + "service/agree/", None, "not_own_case",
                "There is no such page", 404),
        act(*WORKER, "10, 11 worker signs", TERMS + "service/agree/", {}),
        heard(*CLIENT, "Service contract signed", CASE),
        Step("jp", "12 no certificate is asked for", CASE, visitor="employer",
             absent=("Certificate of eligibility", "/en/departures/{case_s}/", "Visa", "Departed")),
        refused("pk", "protector", "14 Protector looks for the case", CASE, None, "not_found", "There is no such page", 404),
    )  # fmt: skip


def _delivered() -> tuple[Step, ...]:
    """Stations 17 to 19: work, a milestone delivered, given back, accepted and paid, and the end."""
    here, there = MILESTONE % "pk", MILESTONE % "jp"
    one = rf'href="/en/terms/milestones/{UUID}/"'
    paid = {"money.amount": "150,000", "money.currency": "JPY", "paid_on": TODAY_JP.isoformat()}
    return (
        act(*CLIENT, "17 client tells that the work has begun", TERMS + "service/begin/", {}),
        Step("pk", "pk heard: work begun", TERMS, visitor="worker", within=ARRIVES, texts=("Work begun",), keep={"m_pk": one}),
        Step("jp", "18 client reads the milestones", TERMS, visitor="employer", texts=("Design",), keep={"m_jp": one}),
        refused("pk", "worker_2", "18 another worker delivers", here + "deliver/", None, "not_own_case",
                "There is no such page", 404),
        act(*WORKER, "18 worker delivers", here + "deliver/", {}, texts=("Milestone delivered",)),
        Step("jp", "jp heard: delivered", there, visitor="employer", within=ARRIVES, texts=("To be paid by",)),
        act(*CLIENT, "18 client gives it back", there + "return/", {"reason": "part_missing"}),
        Step("pk", "pk heard: given back", here, visitor="worker", within=ARRIVES, texts=("A part is missing",)),
        act(*WORKER, "18 worker delivers again", here + "deliver/", {}),
        act(*CLIENT, "18 client accepts", there + "accept/", {}, within=ARRIVES),
        refused(*CLIENT, "18 client pays less", there + "pay/", paid | {"money.amount": "149,999"}, "paid_less",
                "less than was agreed"),
        refused(*CLIENT, "18 client pays in dollars", there + "pay/", paid | {"money.currency": "USD"}, "other_currency",
                "It was agreed to pay in"),
        refused(*CLIENT, "19 client calls it finished unpaid", TERMS + "service/end/", {"reason": "service_finished"},
                "milestones_open", "not paid yet"),
        act(*CLIENT, "18 client tells the payment", there + "pay/", paid, texts=("Milestone paid",)),
        Step("pk", "pk heard: paid", here, visitor="worker", within=ARRIVES, texts=("Milestone paid", "150,000")),
        Step("pk", "the contact point sees it too", here, visitor="contact_pk", texts=("Milestone paid",)),
        act(*CLIENT, "19 client ends it", TERMS + "service/end/", {"reason": "service_finished"}),
        heard(*WORKER, "the end", TERMS, "Everything was delivered and paid"),
        Step("pk", "the line passes no visa and no flight", CASE + "line/", visitor="worker",
             texts=("Service contract signed", "Milestones, payment"), absent=("Visa", "Departed", "Certificate of eligibility")),
    )  # fmt: skip


def remote_way() -> tuple[Step, ...]:
    """The whole way of a service from home."""
    return (*_revealed(), *_agreed(), *_delivered())
