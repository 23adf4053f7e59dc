"""Stations 1 to 4 where they do not pass: what cannot be filed, an attestation and a permission refused, what is withdrawn.

Three demands of the employer: one that is withdrawn before it was attested, one that is objected to, refused, reviewed and
permitted, and its twin, whose vacancy is taken down.
"""

from __future__ import annotations

from rahdari.project.launch.thread_tour import DEMAND, EXAM, VACANCY
from rahdari.project.launch.tour_step import MINUTE, PDF, UUID, Form, Step, act, heard, in_days, refused, unchanged, under

EMPLOYER, ATTACHE, PROTECTOR, SECOND = ("jp", "employer"), ("pk", "attache"), ("pk", "protector"), ("pk", "protector_2")
PROMOTER, BUREAU = ("pk", "promoter_manager"), ("pk", "bureau_officer")
PAPERS = {"letter": ("letter.pdf", PDF), "attorney": ("attorney.pdf", PDF + b"attorney")}
FILE = "/en/jobs/demands/file/"
PAY = "asked.terms.pay_basic.amount"
NEVER_FILED = "97"  # places of a demand that no side may ever see
BEFORE, AFTER, HIGHER, HIGHEST = (f"{amount + MINUTE:,}" for amount in (199_000, 200_000, 201_000, 202_000))
DEMAND_A = DEMAND | {"asked.tests": EXAM, "asked.terms.leave": "12", PAY: BEFORE}
NEVER = DEMAND_A | {"asked.places": NEVER_FILED}
DEMAND_B = DEMAND_A | {"power.until": in_days(-1)}
TWIN = DEMAND_A | {PAY: AFTER}
CHANGEABLE = ("asked.places", "asked.prefecture", "asked.tests", "asked.opens_on", "asked.closes_on", "asked.terms.")
ONE_PLACE = VACANCY | {"places": "1"}
NO_COSTS = {name: value for name, value in ONE_PLACE.items() if not name.startswith("costs")}
# What is wrong, the members that make it so, the refusal, a part of its sentence.
NOT_FILED: tuple[tuple[str, Form, str, str], ...] = (
    ("a field not open before 2027", {"asked.field": "LINEN_SUPPLY"}, "field_not_open", "This field is not open now"),
    ("a field under an order", {"asked.field": "FOOD_SERVICE"}, "field_suspended", "An order stands or is announced"),
    ("pay below that of Japanese workers", {PAY: "150,000"}, "pay_below_comparable", "The basic pay is below"),
    ("workers to be sent on", {"asked.dispatch": "on"}, "dispatch_not_allowed", "may not be sent on to other firms"),
    ("a promoter who is suspended", {"asked.promoter": "pk:org:demo-karwan-east", "asked.promoter_licence":
     "OP&HRD/0003/LHR/2023"}, "promoter_not_licensed", "The licence must hold today"),
)  # fmt: skip


def correction(demand: Form, reason: str, **changed: str) -> Form:
    """The form by which a demand is corrected: what of it may change, with what is changed."""
    return {name: value for name, value in demand.items() if name.startswith(CHANGEABLE)} | {"reason": reason} | changed


def points(code: str, member: str = "", text: str = "") -> Form:
    """The form of an objection with one point."""
    told = {"points.0.code": code, "points.0.member": member, "points.0.text": text}
    return {name: value for name, value in told.items() if value}


def _filing() -> tuple[Step, ...]:
    tries = [
        refused(
            *EMPLOYER, f"1 filed with {what}", FILE, DEMAND_A | {"asked.places": NEVER_FILED} | wrong, code, said, files=PAPERS
        )
        for what, wrong, code, said in NOT_FILED
    ]
    return (
        *tries,
        refused(*EMPLOYER, "1 filed without its papers", FILE, DEMAND_A | {"asked.places": NEVER_FILED}, "papers_missing",
                "The demand letter or the power of attorney is missing"),
        refused(*ATTACHE, "1 Pakistan files without a letter", FILE, DEMAND_A | {"asked.places": NEVER_FILED,
                "asked.employer": "jp:org:demo-employer", "asked.employer_name": "Hinata Care (invented)"}, "scan_missing",
                "The scan of the paper is missing"),
        act(*EMPLOYER, "1 employer files with an old power of attorney", FILE, DEMAND_B, files=PAPERS,
            keep={"demand_b": rf"/jobs/demands/{UUID}/"}),
        heard(*ATTACHE, "demand filed", "/en/jobs/demands/{demand_b}/", "Hinata Care"),
        unchanged(*ATTACHE, "nothing refused came", "/en/jobs/demands/", f'">{NEVER_FILED}</td>', texts=("Hinata Care",)),
    )  # fmt: skip


def _not_attested() -> tuple[Step, ...]:
    place = "/en/jobs/demands/{demand_b}/"
    return (
        refused(*ATTACHE, "2 power of attorney has ended", place + "attest/", {}, "poa_expired", "does not hold on this day"),
        refused(*ATTACHE, "2 objects without a point", place + "refuse-attestation/", {}, "points_missing",
                "This fact is needed"),
        refused(*ATTACHE, "2 objects without words", place + "refuse-attestation/", points("other"), "point_without_words",
                "Say in words what this point is"),
        refused(*PROTECTOR, "3 permits what is not attested", place + "permit/", {}, "not_attested", "not attested yet"),
        act(*ATTACHE, "2 attaché does not attest it", place + "refuse-attestation/", points("power_of_attorney", "papers")),
        heard(*EMPLOYER, "Objection to the demand", place, absent=("<b>Demand attested</b>", "<b>Demand permitted</b>")),
        refused(*EMPLOYER, "1 withdraws without a reason", place + "withdraw/", {}, "reason_missing", "This fact is needed"),
        refused(*PROMOTER, "1 a promoter may not withdraw it", place + "withdraw/", None, "not_permitted",
                "You may not do this here", 403),
        act(*EMPLOYER, "1 employer withdraws it", place + "withdraw/", {"reason": "withdrawn"}),
        heard(*ATTACHE, "Demand withdrawn", place),
        refused(*ATTACHE, "2 attests what is withdrawn", place + "attest/", {}, "wrong_state", "the matter has moved on", 409),
        refused(*EMPLOYER, "1 corrects what is withdrawn", place + "correct/", correction(DEMAND_B, "mistake", **{PAY: AFTER}),
                "wrong_state", "the matter has moved on", 409),
    )  # fmt: skip


def _objected() -> tuple[Step, ...]:
    place = "/en/jobs/demands/{demand_a}/"
    corrected = correction(DEMAND_A, "answers_objection", **{PAY: AFTER})
    return (
        act(*EMPLOYER, "1 employer files a demand", FILE, DEMAND_A, files=PAPERS, keep={"demand_a": rf"/jobs/demands/{UUID}/"}),
        heard(*ATTACHE, "demand filed", place, "Hinata Care"),
        refused(*PROTECTOR, "2 a Protector may not attest", place + "attest/", None, "not_permitted", "You may not do this here",
                403),
        refused(*ATTACHE, "2 attested tomorrow", place + "attest/", {"on": in_days(2)}, "date_in_future", "lies in the future"),
        act(*ATTACHE, "2 attaché attests it", place + "attest/", {}),
        refused(*ATTACHE, "2 attests it twice", place + "attest/", {}, "wrong_state", "the matter has moved on", 409),
        refused(*PROTECTOR, "3 objects without words", place + "object/", points("other"), "point_without_words",
                "Say in words what this point is"),
        refused(*ATTACHE, "3 an attaché may not permit", place + "permit/", None, "not_permitted", "You may not do this here",
                403),
        act(*PROTECTOR, "3 Protector objects: the pay", place + "object/", points("pay_unclear", "terms", "Name the night pay.")),
        heard(*EMPLOYER, "Objection to the demand", place, "Name the night pay.", absent=("<b>Demand permitted</b>",)),
        refused(*EMPLOYER, "1 corrects nothing", place + "correct/", correction(DEMAND_A, "answers_objection"),
                "nothing_changed", "Nothing was changed"),
        refused(*EMPLOYER, "1 corrects to less than the law", place + "correct/", correction(DEMAND_A, "answers_objection",
                **{PAY: "150,000"}), "pay_below_comparable", "The basic pay is below"),
        act(*EMPLOYER, "1 employer corrects the pay", place + "correct/", corrected),
        heard(*PROTECTOR, "Demand corrected", place, absent=("150,000",)),
    )  # fmt: skip


def _permission_refused() -> tuple[Step, ...]:
    place = "/en/jobs/demands/{demand_a}/"
    grounds = {"grounds.0.code": "terms_unlawful"}
    review = {"outcome": "reopened", "reasons": "The night pay is named now."}
    return (
        refused(*PROTECTOR, "3 refusal without a hearing", place + "propose-refusal/", grounds, "employer_not_heard",
                "This fact is needed"),
        refused(*PROTECTOR, "3 heard in the future", place + "propose-refusal/", grounds | {"heard_on": in_days(2)},
                "date_in_future", "lies in the future"),
        act(*PROTECTOR, "3 Protector proposes to refuse", place + "propose-refusal/", grounds | {"heard_on": in_days(0)}),
        refused(*PROTECTOR, "3 decides on what they proposed", place + "refuse/", {}, "four_eyes",
                "Nobody decides on what they entered themselves", 403),
        unchanged(*EMPLOYER, "a proposal is not told", place, "<b>Permission refused</b>", texts=("<b>Demand corrected</b>",)),
        act(*SECOND, "3 second Protector refuses", place + "refuse/", {}),
        heard(*EMPLOYER, "Permission refused", place),
        refused(*PROMOTER, "4 publishes without permission", place + "publish/", ONE_PLACE, "no_permission",
                "There is no permission for this demand"),
        refused(*PROTECTOR, "3 permits what was refused", place + "permit/", {}, "wrong_state", "the matter has moved on", 409),
        refused(*BUREAU, "3 reviews without reasons", place + "review/", {"outcome": "reopened"}, "reason_missing",
                "This fact is needed"),
        act(*BUREAU, "3 Bureau reviews: it is looked at again", place + "review/", review),
        refused(*BUREAU, "3 reviews it twice", place + "review/", review, "reviewed_before", "it is reviewed once", 409),
        act(*PROTECTOR, "3 Protector permits one place", place + "permit/", {"places": "1"}),
        heard(*EMPLOYER, "Demand permitted", place),
    )  # fmt: skip


def _published() -> tuple[Step, ...]:
    place = "/en/jobs/demands/{demand_a}/"
    longer = {"until": in_days(200), "law": "Invented order of the demonstration"}
    return (
        refused(*PROTECTOR, "3 extends to an earlier day", place + "extend/", longer | {"until": in_days(30)}, "not_later",
                "give a later day"),
        refused(*PROTECTOR, "3 extends without a source", place + "extend/", {"until": in_days(200)}, "law_missing",
                "This fact is needed"),
        act(*PROTECTOR, "3 Protector extends it", place + "extend/", longer),
        heard(*EMPLOYER, "Permission extended", place),
        refused(*PROMOTER, "4 more places than permitted", place + "publish/", VACANCY, "over_permitted_places",
                "places are permitted"),
        refused(*PROMOTER, "4 no costs shown", place + "publish/", NO_COSTS, "costs_not_shown", "Show every cost"),
        refused(*PROMOTER, "4 closes before it opens", place + "publish/", ONE_PLACE | {"closes_on": in_days(-1)},
                "closes_before_opens", "The last day must lie after"),
        act(*PROMOTER, "4 promoter publishes one place", place + "publish/", ONE_PLACE,
            keep={"vacancy_a": r'/jobs/([0-9a-f-]{36})/take-down/'}),
        heard(*EMPLOYER, "Vacancy published", place),
    )  # fmt: skip


def _twin() -> tuple[Step, ...]:
    place = "/en/jobs/demands/{demand_c}/"
    vacancy = "/en/jobs/{vacancy_gone}/"
    return (
        act(*EMPLOYER, "1 employer files the same demand again", FILE, TWIN, files=PAPERS,
            keep={"demand_c": rf"/jobs/demands/{UUID}/"}),
        heard(*ATTACHE, "demand filed", place, "Hinata Care"),
        act(*ATTACHE, "2 attaché attests it", place + "attest/", {}),
        refused(*PROTECTOR, "3 the same was permitted before", place + "permit/", {}, "duplicate_demand",
                "The same demand was permitted before"),
        heard(*EMPLOYER, "Demand attested", place, absent=("<b>Demand permitted</b>",)),
        act(*EMPLOYER, "1 employer asks for better pay in it", place + "correct/",
            correction(TWIN, "terms_better", **{PAY: HIGHER})),
        heard(*PROTECTOR, "Demand corrected", place),
        act(*PROTECTOR, "3 Protector permits it", place + "permit/", {}),
        act(*PROMOTER, "4 promoter publishes it", place + "publish/", VACANCY,
            keep={"vacancy_gone": r'/jobs/([0-9a-f-]{36})/take-down/'}),
        heard(*EMPLOYER, "Vacancy published", place),
        refused(*PROMOTER, "4 takes it down without a reason", vacancy + "take-down/", {}, "reason_missing",
                "This fact is needed"),
        act(*PROMOTER, "4 promoter takes it down: the costs", vacancy + "take-down/", {"reason": "costs_wrong"}),
        heard(*EMPLOYER, "Vacancy closed", place),
        refused("pk", "worker_9", "5 applies for what was taken down", "/en/cases/apply/{vacancy_gone}/", {"show_file": "on"},
                "vacancy_closed", "This vacancy is closed"),
        act(*PROMOTER, "4 promoter publishes it again", place + "publish/", VACANCY,
            keep={"vacancy_c": r'/jobs/([0-9a-f-]{36})/take-down/'}),
    )  # fmt: skip


def demand_failures() -> tuple[Step, ...]:
    """Stations 1 to 4."""
    return (
        *under("What does not pass · station 1: demands that cannot be filed", *_filing()),
        *under("What does not pass · station 2: no attestation; withdrawn", *_not_attested()),
        *under("What does not pass · station 3: an objection, corrected", *_objected()),
        *under("What does not pass · station 3: permission refused, reviewed, given", *_permission_refused()),
        *under("What does not pass · station 4: extended, published", *_published()),
        *under("What does not pass · stations 3 and 4: the same demand twice; taken down", *_twin()),
    )
