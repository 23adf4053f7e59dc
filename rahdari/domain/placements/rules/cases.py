"""The case from application to decision: in which state what may be done, and why not.

Facts in, every refusal out. No Django, no database, no clock here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move

CASE_MOVES = {
    "applied": {"nominated", "refused", "withdrawn", "let_go"},
    "refused": {"applied", "withdrawn", "let_go"},
    "nominated": {"interview_set", "returned", "withdrawn", "let_go"},
    "interview_set": {"interview_set", "missed", "selected", "reserve", "not_selected", "withdrawn", "let_go"},
    "missed": {"interview_set", "not_selected", "withdrawn", "let_go"},
    "selected": {"withdrawn", "let_go", "rescinded"},
    "reserve": {"selected", "not_selected", "withdrawn", "let_go"},
    "not_selected": set(),
    "returned": set(),
    "withdrawn": set(),
    "let_go": set(),
    "rescinded": set(),
}
RESCINDED = "rescinded"
OVER = ("withdrawn", "returned", "not_selected", "refused", "let_go", RESCINDED)
OUTCOMES = ("selected", "reserve", "not_selected")
DECISION_REASONS = ("skill_below", "language_below", "experience_below", "places_filled", "did_not_appear", "own_wish")
RANKING_RULES = ("order_of_application", "test_score", "interview_by_promoter", "by_the_employer", "declared_criteria")
INTERPRETERS = ("none", "employer", "promoter", "contact_point")
ANSWERS = ("yes", "no")
# Targets of this project: notice before an interview, time to answer, hours of the day at the worker's place.
NOTICE, TO_ANSWER = dt.timedelta(hours=48), dt.timedelta(hours=48)
DAY_BEGINS, DAY_ENDS = dt.time(7), dt.time(21)
HOME_ZONE = ZoneInfo("Asia/Karachi")


def full_years(born: dt.date, on: dt.date) -> int:
    """Completed years of age on a day; the birthday counts."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def why_not_apply(
    *, born: dt.date, min_age: int, vacancy_state: str, closes_on: dt.date, today: dt.date, applied: bool, consent: bool
) -> list[Refusal]:
    """Why a person may not apply; `consent` tells whether whoever recruits and the employer may see the file."""
    against = []
    if full_years(born, today) < min_age:
        against.append(Refusal("under_age", {"years": min_age}))
    if vacancy_state != "open" or today > closes_on:
        against.append(Refusal("vacancy_closed", {"closed": closes_on}))
    if applied:
        against.append(Refusal("already_applied"))
    if not consent:
        against.append(Refusal("consent_missing", member="show_file"))
    return against


def why_not_inside(*, inside: bool, in_japan: bool) -> list[Refusal]:
    """`not_in_japan` where the way begins in Japan and the person does not say to live there with a status of residence."""
    return [] if in_japan or not inside else [Refusal("not_in_japan", member="in_japan")]


def why_not_nominate(
    *, state: str, tests_missing: Iterable[str], consent: bool, barred_until: dt.date | None, today: dt.date, rule: str, rank: int
) -> list[Refusal]:
    """Why a candidate may not be named to the employer now."""
    against = why_not_move(CASE_MOVES, state, "nominated")
    missing = tuple(tests_missing)
    if missing:
        against.append(Refusal("tests_missing", {"tests": missing}))
    if not consent:
        against.append(Refusal("consent_missing"))
    if barred_until is not None and today < barred_until:
        against.append(Refusal("barred_person", {"until": barred_until}))
    if rule not in RANKING_RULES or rank < 1:
        against.append(Refusal("not_shortlisted", member="rule" if rule not in RANKING_RULES else "rank"))
    return against


def why_not_interview(
    *, state: str, starts_at: dt.datetime, minutes: int, at: dt.datetime, others: Iterable[tuple[dt.datetime, int]],
    proposed: bool = False,
) -> list[Refusal]:  # fmt: skip
    """Why an interview cannot be set for this time; `others` are the begin and minutes of the worker's other interviews.

    Notice and hours of the day are there for the worker: a time they `proposed` themself needs neither.
    """
    against = why_not_move(CASE_MOVES, state, "interview_set")
    if starts_at - at < NOTICE and not proposed:
        against.append(Refusal("less_than_48_h", member="starts_at"))
    against += [] if proposed else why_not_hours(starts_at, minutes)
    ends_at = starts_at + dt.timedelta(minutes=minutes)
    if any(begin < ends_at and starts_at < begin + dt.timedelta(minutes=length) for begin, length in others):
        against.append(Refusal("clash", member="starts_at"))
    return against


def why_not_hours(starts_at: dt.datetime, minutes: int) -> list[Refusal]:
    """`outside_worker_hours` for a time at which people in Pakistan sleep."""
    begin = starts_at.astimezone(HOME_ZONE)
    end = begin + dt.timedelta(minutes=minutes)
    by_day = begin.time() >= DAY_BEGINS and end.time() <= DAY_ENDS and begin.date() == end.date()
    return [] if by_day else [Refusal("outside_worker_hours", member="starts_at")]


def answer_until(set_at: dt.datetime, starts_at: dt.datetime) -> dt.datetime:
    """Until when a worker may answer a time that was set."""
    return min(set_at + TO_ANSWER, starts_at)


def why_not_answer(*, set_at: dt.datetime, starts_at: dt.datetime, answered: bool, answer: str, at: dt.datetime) -> list[Refusal]:
    """Why a worker cannot answer an interview (any more)."""
    against = []
    if answered:
        against.append(Refusal("already_answered"))
    if at > answer_until(set_at, starts_at):
        against.append(Refusal("too_late"))
    if answer not in ANSWERS:
        against.append(Refusal("yes_or_no_missing", member="answer"))
    return against


def why_not_decide(
    *, state: str, outcome: str, reason: str, rank: int | None, interview_at: dt.datetime | None, at: dt.datetime,
    selected: int, places: int, signed: bool,
) -> list[Refusal]:  # fmt: skip
    """Why the employer cannot decide so; `selected` counts those chosen before, `signed` tells that terms signed come along."""
    against = why_not_move(CASE_MOVES, state, outcome) if outcome in OUTCOMES else [Refusal("reason_missing", member="outcome")]
    if interview_at is None or interview_at > at:
        against.append(Refusal("no_interview"))
    if outcome == "selected":
        if selected >= places:
            against.append(Refusal("over_places", {"places": places}))
        if not signed:
            against.append(Refusal("terms_missing"))
    if outcome == "not_selected" and reason not in DECISION_REASONS:
        against.append(Refusal("reason_missing", member="reason"))
    if outcome == "reserve" and not rank:
        against.append(Refusal("rank_missing", member="rank"))
    return against


def why_not_take_up(*, state: str, outcome: str, by_paper_alone: bool) -> list[Refusal]:
    """Why a decision the employer told cannot be taken up: out of its order. One read off a paper does not stand in its way."""
    return [] if by_paper_alone else why_not_move(CASE_MOVES, state, outcome)


def why_not_from_reserve(*, state: str, outcome: str, called: bool) -> list[Refusal]:
    """Somebody on the reserve list is selected only by being called (`contracts.call_reserve`), and is put there once."""
    if state != "reserve" or outcome == "not_selected" or (outcome == "selected" and called):
        return []
    return [Refusal("wrong_state", {"now": state, "to": outcome})]


def why_not_rank_taken(*, outcome: str, rank: int | None, taken: Iterable[int]) -> list[Refusal]:
    """`rank_taken` where somebody stands in that place of the reserve list already."""
    return [Refusal("rank_taken", {"rank": rank}, member="rank")] if outcome == "reserve" and rank in set(taken) else []
