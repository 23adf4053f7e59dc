"""Matches between organisations, and what several share, for programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from rahdari.base.clock import day_at, now
from rahdari.web.api import operation
from rahdari.web.steps import step_operation, told_moment

from ..access import PERMITS
from ..forms import matches as match_steps
from ..models import Match
from ..queries.desk import organisation_for
from ..queries.links import net_of
from ..queries.matches import match_seen, matches_seen
from .registers import router


class MatchTold(Schema):
    """Two organisations that may be one: what ties them, and what was decided; `likeness` of the names in thousandths."""

    id: str
    version: int
    organisation: str
    other: str
    state: str
    reasons: list[str]
    likeness: int
    found_at: str
    ground: str | None


class MatchDetail(MatchTold):
    """A match with what each reason rests on, where it is open to the reader, and what one may do next."""

    ties: list[dict[str, Any]]
    next: list[str]


def _match(one: Match) -> dict[str, Any]:
    told = {"id": str(one.pk), "version": one.version, "state": one.state, "reasons": one.codes, "likeness": one.likeness}
    sides = {"organisation": one.organisation.registry_id, "other": one.other.registry_id}
    return told | sides | {"found_at": told_moment(one.found_at), "ground": one.ground or None}


@operation(router, "GET", "/matches", PERMITS["see_matches"], answers=list[MatchTold], problems=(403,))
def see_matches(request: HttpRequest, state: str = "to_decide") -> Any:
    """The newest hundred matches in a state."""
    return [_match(one) for one in matches_seen(request.actor, state)[:100]]  # type: ignore[attr-defined]


@operation(router, "GET", "/matches/{match_id}", PERMITS["see_match"], answers=MatchDetail, problems=(403, 404))
def see_match(request: HttpRequest, match_id: UUID) -> Any:
    """One match with both sides compared as they stand now."""
    seen = match_seen(request.actor, match_id, day_at(now(), request.actor.node))  # type: ignore[attr-defined]
    ties = [{"code": one.code, "ours": one.ours, "theirs": one.theirs} for one in seen.reasons]
    return _match(seen.row) | {"ties": ties, "next": list(seen.next)}


for _word, _step in match_steps.ON_MATCH.items():
    step_operation(router, _step, "/matches/{match_id}/" + _word, PERMITS[_step.name])


class NetTold(Schema):
    """What an organisation shares with others over two steps: knots by column, and which organisation holds which thing."""

    knots: list[dict[str, Any]]
    threads: list[dict[str, str]]


@operation(router, "GET", "/organisations/{organisation_id}/links", PERMITS["see_links"], answers=NetTold, problems=(403, 404))
def see_links(request: HttpRequest, organisation_id: UUID) -> Any:
    """Who hangs together with an organisation; things are numbered, so that no number of a person is a key."""
    actor = request.actor  # type: ignore[attr-defined]  # set by the doorman
    net = net_of(actor, organisation_for(actor, organisation_id))
    ids = {one.key: one.key if one.kind == "organisation" else str(place) for place, one in enumerate(net.knots)}
    knots = [{"id": ids[one.key], "kind": one.kind, "label": one.label, "column": one.column} for one in net.knots]
    return {"knots": knots, "threads": [{"organisation": ids[one], "thing": ids[other]} for one, other in net.threads]}
