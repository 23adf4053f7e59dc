"""A case as pages show it: labelled facts, the line in the shapes of the design, what the reader can do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.domain.jobs.queries.line import station_names
from rahdari.domain.jobs.queries.seen import body_name, place_name
from rahdari.domain.jobs.rules.line import is_service
from rahdari.web.templatetags.look import name as name_of
from rahdari.web.templatetags.look import word
from rahdari.web.words import Fact, say_short_day, spoken

from ..access import PERMITS
from ..models import Case, MoveAsked
from ..rules.moves import MOVES_ALONE
from .clocks import both_clocks
from .interviews import move_allowed, moves_made, newest_decision, newest_interview
from .line import AHEAD, CURRENT, NOT_ON_ROUTE, PASSED, THROUGH, LineStation

# The use cases of this package by the state in which the case waits for them.
NEXT = {
    "applied": ("nominate_candidate", "refuse_application"),
    "refused": ("reopen_application",),
    "nominated": ("set_interview", "return_nomination"),
    "interview_set": ("set_interview", "record_decision", "record_no_show"),
    "missed": ("set_interview", "record_decision"),
}
LOOKS = {PASSED: "done", AHEAD: "todo", THROUGH: "todo thru", NOT_ON_ROUTE: "todo thru"}
CROSSING = 15


def case_facts(case: Case) -> list[Fact]:
    """Who applied for what, through whom."""
    demand = case.demand
    who = [Fact(_("Candidate"), case.name), *([Fact(_("Number"), case.number)] if case.number else [])]
    if is_service(case.route):
        return [*who, Fact(_("Client"), demand.employer_name), Fact(_("Way of working"), case.route)]
    return [
        *who,
        *([Fact(_("Year of birth"), str(case.birth_year))] if case.birth_year else []),
        Fact(_("Employer"), demand.employer_name),
        Fact(_("Field"), demand.field),
        Fact(_("Where"), place_name(demand)),
        Fact(_("Way of recruiting"), case.route),
        *([Fact(_("Recruited by"), body_name(case.promoter))] if case.promoter else []),
    ]


def profile_facts(case: Case) -> list[Fact]:
    """What the nomination told of a candidate."""
    told = case.profile
    if not told:
        return []
    ranked = [] if is_service(case.route) else [Fact(_("Ranked by"), told["rule"]), Fact(_("Place in the ranking"), told["rank"])]
    spoken = [f"{one['language']}: {word(one['level'])}" for one in told["languages"]]
    return [
        *ranked,
        *([Fact(_("Tests passed"), [one["exam"] for one in told["tests"]])] if told["tests"] else []),
        *[Fact(_("Technical intern training"), _interned(one)) for one in told.get("internships", [])],
        *[Fact(_("Degree"), f"{one['subject']}, {one['institution']} ({one['year']})") for one in told.get("degrees", [])],
        *[Fact(_("Practice"), _practice(one)) for one in told.get("practice", [])],
        *([Fact(_("Skills"), told["skills"])] if told["skills"] else []),
        *([Fact(_("Languages"), spoken)] if spoken else []),
        *([Fact(_("Schools and courses"), told["education"])] if told["education"] else []),
        *([Fact(_("You can leave from"), _day(told["available_from"]))] if told["available_from"] else []),
    ]


def _practice(told: dict[str, Any]) -> str:
    months = _("%(months)s months") % {"months": told["months"]}
    row = current_book().one("isco08_groups", code=told["isco"])
    return " · ".join([f"{told['isco']} {row['label_en']}" if row is not None else told["isco"], months])


def _interned(told: dict[str, Any]) -> str:
    months = _("%(months)s months") % {"months": told["months"]}
    return " · ".join([word(f"stage_{told['stage']}"), spoken(told["field"]), months, say_short_day(_day(told["on"]))])


def with_standing(cases: Iterable[Case]) -> list[Case]:
    """The cases, each with where it stands in a word: once selected, the last station it passed says more than its state."""
    found, book = list(cases), current_book()
    names = {route: station_names(book, route) for route in {case.route for case in found}}
    for case in found:
        case.standing = name_of(names[case.route][case.station].row) if case.state == "selected" else _said(case.state)  # type: ignore[attr-defined]
    return found


def _said(state: str) -> str:
    """A state in words; `refused` alone is said of statements, by the exchange."""
    return word("application_refused" if state == "refused" else state)


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def interview_facts(case: Case) -> list[Fact]:
    """The interview that stands, and what was decided."""
    interview, decision = newest_interview(case), newest_decision(case)
    facts = []
    if interview is not None:
        facts += [
            Fact(_("Interview"), both_clocks(interview.starts_at)),
            Fact(_("Place or link"), interview.place),
            Fact(_("Minutes"), interview.minutes),
            *([Fact(_("Interviewer"), interview.interviewer)] if interview.interviewer else []),
            *([Fact(_("The worker comes"), interview.answer)] if interview.answer else []),
            *([Fact(_("This time was"), interview.why)] if interview.why != "first" else []),
            *([Fact(_("Not held"), interview.missed_party)] if interview.missed_party else []),
        ]
    if decision is not None:
        facts += [
            Fact(_("Decided"), decision.on),
            Fact(_("Outcome"), decision.outcome),
            *([Fact(_("Reason"), decision.reason)] if decision.reason else []),
        ]
    return facts


def drawn(line: Sequence[LineStation], actor: Actor) -> list[dict[str, Any]]:
    """The line as the tag of the design takes it."""
    return [
        {
            "no": one.no,
            "side": "pk" if one.side == "both" else one.side,
            "state": _look(one, actor),
            "name": name_of(one.row),
            "lines": _texts(one),
        }
        for one in line
    ]


def _look(one: LineStation, actor: Actor) -> str:
    turn = "now here" if one.side in (actor.node, "both") else "now wait"
    look = turn if one.state == CURRENT else LOOKS[one.state]
    return " ".join(filter(None, [look, "paper" if one.hatched else "", "cross" if one.no == CROSSING else ""]))


def _texts(one: LineStation) -> list[str]:
    texts = [say_short_day(one.on)] if one.on is not None else []
    if one.state in (THROUGH, NOT_ON_ROUTE):
        texts.append(word(one.state))
    if one.hatched:
        texts.append(_("from paper"))
    if one.contested:
        texts.append(_("the other side says otherwise; both stand below"))
    texts += [word(step.row.step) for step in one.steps if step.open and one.state == CURRENT]
    return texts


def next_steps(actor: Actor, case: Case) -> list[str]:
    """The use cases of this package the actor may take now."""
    asked = MoveAsked.objects.filter(case=case, state="asked").exists()
    names = [*NEXT.get(case.state, ())]
    if case.state == "interview_set":
        names += ["decide_move"] if asked else []
        names += ["ask_move"] if moves_made(case) >= MOVES_ALONE and not asked and move_allowed(case) is None else []
    return [f"placements.{name}" for name in names if not PERMITS[name].why_not(actor, case)]
