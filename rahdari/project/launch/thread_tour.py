"""One case through stations 1 to 17 for the tour: over both nodes, each step seen on both; and on Pakistan's node alone.

The second case is entered with every step of Japan's side from paper. People and firms are those of the demonstration,
papers are invented. The interview is held at a time the worker proposes, so that nobody waits two days for it; the
tests and the interview begin within seconds, and the tour waits for them. The tour may be taken again on the same nodes:
what may be said only once (the pay of a demand, the first time of an interview) is different in each.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from rahdari.project.launch.tour_step import (
    ARRIVES,
    MINUTE,
    PDF,
    TODAY_JP,
    UUID,
    Form,
    Step,
    act,
    heard,
    in_days,
    sign_in,
    sign_in_worker,
)

TESTS, INTERVIEW_IN = 12, 4  # seconds until the tests begin (both are booked by then), and until the interview
LICENCE, FIELD, EXAM = "OP&HRD/0001/PWR/2024", "NURSING_CARE", "NURSING_CARE_SKILL"


FILE = {
    "told.name": "ZARGHUNA KHAN",
    "told.birth_date": "2001-03-14",
    "told.sex": "F",
    "told.birthplace": "Peshawar",
    "told.passport_no": "ZZ7654321",
    "told.passport_until": "2036-03-14",
}
FILE_2 = FILE | {"told.name": "ARIF HUSSAIN", "told.sex": "M", "told.passport_no": "ZZ7654322"}
TERMS = {
    "pay_basic.amount": f"{198_000 + MINUTE:,}",  # no two tours ask for the same: the same demand is permitted once
    "pay_basic.currency": "JPY",
    "pay_basic.per": "month",
    "comparable_pay.amount": "198,000",
    "comparable_pay.currency": "JPY",
    "hours_week": "40",
    "days_year": "250",
    "overtime": "paid_by_law",
    "leave": "10",
    "length_months": "36",
    "housing.code": "employer_charged",
    "housing.money.amount": "24,000",
    "housing.money.currency": "JPY",
    "housing.m2": "18",
    "work_place": "fixed",
    "return_travel": "employer",
    "language": "en",
}
DEMAND = {
    "asked.route": "oep",
    "asked.kind": "ssw1",
    "asked.promoter": "pk:org:demo-promoter",
    "asked.promoter_licence": LICENCE,
    "asked.field": FIELD,
    "asked.places": "2",
    "asked.prefecture": "15",
    "asked.tests": f"{EXAM}\nJFT_BASIC",
    "asked.opens_on": in_days(1),
    "asked.closes_on": in_days(60),
    "power.from_on": in_days(-30),
    "power.until": in_days(300),
    "power.signatory": "Sato Kenji (invented)",
} | {f"asked.terms.{name}": value for name, value in TERMS.items()}
VACANCY = {
    "places": "2",
    "closes_on": in_days(30),
    "costs.0.code": "OEP_SERVICE_PLACEMENT",
    "costs.0.money.amount": "15,000",
    "costs.0.money.currency": "PKR",
    "costs.0.payer": "worker",
}
COSTS = {
    "lines.0.code": "OEP_SERVICE_PLACEMENT",
    "lines.0.amount": "15,000",
    "lines.0.currency": "PKR",
    "lines.0.payer": "worker",
    "lines.0.payee": "promoter",
    "lines.0.basis": "ceiling of the fee rules",
    "lines.0.channel": "bank",
}
FEES = {"REGISTRATION": "500", "OPF_WELFARE": "4,000", "STATE_LIFE": "2,500", "OEC_PROMOTION": "200"}
PAPER = {"paper.issuer": "Invented office", "paper.number": "17/2026", "paper.received_on": in_days(0)}
SCAN = {"paper.scan": ("paper.pdf", PDF)}
INTERVIEW = {"place": "video link (invented)", "language": "ja", "minutes": "5", "interpreter": "none"}
# By day and more than 48 hours ahead; another in each tour, for one that was broken off leaves its interview standing.
FIRST_TIME = f"{in_days(4)}T{9 + MINUTE // 10 % 10:02}:{MINUTE % 10 * 6:02}:00+05:00"
HOLDS = 'class="lz ok"'  # the sign of a licence that holds
PEOPLE = {
    "pk": ("attache", "protector", "promoter_manager", "promoter_clerk", "training_desk"),
    "jp": ("employer", "exam_body", "isa_regional", "visa_desk"),
}
WORKERS = {"worker": "+923000000101", "worker_2": "+923000000102"}


def receipts(paid_on: str, fees: Mapping[str, str] = FEES) -> Form:
    """The form of a registration: the fees of a route (by promoter, if none is named), paid at a bank, a row for each."""
    return {"insurance_no": "SLIC-1", "insured_on": paid_on, "oriented_on": paid_on} | {
        f"receipts.{number}.{name}": value
        for number, (item, amount) in enumerate(fees.items())
        for name, value in {"item": item, "amount": amount, "number": f"HBL-{number}", "paid_on": paid_on}.items()
    }


CHECK = "/en/checks/paper/"


def _entering(*nodes: str) -> tuple[Step, ...]:
    staff = [step for node in nodes for who in PEOPLE[node] for step in sign_in(node, who, who.replace("_", "-"))]
    return (*staff, *(step for who, phone in WORKERS.items() for step in sign_in_worker("pk", who, phone)))


def _demand() -> tuple[Step, ...]:
    """Stations 1 to 4."""
    papers = {"letter": ("letter.pdf", PDF), "attorney": ("attorney.pdf", PDF + b"attorney")}
    place = "/en/jobs/demands/{demand}/"
    return (
        act("jp", "employer", "1 employer files a demand", "/en/jobs/demands/file/", DEMAND, files=papers,
             keep={"demand": rf"/jobs/demands/{UUID}/"}),
        heard("pk", "attache", "demand filed", place, "Hinata Care"),
        act("pk", "attache", "2 attaché attests it", place + "attest/", {}),
        heard("jp", "employer", "Demand attested", place),
        act("pk", "protector", "3 Protector permits it", place + "permit/", {}),
        heard("jp", "employer", "Demand permitted", place),
        act("pk", "promoter_manager", "4 promoter publishes", place + "publish/", VACANCY,
             keep={"vacancy": rf"/jobs/{UUID}/"}),
        heard("jp", "employer", "Vacancy published", place),
    )  # fmt: skip


def _application(worker: str, file: Form, case: str, vacancy: str) -> tuple[Step, ...]:
    """Station 5: a file for life (there from an earlier tour perhaps), and the application."""
    return (
        act("pk", worker, "worker opens a file", "/en/file/open/", file, status=(200, 422)),
        act("pk", worker, "5 worker applies", f"/en/cases/apply/{{{vacancy}}}/", {"show_file": "on"},
             keep={case: rf"/cases/{UUID}/line/"}),
        Step("pk", "the line in Urdu", f"/ur/cases/{{{case}}}/line/", texts=('dir="rtl"',), visitor=worker),
    )  # fmt: skip


def _tests() -> tuple[Step, ...]:
    """Station 6: seats of the examiner for both tests, booked, and their results; both begin together, to wait once."""
    begins = "{begins}"
    opened: list[Step] = []
    booked: list[Step] = []
    held: list[Step] = []
    for exam, field, level in ((EXAM, FIELD, ""), ("JFT_BASIC", "", "JFT_A2")):
        sitting, number = f"sitting_{exam}", f"number_{exam}"
        seats = {"exam": exam, "field": field, "level": level, "venue": "Lahore (invented)", "seats": "5"}
        seats |= {"starts_at": begins, "booking_until": TODAY_JP.isoformat()}
        seats |= {"basis": "Invented figures of the tour"}  # an earlier tour may have left seats nobody took
        place = f"/en/exams/{{{sitting}}}/"
        result = {"results.0.number": f"{{{number}}}", "results.0.outcome": "pass", "results.0.identity_checked": "on"}
        opened.append(
            act("jp", "exam_body", f"6 seats for {exam}", "/en/exams/open/", seats, keep={sitting: rf"/exams/{UUID}/"},
                 moments={} if opened else {"begins": TESTS}),
        )  # fmt: skip
        booked += [
            heard("pk", "worker", f"seats for {exam}", place, "Lahore (invented)"),
            act("pk", "worker", f"6 worker books {exam}", place + "book/", {}),
            Step("jp", f"jp heard: who is booked for {exam}", place + "roster/", texts=("ZARGHUNA KHAN",), visitor="exam_body",
                 keep={number: r">(PK-[0-9A-Z]{10})<"}, within=ARRIVES),
        ]  # fmt: skip
        held += [
            act("jp", "exam_body", f"6 result of {exam}", place + "results/",
                 result | {"results.0.certificate_no": f"C-{{{number}}}"}, within=TESTS + ARRIVES),
            Step("pk", f"pk heard: result of {exam}", "/en/exams/", texts=(f"{{{number}}}", "passed"), visitor="worker",
                 within=ARRIVES),
        ]  # fmt: skip
    return (*opened, *booked, *held)


def _selection() -> tuple[Step, ...]:
    """Stations 7 to 9."""
    case, line = "/en/cases/{case}/", "/en/cases/{case}/line/"
    return (
        # Both results must have come; the page of the worker shows them together.
        act("pk", "promoter_manager", "7 promoter nominates", case + "nominate/", {"rule": "test_score", "rank": "1"},
             within=ARRIVES),
        heard("jp", "employer", "Nominated to the employer", case),
        act("jp", "employer", "8 employer sets an interview", case + "interview/", INTERVIEW | {"starts_at": FIRST_TIME}),
        heard("pk", "worker", "the interview", line, "It is your turn"),
        act("pk", "worker", "8 worker proposes other times", case + "answer/",
             {"answer": "no", "other_times_0": "{interview}"}, moments={"interview": INTERVIEW_IN}),
        heard("jp", "employer", "Interview answered", case),
        act("jp", "employer", "8 employer takes the worker's time", case + "interview/",
             INTERVIEW | {"starts_at": "{interview}"}),
        act("jp", "employer", "9 employer offers the terms", "/en/terms/{case}/offer/", {"employer_signed_on": in_days(0)},
             within=INTERVIEW_IN + ARRIVES),
        heard("pk", "promoter_manager", "Selected", case),
    )  # fmt: skip


def _contract(worker: str, case: str) -> tuple[Step, ...]:
    """Stations 10 and 11: the worker reads, confirms and signs."""
    place = f"/en/terms/{{{case}}}/"
    return (
        act("pk", worker, "10 worker confirms the terms", place + "terms/", {}),
        act("pk", "promoter_manager", "10 promoter declares the costs", place + "costs/", COSTS),
        act("pk", worker, "10 worker may not confirm in company", place + "costs/confirm/", {}, status=422,
            code="not_alone_in_session"),
        act("pk", worker, "10 worker confirms the costs alone", place + "costs/confirm/", {"alone": "on"}),
        act("pk", worker, "11 worker signs", place + "sign/", {"lands_on": in_days(30), "health_fit": "on"},
             keep={f"hash_{case}": r'class="code">([0-9a-f]{64})<'}),
    )  # fmt: skip


def _clearing(case: str = "case", worker: str = "worker") -> tuple[Step, ...]:
    """Station 14, which is Pakistan's alone."""
    place = f"/en/departures/{{{case}}}/"
    return (
        act("pk", "promoter_manager", "14 promoter applies with the receipts", place + "registration/", receipts(in_days(0))),
        act("pk", "protector", "14 another contract is not cleared", place + "clearance/", {"terms_hash": "0" * 64}, status=422,
            code="hash_differs"),
        act("pk", "protector", "14 Protector clears", place + "clearance/", {"terms_hash": f"{{hash_{case}}}"},
             texts=("C-PEW-",)),
        Step("pk", "14 the worker has the pass", place + "pass/", texts=("C-PEW-", "<svg"), visitor=worker,
             keep={f"pass_{case}": r'checks/paper/#([\w.-]+)"'}),
        act("pk", worker, "14 the pass is checked", CHECK, {"paper": f"{{pass_{case}}}"},
             texts=("This pass is genuine and holds today.", "C-PEW-")),
        act("pk", worker, "14 copied to another passport", CHECK, {"paper": f"{{pass_{case}}}", "passport": "XX0000000"},
             texts=("This pass belongs to another person.",)),
    )  # fmt: skip


def _leaving(case: str = "case") -> tuple[Step, ...]:
    """Station 15."""
    place = f"/en/departures/{{{case}}}/"
    flight = {"flight": "PK898", "leaves_from": "ISB", "airport": "HND", "leaves_at": "{leaves}", "eta": "{eta}"}
    return (
        act("pk", "promoter_clerk", "15 clerk books the flight", place + "flight/", flight,
             moments={"leaves": 3600, "eta": 15 * 3600}),
        act("pk", "protector", "15 airport desk records the departure", place + "departed/", {}),
    )  # fmt: skip


def _register() -> tuple[Step, ...]:
    """Before anything else anybody, on either node, sees that the promoter is licensed, and which one is banned."""
    # After an earlier tour the same licence holds again, which is said in other words.
    asked = "/en/licences/?q=OP%26HRD%2F0001%2FPWR%2F2024"
    return (
        Step("pk", "anyone checks the promoter", asked, texts=("Sitara Promoters", HOLDS)),
        Step("jp", "jp heard: the register of Pakistan", asked, texts=("Sitara Promoters", HOLDS), within=ARRIVES),
        Step("jp", "anyone sees who is banned", "/en/licences/?q=Karwan+Express", texts=("cancelled, may not recruit",),
             within=ARRIVES),
        Step("pk", "the same in Urdu, by name", f"/ur/licences/?q={quote('کاروان')}", texts=('dir="rtl"', "کاروان")),
    )  # fmt: skip


def thread_of_both() -> tuple[Step, ...]:
    """The case over both nodes: every step of one is seen on the other."""
    case, place = "/en/cases/{case}/", "/en/departures/{case}/"
    promoter, employer = ("pk", "promoter_manager"), ("jp", "employer")
    coe = {"bureau": "TOKYO", "receipt_no": "TYO-{case}", "council_member": "on"}
    return (
        *_register(),
        *_entering("pk", "jp"),
        *_demand(),
        *_application("worker", FILE, "case", "vacancy"),
        *_tests(),
        *_selection(),
        *_contract("worker", "case"),
        *(heard(*employer, text, case) for text in ("Terms confirmed", "Costs declared", "Costs confirmed", "Contract signed")),
        act(*employer, "12 employer records the guidance", "/en/residence/{case}/guidance/",
             {"minutes": "180", "language": "ur", "confirmed": "on"}),
        heard(*promoter, "Guidance before departure given", case),
        act(*employer, "12 employer applies for the certificate", place + "certificate/", coe),
        heard(*promoter, "Certificate of eligibility applied for", case),
        act("jp", "isa_regional", "12 bureau issues it", place + "certificate/decide/", {"coe_number": "COE-{case}"}),
        heard(*promoter, "Certificate of eligibility issued", case),
        act("pk", "promoter_clerk", "13 clerk asks for the visa", place + "visa/", {}),
        heard("jp", "visa_desk", "visa applied for", place, "Visa applied for"),
        act("jp", "visa_desk", "13 visa desk records it", place + "visa/decide/", {}),
        heard(*promoter, "Visa issued", case),
        *_clearing(),
        heard(*employer, "Registered by the Protector", case),
        act(*employer, "14 employer checks the pass by Pakistan's key", CHECK, {"paper": "{pass_case}"}, texts=("C-PEW-",)),
        *_leaving(),
        heard(*employer, "Flight booked", case),
        heard(*employer, "Departed", case),
        act(*employer, "16 employer confirms the arrival", place + "arrived/", {"airport": "HND", "picked_up": "on"}),
        heard(*promoter, "Arrived", case),
        act(*employer, "17 employer tells the first day of work", "/en/residence/{case}/work/", {}),
        heard(*promoter, "Work begun", case),
        Step("pk", "worker sees the whole way", "/ur/cases/{case}/line/", texts=('dir="rtl"',), visitor="worker"),
    )  # fmt: skip


def _alone_until_selected() -> tuple[Step, ...]:
    """Stations 1 to 9 on Pakistan's node alone: the demand, the certificates, the interview and the offer come on paper."""
    employer = {"asked.employer": "jp:org:demo-employer", "asked.employer_name": "Hinata Care (invented)"}
    employer |= {"asked.terms.leave": "11"}
    place, case = "/en/jobs/demands/{demand_2}/", "/en/cases/{case_2}/"
    promoter = ("pk", "promoter_manager")
    steps: list[Step] = [
        act("pk", "attache", "1 attaché enters a demand from its letter", "/en/jobs/demands/file/", DEMAND | employer | PAPER,
             files=SCAN | {"attorney": ("attorney.pdf", PDF)}, keep={"demand_2": rf"/jobs/demands/{UUID}/"}),
        act("pk", "attache", "2 attaché attests it", place + "attest/", {}),
        act("pk", "protector", "3 Protector permits it", place + "permit/", {}),
        act(*promoter, "4 promoter publishes", place + "publish/", VACANCY, keep={"vacancy_2": rf"/jobs/{UUID}/"}),
        *_application("worker_2", FILE_2, "case_2", "vacancy_2"),
        act("pk", "worker_2", "worker lets the school see the file", "/en/file/consents/give/", {"body": "pk:org:demo-school"}),
        Step("pk", "school finds the file", "/en/exams/certificates/new/", visitor="training_desk",
             keep={"file": rf'value="{UUID}"[^>]*>ARIF HUSSAIN'}),
    ]  # fmt: skip
    for exam, field, level in ((EXAM, FIELD, ""), ("JFT_BASIC", "", "JFT_A2")):
        certificate = {"file_id": "{file}", "exam": exam, "field": field, "level": level, "on": in_days(0)}
        number, result = f"{level or 'SKILL'}-{{case_2}}", f"result_{exam}"
        check = f"/en/exams/certificates/{{{result}}}/check/"
        steps += [
            act("pk", "training_desk", f"6 school enters {exam} from paper", "/en/exams/certificates/new/",
                 certificate | {"certificate_no": number} | PAPER, files=SCAN,
                 keep={result: rf"/exams/certificates/{UUID}/"}),
            act("pk", "protector", f"6 Protector checks {exam}", check, {"certificate_no": number}),
        ]  # fmt: skip
    return (
        *steps,
        act(*promoter, "7 promoter nominates", case + "nominate/", {"rule": "test_score", "rank": "1"}),
        act(*promoter, "8 interview from the employer's letter", case + "interview/",
             INTERVIEW | {"starts_at": FIRST_TIME} | PAPER, files=SCAN),
        act("pk", "worker_2", "8 worker proposes other times", case + "answer/",
             {"answer": "no", "other_times_0": "{interview_2}"}, moments={"interview_2": INTERVIEW_IN}),
        act(*promoter, "8 the worker's time, from a second letter", case + "interview/",
             INTERVIEW | {"starts_at": "{interview_2}"} | PAPER, files=SCAN),
        act(*promoter, "9 an offer without its paper is refused", "/en/terms/{case_2}/offer/",
             {"employer_signed_on": in_days(0)}, status=422, code="scan_missing"),
        act(*promoter, "9 offer from the employer's letter", "/en/terms/{case_2}/offer/",
             {"employer_signed_on": in_days(0)} | PAPER, files=SCAN, within=INTERVIEW_IN + ARRIVES),
    )  # fmt: skip


def thread_of_one() -> tuple[Step, ...]:
    """The same case on Pakistan's node alone, Japan's steps from paper; the line says so."""
    place, attache, promoter = "/en/departures/{case_2}/", ("pk", "attache"), ("pk", "promoter_manager")
    return (
        *_alone_until_selected(),
        *_contract("worker_2", "case_2"),
        act(*promoter, "12 certificate applied for, from paper", place + "certificate/",
             {"bureau": "TOKYO", "receipt_no": "TYO-2"} | PAPER, files=SCAN),
        act(*promoter, "12 certificate from paper", place + "certificate/decide/", {"coe_number": "COE-2"} | PAPER, files=SCAN),
        act("pk", "promoter_clerk", "13 clerk asks for the visa", place + "visa/", {}),
        act("pk", "protector", "13 Protector sees the sticker", place + "visa/decide/", {"number": "V-2"} | PAPER, files=SCAN),
        *_clearing("case_2", "worker_2"),
        *_leaving("case_2"),
        act(*attache, "16 attaché enters the arrival", place + "arrived/", {"airport": "HND", "picked_up": "on"} | PAPER,
             files=SCAN),
        act(*attache, "17 attaché enters the first day of work", "/en/residence/{case_2}/work/", PAPER, files=SCAN),
        Step("pk", "the line says what came on paper", "/en/cases/{case_2}/line/", texts=("from paper",),
             visitor="worker_2"),
    )  # fmt: skip
