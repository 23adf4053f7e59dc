"""Interviews and decisions of a case, and what else the same worker has to attend."""

from __future__ import annotations

import datetime as dt

from rahdari.base.editions import current_book
from rahdari.domain.jobs.queries import due_after
from rahdari.domain.jobs.rules.papers import PAPER

from ..models import Case, Decision, Interview, MoveAsked
from ..rules.moves import CANDIDATE, MOVED


def newest_interview(case: Case) -> Interview | None:
    """The time that stands: the one no other supersedes."""
    return Interview.objects.filter(case=case, superseded_by=None).order_by("-set_at", "-id").first()


def other_interviews(case: Case) -> list[tuple[dt.datetime, int]]:
    """Begin and minutes of the standing interviews of the same worker in other cases, as far as this node knows.

    One on which the employer has decided was held, whatever minutes were set for it.
    """
    standing = Interview.objects.filter(case__person=case.person, case__state="interview_set", superseded_by=None)
    rows = standing.exclude(case=case)
    return list(rows.values_list("starts_at", "minutes"))


def interviews_by(case: Case, interviewer: str) -> list[tuple[dt.datetime, int]]:
    """Begin and minutes of the standing interviews that an interviewer of the same employer holds in other cases."""
    if not interviewer:
        return []
    standing = Interview.objects.filter(case__employer=case.employer, case__state="interview_set", superseded_by=None)
    return list(standing.filter(interviewer=interviewer).exclude(case=case).values_list("starts_at", "minutes"))


def newest_decision(case: Case) -> Decision | None:
    """What was decided last; of two on the same day the home node's own word stands before a paper."""
    return Decision.objects.filter(case=case).order_by("-decided_at", "-id").first()


def decided_by_paper_alone(case: Case) -> bool:
    """Whether the case was decided from paper and the employer has not spoken yet."""
    sources = set(Decision.objects.filter(case=case).values_list("source", flat=True))
    return sources == {PAPER}


def selected_before(case: Case) -> int:
    """How many candidates of the same demand were selected, this one left out."""
    return Case.objects.filter(demand=case.demand, state="selected").exclude(pk=case.pk).count()


def moves_made(case: Case) -> int:
    """How often the employer moved a time of this case by its own wish."""
    return Interview.objects.filter(case=case, why=MOVED).count()


def move_allowed(case: Case) -> MoveAsked | None:
    """A further move that the contact point allowed and nobody has made yet."""
    return MoveAsked.objects.filter(case=case, state="allowed").order_by("-asked_at", "-id").first()


def times_missed(case: Case) -> int:
    """How many interviews of this case were not held."""
    return Interview.objects.filter(case=case).exclude(missed_at=None).count()


def heard_until(interview: Interview) -> dt.datetime | None:
    """Until when the worker is heard on an interview that was not held."""
    if interview.missed_at is None:
        return None
    return due_after("placements.explain_no_show", interview.missed_at, current_book(), "pk")


def explains(case: Case, interview: Interview | None) -> bool:
    """Whether the worker has still to say why they did not come."""
    return interview is not None and case.state == "missed" and interview.missed_party == CANDIDATE and interview.heard_at is None


def ranks_taken(case: Case) -> list[int]:
    """The places on the reserve list of the same demand that others hold."""
    others = Decision.objects.filter(case__demand=case.demand, case__state="reserve", outcome="reserve").exclude(case=case)
    return [rank for rank in others.values_list("rank", flat=True) if rank is not None]
