"""Stations 5 and 7 where they do not pass: applications and nominations that are refused, returned, taken back."""

from __future__ import annotations

from rahdari.project.launch.tour_failures_exam import worker
from rahdari.project.launch.tour_failures_file import NAMES
from rahdari.project.launch.tour_step import UUID, Step, act, heard, refused, unchanged, under

PROMOTER, CLERK, EMPLOYER = ("pk", "promoter_manager"), ("pk", "promoter_clerk"), ("jp", "employer")
APPLY, RULE = "/en/cases/apply/{vacancy_a}/", "/en/cases/shortlists/{vacancy_a}/rule/"
BY_TURN = {"criteria.0.code": "order_of_application", "criteria.0.weight": "100"}
SHOW = {"show_file": "on"}
NOT_FOUND = "There is no such page"


def case(number: str) -> str:
    """The page of somebody's case."""
    return f"/en/cases/{{case_{number}}}/"


def line(number: str) -> str:
    """The line of a worker's own case."""
    return f"/en/cases/{{case_{number}}}/line/"


def applies(number: str) -> Step:
    """One of those who apply, for the vacancy of one place."""
    name = f"5 worker applies: {NAMES[number][0].title()}"
    return act(*worker(number), name, APPLY, SHOW, keep={f"case_{number}": rf"/cases/{UUID}/line/"})


def nominates(number: str, rank: int) -> Step:
    """The promoter names one of them, in the place the declared rule gives."""
    form = {"rule": "declared_criteria", "rank": str(rank)}
    return act(*PROMOTER, f"7 promoter nominates: {NAMES[number][0].title()}", case(number) + "nominate/", form)


def applications() -> tuple[Step, ...]:
    """The rule of ranking declared; who may not apply; one refused, taken up again, and taken back by the worker."""
    asked = {"criterion": "tests_asked"}
    consent = "/en/file/consents/{consent_6}/withdraw/"
    return under(
        "What does not pass · station 5: applications refused, reopened, taken back",
        refused(*PROMOTER, "5 weights that make ninety", RULE, BY_TURN | {"criteria.0.weight": "90"}, "weights_not_100",
                "The weights must make a hundred"),
        act(*PROMOTER, "5 promoter declares how candidates are ranked", RULE, BY_TURN),
        Step("pk", "the worker reads the rule before applying", "/en/jobs/{vacancy_a}/", texts=("How candidates are ranked",),
             visitor="worker_3"),
        refused(*worker("8"), "5 applies without a consent", APPLY, {}, "consent_missing", "Without consent the file cannot"),
        refused(*worker("8"), "5 applies at fifteen", APPLY, SHOW, "under_age", "years old to apply for this work"),
        applies("3"),
        refused(*worker("3"), "5 applies twice", APPLY, SHOW, "already_applied", "You applied for this vacancy before"),
        refused(*PROMOTER, "5 changes the rule afterwards", RULE, BY_TURN, "rule_in_use", "It may not change any more"),
        *(applies(one) for one in ("4", "5", "7", "9", "6")),
        refused(*worker("4"), "5 looks at another's line", line("3"), None, "not_own_case", NOT_FOUND, 404),
        refused(*PROMOTER, "7 names somebody without the test", case("6") + "nominate/", {"rule": "declared_criteria",
                "rank": "6"}, "tests_missing", "Tests are missing"),
        Step("pk", "whom the worker allowed what", "/en/file/", visitor="worker_6", keep={"consent_6":
             rf"(?s)may be told my name and profile, to choose me</p><form [^>]*/file/consents/{UUID}/withdraw/"}),
        act(*worker("6"), "worker takes the consent back", consent, {}, page="/en/file/"),
        refused(*PROMOTER, "7 names who took the consent back", case("6") + "nominate/", {"rule": "declared_criteria",
                "rank": "6"}, "consent_missing", "Without consent the file cannot"),
        act(*PROMOTER, "5 promoter refuses: a test is missing", case("6") + "refuse/", asked),
        heard(*worker("6"), "refused, and by which criterion", line("6"), "a test the vacancy asks for is missing"),
        Step("pk", "the same in the worker's list", "/en/cases/mine/", texts=("Application refused",), visitor="worker_6"),
        act(*PROMOTER, "5 promoter takes it up again", case("6") + "reopen/", {}),
        act(*PROMOTER, "5 promoter refuses it again", case("6") + "refuse/", asked),
        refused(*PROMOTER, "5 takes it up a second time", case("6") + "reopen/", {}, "reopened_before",
                "was taken up again once already"),
        act(*worker("6"), "5 worker takes the application back", case("6") + "withdraw/", {}),
        refused(*worker("6"), "5 takes it back twice", case("6") + "withdraw/", {}, "wrong_state",
                "the matter has moved on", 409),
        refused(*EMPLOYER, "nothing crosses before a nomination", case("3"), None, "not_found", NOT_FOUND, 404),
    )  # fmt: skip


def nominations() -> tuple[Step, ...]:
    """Who may not name whom; two are named."""
    place = case("3") + "nominate/"
    return under(
        "What does not pass · station 7: nominations",
        refused(*PROMOTER, "5 refuses by a test that was passed", case("3") + "refuse/", {"criterion": "tests_asked"},
                "criterion_not_declared", "only by a criterion that was declared"),
        refused(*CLERK, "7 a clerk may not nominate", place, None, "not_permitted", "You may not do this here", 403),
        refused(*PROMOTER, "7 by another rule than declared", place, {"rule": "test_score", "rank": "1"}, "not_shortlisted",
                "Say by which declared rule"),
        refused(*PROMOTER, "7 in another place than the rule gives", place, {"rule": "declared_criteria", "rank": "2"},
                "not_shortlisted", "Say by which declared rule"),
        refused(*EMPLOYER, "none of it crossed", case("3"), None, "not_found", NOT_FOUND, 404),
        nominates("3", 1),
        refused(*PROMOTER, "7 nominates twice", place, {"rule": "declared_criteria", "rank": "1"}, "wrong_state",
                "the matter has moved on", 409),
        nominates("4", 2),
        heard(*EMPLOYER, "Nominated to the employer", case("4")),
        heard(*EMPLOYER, "Nominated to the employer", case("3")),
    )  # fmt: skip


def returned_and_taken_back() -> tuple[Step, ...]:
    """One candidate is returned without an interview, another takes the application back."""
    return under(
        "What does not pass · station 7: returned; taken back after the nomination",
        heard(*EMPLOYER, "Nominated to the employer", case("9")),
        refused(*EMPLOYER, "7 returns without a reason", case("7") + "return/", {}, "reason_missing", "This fact is needed"),
        refused(*EMPLOYER, "7 returns by a reason not on the list", case("7") + "return/", {"reason": "sex"}, "reason_unlawful",
                "Select a valid choice"),
        unchanged(*worker("7"), "still with the employer", line("7"), "The employer returned your application"),
        act(*EMPLOYER, "7 employer returns a candidate", case("7") + "return/", {"reason": "profile_does_not_fit"}),
        heard(*worker("7"), "returned, and why", line("7"), "The employer returned your application"),
        heard(*PROMOTER, "Returned by the employer", case("7")),
        refused(*EMPLOYER, "8 invites whom it returned", case("7") + "interview/", {"starts_at": "2099-01-04T12:00:00+05:00",
                "place": "Lahore (invented)", "minutes": "30", "language": "ja", "interpreter": "none"}, "wrong_state",
                "the matter has moved on", 409),
        act(*worker("9"), "7 worker takes the application back", case("9") + "withdraw/", {}),
        heard(*EMPLOYER, "Application taken back", case("9")),
        refused(*EMPLOYER, "7 returns who is gone", case("9") + "return/", {"reason": "places_filled"}, "wrong_state",
                "the matter has moved on", 409),
    )  # fmt: skip
