"""Stations 8 and 9 where they do not pass: times moved and refused, nobody came, not selected, the reserve called.

Half an hour must pass before anybody says that nobody came: the worker names a time that lies so far back, as if agreed
by telephone, and the employer enters it.
"""

from __future__ import annotations

from rahdari.project.launch.thread_tour import INTERVIEW, INTERVIEW_IN
from rahdari.project.launch.tour_failures_case import EMPLOYER, NOT_FOUND, PROMOTER, case, line
from rahdari.project.launch.tour_failures_demand import PAY, TWIN, correction
from rahdari.project.launch.tour_failures_exam import worker
from rahdari.project.launch.tour_failures_file import NAMES
from rahdari.project.launch.tour_step import ARRIVES, MINUTE, Form, Step, act, heard, in_days, refused, unchanged, under

CONTACT = ("jp", "first_officer")
BACK = -31 * 60  # seconds
CLOCK = f"{9 + MINUTE // 10 % 10:02}:{MINUTE % 10 * 6:02}"  # of the first times; another in each tour
SIGNED = {"employer_signed_on": in_days(0)}
WORDS = "My mother was in hospital."  # what the worker says stays on this side


def _at(days: int, clock: str = CLOCK, **more: str) -> Form:
    return INTERVIEW | {"starts_at": f"{in_days(days)}T{clock}:00+05:00"} | more


def times_moved() -> tuple[Step, ...]:
    """Times that cannot be set, and one that is moved three times: the third move asks the contact point."""
    place = case("3") + "interview/"
    ask, decide, interviewer = case("3") + "move/", case("3") + "move/decide/", {"interviewer": "Sato Kenji (invented)"}
    return under(
        "What does not pass · station 8: times that cannot be set, and a third move",
        refused(*EMPLOYER, "8 at night in Pakistan", place, _at(5, "03:00"), "outside_worker_hours", "it is night in Pakistan"),
        refused(*EMPLOYER, "8 tomorrow", place, _at(1, "12:00"), "less_than_48_h", "at least 48 hours"),
        refused(*EMPLOYER, "8 without a place", place, _at(5, place=""), "place_missing", "Say where the interview is held"),
        refused(*EMPLOYER, "9 decides before any interview", case("3") + "decision/", {"outcome": "not_selected",
                "reason": "skill_below"}, "no_interview", "No interview has been held yet", 409),
        act(*EMPLOYER, "8 employer sets a time", place, _at(4, **interviewer)),
        heard(*worker("3"), "the time", line("3"), "It is your turn"),
        refused(*EMPLOYER, "8 the same interviewer for two", case("4") + "interview/", _at(4, **interviewer), "clash",
                "has another interview at that time"),
        refused(*EMPLOYER, "8 nobody came, said before the time", case("3") + "no-show/", {"party": "candidate_absent"},
                "too_early", "before you say that nobody came"),
        refused(*EMPLOYER, "8 asks for what is free", ask, {"reason": "A long reason."}, "move_is_free", "without asking"),
        act(*EMPLOYER, "8 employer moves it", place, _at(5)),
        act(*EMPLOYER, "8 employer moves it again", place, _at(6)),
        refused(*EMPLOYER, "8 moves it a third time", place, _at(7), "third_move", "Ask your contact point"),
        act(*EMPLOYER, "8 employer asks its contact point", ask, {"reason": "The hall burnt down (invented)."}),
        refused(*EMPLOYER, "8 asks twice", ask, {"reason": "Again."}, "move_asked", "This was asked already"),
        refused(*EMPLOYER, "8 may not decide it", decide, None, "not_permitted", "You may not do this here", 403),
        act(*CONTACT, "8 contact point allows it", decide, {"allow": "on"}),
        act(*EMPLOYER, "8 employer moves it a third time", place, _at(7)),
        Step("pk", "pk heard: the newest of four times", case("3"), texts=("moved by the employer",), visitor="promoter_manager",
             within=ARRIVES),
        refused(*worker("4"), "8 answers for another", case("3") + "answer/", None, "not_own_case", NOT_FOUND, 404),
    )  # fmt: skip


def nobody_came() -> tuple[Step, ...]:
    """The worker did not come, is heard, and has one new time by right."""
    place, decision = case("3") + "interview/", case("3") + "decision/"
    no = {"answer": "no", "other_times_0": "{passed}"}
    not_selected = {"outcome": "not_selected", "reason": "did_not_appear"}
    why = {"text": WORDS, "other_times_0": "{new_time}"}
    return under(
        "What does not pass · station 8: nobody came, the worker is heard, a new time by right",
        act(*worker("3"), "8 worker names another time", case("3") + "answer/", no, moments={"passed": BACK}),
        refused(*worker("3"), "8 answers twice", case("3") + "answer/", no, "already_answered", "You answered this already"),
        heard(*EMPLOYER, "Interview answered", case("3")),
        act(*EMPLOYER, "8 employer takes the worker's time", place, INTERVIEW | {"starts_at": "{passed}"}),
        act(*EMPLOYER, "8 the candidate did not come", case("3") + "no-show/", {"party": "candidate_absent"}),
        refused(*EMPLOYER, "9 decides before the worker was heard", decision, not_selected, "worker_not_heard",
                "The worker is heard first"),
        heard(*worker("3"), "nobody came", line("3"), "The employer says you did not come"),
        heard(*PROMOTER, "Interview not held", case("3"), absent=("<b>Not selected</b>",)),
        refused(*worker("3"), "8 says nothing", case("3") + "explain/", {}, "reason_missing", "This fact is needed"),
        act(*worker("3"), "8 worker says why, and when", case("3") + "explain/", why, moments={"new_time": 2 * INTERVIEW_IN}),
        refused(*worker("3"), "8 says it twice", case("3") + "explain/", why, "already_answered", "You answered this already"),
        Step("jp", "jp heard: the worker was heard, not their words", case("3"), texts=("Interview answered",), absent=(WORDS,),
             visitor="employer", within=ARRIVES),
        refused(*EMPLOYER, "9 decides without the new time", decision, not_selected, "new_time_owed",
                "has a right to one new time"),
        act(*EMPLOYER, "8 employer sets the new time", place, INTERVIEW | {"starts_at": "{new_time}"}),
    )  # fmt: skip


def _own_time(number: str) -> tuple[Step, ...]:
    """An interview at a time the worker named, within seconds."""
    name, named = NAMES[number][0].title(), f"{{own_{number}}}"
    return (
        act(*EMPLOYER, f"8 a time for {name}", case(number) + "interview/", _at(4)),
        heard(*worker(number), "the time", line(number), "It is your turn"),
        act(*worker(number), f"8 {name} names another", case(number) + "answer/", {"answer": "no", "other_times_0": named},
            moments={f"own_{number}": 2 * INTERVIEW_IN}),
        heard(*EMPLOYER, "Interview answered", case(number)),
        act(*EMPLOYER, f"8 taken: {name}", case(number) + "interview/", INTERVIEW | {"starts_at": named}),
    )  # fmt: skip


def decided() -> tuple[Step, ...]:
    """Not selected, on the reserve list, selected and declined; the reserve is called into the place."""
    reserve = {"outcome": "reserve", "rank": "1"}
    return under(
        "What does not pass · station 9: not selected, the reserve list, an offer declined, the reserve called",
        *_own_time("4"),
        *_own_time("5"),
        refused(*EMPLOYER, "9 on the reserve list without a place", case("5") + "decision/", {"outcome": "reserve"},
                "rank_missing", "Say in which place on the reserve list", within=2 * INTERVIEW_IN + ARRIVES),
        act(*EMPLOYER, "9 employer puts one on the reserve list", case("5") + "decision/", reserve,
            within=2 * INTERVIEW_IN + ARRIVES),
        refused(*EMPLOYER, "9 a second one in the same place", case("4") + "decision/", reserve, "rank_taken",
                "stands in place 1 of the reserve list", within=2 * INTERVIEW_IN + ARRIVES),
        refused(*EMPLOYER, "9 not selected without a reason", case("4") + "decision/", {"outcome": "not_selected"},
                "reason_missing", "Give the reason"),
        heard(*worker("5"), "on the reserve list", line("5"), "You are on the reserve list"),
        act(*EMPLOYER, "9 employer offers the terms", "/en/terms/{case_3}/offer/", SIGNED, within=2 * INTERVIEW_IN + ARRIVES),
        heard(*PROMOTER, "Selected", case("3"), absent=("<b>Not selected</b>",)),
        refused(*EMPLOYER, "9 more than there are places", "/en/terms/{case_4}/offer/", SIGNED, "over_places", "No more places"),
        act(*EMPLOYER, "9 employer does not select one", case("4") + "decision/", {"outcome": "not_selected",
            "reason": "skill_below"}),
        heard(*worker("4"), "not selected, and why", line("4"), "You were not selected for this vacancy"),
        heard(*PROMOTER, "Not selected", case("4"), absent=("<div><b>Selected</b>",)),
        refused(*EMPLOYER, "9 calls the reserve without a place", "/en/terms/{case_5}/call/", SIGNED, "no_place", "place"),
        refused(*EMPLOYER, "1 lowers the pay after the selection", "/en/jobs/demands/{demand_a}/correct/",
                correction(TWIN, "need_changed", **{PAY: "198,500"}), "terms_worse_after_selection", "the new ones are worse"),
        refused(*worker("3"), "9 takes back what was offered", case("3") + "withdraw/", {}, "offer_stands", "You have an offer"),
        unchanged(*worker("5"), "still on the reserve list", line("5"), "/en/terms/{case_5}/terms/",
                  texts=("You are on the reserve list",)),
        act(*worker("3"), "9 worker declines the offer", "/en/terms/{case_3}/decline/", {}),
        heard(*EMPLOYER, "Application taken back", case("3")),
        act(*EMPLOYER, "9 employer calls the reserve", "/en/terms/{case_5}/call/", SIGNED),
        heard(*PROMOTER, "Selected", case("5")),
        heard(*worker("5"), "selected", line("5"), "/en/terms/{case_5}/terms/"),
        refused(*worker("3"), "9 declines twice", "/en/terms/{case_3}/decline/", {}, "wrong_state", "the matter has moved on",
                409),
    )  # fmt: skip
