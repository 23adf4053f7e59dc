"""Signs of fraud in a sitting; a result made void after a selection, by two officers; one appeal granted, one refused."""

from __future__ import annotations

from rahdari.project.launch.tour_failures_case import EMPLOYER, case, line
from rahdari.project.launch.tour_failures_exam import AGAIN, EXAMINER, LIST, OTHER, SIT_AGAIN, worker
from rahdari.project.launch.tour_failures_stop import HELD, NO_LONGER
from rahdari.project.launch.tour_step import ARRIVES, UUID, Step, act, heard, in_days, refused, unchanged, under

SECOND, THIRD = ("jp", "exam_body_2"), ("jp", "exam_body_3")
WHO = worker("5")
SEAT, APPEAL = "/en/exams/seats/{seat_5}/", "/en/exams/my-results/{own_result}/appeal/"
ASKED = {
    "numbers": "{again_5}",
    "code": "proxy",
    "evidence": "Another face than in the passport (invented).",
    "invited_on": in_days(-1),
}
SAID = {"number": "{again_5}", "heard": "said", "words": "It was me (invented).", "on": in_days(0)}
MINE = "It was me, look at the door (invented)."


# What the examiner's own system knows: one phone behind all five seats, one device behind two (planted, invented).
TRACES = "number,phone,device\n" + "".join(
    f"{{again_{one}}},+92 300 0000199,{'invented-device' if one in '79' else ''}\n" for one in SIT_AGAIN
)


def signs_of_fraud() -> tuple[Step, ...]:
    """The rules find what was planted; a person decides, and no rule makes a result void."""
    traces, sign = AGAIN + "traces/", "/en/exams/signs/{sign}/decide/"
    strange = {"file": ("traces.csv", TRACES.replace("{again_3}", "PK-0000000000").encode())}
    return under(
        "What does not pass · station 6: signs of fraud, planted",
        refused(*EXAMINER, "6 traces of somebody not on the roster", traces, {}, "not_on_roster",
                "is not on the roster of this sitting", files=strange),
        act(*EXAMINER, "6 examiner hands in what its system knows", traces, {}, files={"file": ("traces.csv", TRACES.encode())}),
        Step("jp", "the rules find one phone behind five seats", "/en/exams/signs/", texts=("one device, several people",),
             visitor="exam_body", within=ARRIVES, keep={"sign": rf"/exams/signs/{UUID}/\"><b>one phone, several people"}),
        refused(*EXAMINER, "6 decides without a reason", sign, {"verdict": "anomaly_upheld"}, "reason_missing",
                "This fact is needed"),
        act(*EXAMINER, "6 examiner upholds the sign", sign, {"verdict": "anomaly_upheld",
            "reason": "All five seats were booked from one phone (invented)."}),
        unchanged(*worker("3"), "no rule makes a result void", LIST, " · void", texts=("passed",)),
    )  # fmt: skip


def result_void() -> tuple[Step, ...]:
    """The result of whoever was called from the reserve is made void; the case stops on both sides, and they appeal."""
    ask, place = AGAIN + "void/", "/en/exams/voids/{voiding}/"
    return under(
        "What does not pass · a result made void: evidence, hearing, two officers; the case stops",
        refused(*EXAMINER, "a result that does not stand", ask, ASKED | {"numbers": "PK-0000000000"}, "no_result_stands",
                "No result of PK-0000000000 stands"),
        refused(*EXAMINER, "a bar for a leaked test", ask, ASKED | {"code": "leak", "barred_until": in_days(90)},
                "bar_not_for_this", "it is no act of the person"),
        refused(*EXAMINER, "a bar for life", ask, ASKED | {"barred_until": in_days(9_000)}, "bar_too_long", "lasts at most"),
        act(*EXAMINER, "examiner proposes it, with a bar", ask, ASKED | {"barred_until": in_days(90)},
            keep={"voiding": rf"/exams/voids/{UUID}/"}),
        refused(*EXAMINER, "proposes it twice", ask, ASKED, "void_asked_already", "was proposed already"),
        refused(*SECOND, "decided before the hearing", place + "decide/", {}, "people_not_heard", "were not heard yet"),
        refused(*EXAMINER, "no answer, on the second day", place + "hearing/", {"number": "{again_5}", "heard": "no_answer",
                "on": in_days(0)}, "heard_too_soon", "may answer until the end of"),
        act(*EXAMINER, "the person is heard", place + "hearing/", SAID),
        refused(*EXAMINER, "decides on what they proposed", place + "decide/", {}, "four_eyes",
                "Nobody decides on what they entered themselves", 403),
        unchanged(*WHO, "nothing is told of a proposal", line("5"), "Your case is held"),
        act(*SECOND, "second officer makes it void", place + "decide/", {}),
        Step("pk", "pk heard: the result is void", SEAT, texts=("Why, and how to appeal",), visitor="worker_5", within=ARRIVES,
             keep={"own_result": rf"/exams/my-results/{UUID}/"}),
        heard(*WHO, "the case is held", line("5"), "a test result is void"),
        heard(*EMPLOYER, "the case is held", case("5"), HELD),
        refused(*WHO, "10 confirms terms on a void test", "/en/terms/{case_5}/terms/", {}, "qualification_void",
                "A test this rests on was made void"),
        refused(*WHO, "6 books while barred", OTHER + "book/", {}, "barred_until", "is barred from tests until"),
        act("jp", "anyone", "anyone asks for the certificate", "/en/exams/certificates/verify/", {"certificate": "C-{again_5}",
            "birth_date": "2001-03-14"}, texts=("This certificate was made void",)),
    )  # fmt: skip


def appeals() -> tuple[Step, ...]:
    """The appeal is granted and the case goes on; a second voiding, whose appeal is refused, stops it for good."""
    first, second = "/en/exams/voids/{voiding}/", "/en/exams/voids/{voiding_2}/"
    granted = {"number": "{again_5}", "granted": "on", "reason": "The door's note names the same face (invented)."}
    turned_down = {"number": "{again_5}", "reason": "The door's note is false (invented)."}
    return under(
        "What does not pass · two appeals: one granted, one refused",
        refused(*WHO, "appeals without a word", APPEAL, {}, "what_missing", "This fact is needed"),
        act(*WHO, "worker appeals", APPEAL, {"text": MINE}),
        refused(*WHO, "appeals twice", APPEAL, {"text": MINE}, "appealed_already", "There was an appeal already"),
        heard(*THIRD, "the appeal", first, MINE),
        refused(*SECOND, "decides on their own decision", first + "appeal/", granted, "four_eyes",
                "Nobody decides on what they entered themselves", 403),
        act(*THIRD, "a third officer grants it", first + "appeal/", granted),
        heard(*EMPLOYER, NO_LONGER, case("5"), absent=(HELD,)),
        unchanged(*WHO, "no longer held", line("5"), "Your case is held"),
        act(*EXAMINER, "it is proposed anew, on new evidence", AGAIN + "void/", ASKED | {"evidence": "The door's note is false."},
            keep={"voiding_2": rf"/exams/voids/{UUID}/"}),
        act(*EXAMINER, "the person is heard", second + "hearing/", SAID),
        act(*SECOND, "second officer makes it void", second + "decide/", {}),
        Step("pk", "pk heard: void again", SEAT, texts=("Why, and how to appeal",), visitor="worker_5", within=ARRIVES,
             keep={"own_result": rf"/exams/my-results/{UUID}/"}),
        act(*WHO, "worker appeals again", APPEAL, {"text": MINE}),
        heard(*THIRD, "the appeal", second, MINE),
        act(*THIRD, "a third officer refuses it", second + "appeal/", turned_down),
        heard(*WHO, "the appeal is refused, and why", "/en/exams/my-results/{own_result}/", "note is false (invented)"),
        Step("jp", "jp unchanged: the case stays held", case("5"), texts=(HELD,), visitor="employer", within=ARRIVES),
        Step("pk", "a void result in the list", LIST, texts=("void",), visitor="worker_5"),
    )  # fmt: skip
