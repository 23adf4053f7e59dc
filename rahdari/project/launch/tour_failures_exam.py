"""Station 6 where it does not pass: a seat twice, too late or too young; failed, not present, booked again; results refused."""

from __future__ import annotations

from rahdari.project.launch.thread_tour import EXAM, FIELD, TESTS
from rahdari.project.launch.tour_failures_file import NAMES
from rahdari.project.launch.tour_step import ARRIVES, TODAY_JP, UUID, Form, Step, act, heard, refused, under

EXAMINER = ("jp", "exam_body")
OPEN, LIST = "/en/exams/open/", "/en/exams/"
SEATS = {"exam": EXAM, "field": FIELD, "level": "", "venue": "Quetta (invented)", "basis": "Invented figures of the tour"}
LAST_DAY = {"booking_until": TODAY_JP.isoformat()}
FIRST, OTHER, AGAIN = "/en/exams/{sitting_1}/", "/en/exams/{sitting_other}/", "/en/exams/{sitting_2}/"
SIT_AGAIN = ("3", "4", "5", "7", "9")


def worker(number: str) -> tuple[str, str]:
    """One of those who apply."""
    return "pk", f"worker_{number}"


def number_of(number: str) -> str:
    """The pattern of somebody's booking number in a roster."""
    return rf"(?s)>(PK-[0-9A-Z]{{10}})<(?:(?!</tr>).)*?{NAMES[number][0]}"


def line(at: int, number: str, outcome: str, **more: str) -> Form:
    """A line of the form of results."""
    return {f"results.{at}.{name}": value for name, value in {"number": number, "outcome": outcome, **more}.items()}


def seats_and_bookings() -> tuple[Step, ...]:
    """Seats with bookings that are refused, given back and moved up; the test begins while other things happen."""
    seats = SEATS | LAST_DAY
    return under(
        "What does not pass · station 6: a seat twice, none free, too young",
        refused(*EXAMINER, "6 seats for a field that is not open", OPEN, seats | {"field": "LINEN_SUPPLY", "exam": "SSW1_SKILL",
                "seats": "2", "starts_at": "{soon}"}, "field_not_open", "This field is not open", moments={"soon": 600}),
        refused(*EXAMINER, "6 more seats than anyone needs", OPEN, {name: value for name, value in seats.items()
                if name != "basis"} | {"seats": "90000", "starts_at": "{soon}"}, "over_demand", "Attested demand"),
        act(*EXAMINER, "6 two seats of a test", OPEN, seats | {"seats": "2", "starts_at": "{begins_1}"},
            keep={"sitting_1": rf"/exams/{UUID}/"}, moments={"begins_1": TESTS}),
        act(*EXAMINER, "6 seats of the same test tomorrow", OPEN, seats | {"seats": "9", "starts_at": "{tomorrow}"},
            keep={"sitting_other": rf"/exams/{UUID}/"}, moments={"tomorrow": 86_400}),
        heard(*worker("3"), "both sittings", OTHER, "Quetta (invented)"),
        act(*worker("3"), "6 worker books", FIRST + "book/", {}),
        refused(*worker("3"), "6 books the same seat twice", FIRST + "book/", {}, "booked_elsewhere",
                "holds a seat for the same"),
        refused(*worker("3"), "6 books the same test elsewhere", OTHER + "book/", {}, "booked_elsewhere",
                "holds a seat for the same test already"),
        refused(*worker("5"), "6 waits while seats are free", FIRST + "wait/", {}, "seats_free", "there is no need to wait"),
        act(*worker("4"), "6 another worker books", FIRST + "book/", {}),
        Step("pk", "the other worker's own seat", LIST, visitor="worker_4", keep={"seat_4": rf"/exams/seats/{UUID}/"}),
        refused(*worker("5"), "6 no seat is free", FIRST + "book/", {}, "full", "All 2 seats are taken"),
        refused(*worker("8"), "6 a child of fifteen", OTHER + "book/", {}, "under_test_age",
                "This test is open from the age of"),
        act(*worker("5"), "6 worker waits for a seat", FIRST + "wait/", {}),
        refused(*worker("5"), "6 waits twice", FIRST + "wait/", {}, "waiting_already",
                "waits for a seat of this sitting already"),
        heard(*EXAMINER, "who is booked, not who waits", FIRST + "roster/", NAMES["4"][0],
              absent=(NAMES["5"][0], NAMES["8"][0])),
        refused(*worker("3"), "6 gives another's seat back", "/en/exams/seats/{seat_4}/cancel/", None, "not_own_booking",
                "There is no such page", 404),
        act(*worker("4"), "6 the other gives the seat back", "/en/exams/seats/{seat_4}/cancel/", {}),
        Step("jp", "jp heard: who waited has the seat", FIRST + "roster/", texts=(NAMES["5"][0], NAMES["3"][0]),
             absent=(NAMES["4"][0],), visitor="exam_body", within=ARRIVES,
             keep={"seat_no_3": number_of("3"), "seat_no_5": number_of("5")}),
        refused(*EXAMINER, "6 results before the test", FIRST + "results/", line(0, "{seat_no_3}", "fail", identity_checked="on"),
                "before_sitting", "Results can be recorded once the sitting has begun"),
    )  # fmt: skip


def failed_and_not_present() -> tuple[Step, ...]:
    """One fails and one is not present; both may book again."""
    fails = line(0, "{seat_no_3}", "fail", identity_checked="on")
    seats = SEATS | LAST_DAY | {"seats": "5", "starts_at": "{begins_2}"}
    bookings = [act(*worker(one), f"6 books: {NAMES[one][0].title()}", AGAIN + "book/", {}) for one in SIT_AGAIN]
    return under(
        "What does not pass · station 6: failed, not present; both book again",
        refused(*EXAMINER, "6 result of somebody not on the roster", FIRST + "results/", line(0, "PK-0000000000", "fail",
                identity_checked="on"), "not_on_roster", "is not on the roster of this sitting"),
        refused(*EXAMINER, "6 identity not checked at the door", FIRST + "results/", line(0, "{seat_no_3}", "fail"),
                "identity_not_checked", "was not checked at the door"),
        act(*EXAMINER, "6 one failed, one was not present", FIRST + "results/", fails | line(1, "{seat_no_5}", "no_show"),
            within=TESTS + ARRIVES),
        refused(*EXAMINER, "6 the same result twice", FIRST + "results/", fails, "already_recorded", "is recorded already"),
        heard(*worker("3"), "failed", LIST, "failed"),
        heard(*worker("5"), "not present", LIST, "not present"),
        refused(*worker("9"), "6 books after the begin", FIRST + "book/", {}, "sitting_begun",
                "its seats can no longer be booked", 409),
        act(*EXAMINER, "6 seats of the test again", OPEN, seats, keep={"sitting_2": rf"/exams/{UUID}/"},
            moments={"begins_2": TESTS}),
        heard(*worker("3"), "seats again", AGAIN, "Quetta (invented)"),
        *bookings,
        Step("jp", "jp heard: all five are booked", AGAIN + "roster/", texts=tuple(NAMES[one][0] for one in SIT_AGAIN),
             visitor="exam_body", within=ARRIVES, keep={f"again_{one}": number_of(one) for one in SIT_AGAIN}),
        Step("pk", "the worker's own seat", LIST, visitor="worker_5", keep={"seat_5": rf"/exams/seats/{UUID}/"}),
    )  # fmt: skip


def passed_again() -> tuple[Step, ...]:
    """All five passed; a result without the number of its certificate is refused."""
    passes: Form = {}
    for at, one in enumerate(SIT_AGAIN):
        passes = passes | line(at, f"{{again_{one}}}", "pass", identity_checked="on", certificate_no=f"C-{{again_{one}}}")
    return under(
        "What does not pass · station 6: passed at the second try",
        refused(*EXAMINER, "6 passed without a certificate", AGAIN + "results/",
                line(0, "{again_3}", "pass", identity_checked="on"), "number_missing", "The number on the paper is missing"),
        act(*EXAMINER, "6 all five passed", AGAIN + "results/", passes, within=TESTS + ARRIVES),
        *(heard(*worker(one), f"passed: {NAMES[one][0].title()}", LIST, "passed") for one in ("3", "9")),
    )  # fmt: skip
