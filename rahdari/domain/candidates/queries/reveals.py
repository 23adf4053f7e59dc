"""Who asks who one is, what a yes would send, and the person behind a profile as the one firm they said yes to sees them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.models import Person
from rahdari.web.words import Fact, spoken

from ..models import Degree, File, Practice, Reveal
from ..rules.reveals import OPEN
from .files import file_of, passed_tests, with_merged
from .seen import _months, _work
from .shown import shown_for


def reveals_of(actor: Actor, at: dt.datetime) -> QuerySet[Reveal]:
    """What firms asked the person who reads, the newest first: open questions while the profile stands, and every yes."""
    file = file_of(actor.person) if actor.role == "worker" else None
    if file is None:
        return Reveal.objects.none()
    mine = Reveal.objects.filter(shown__profile__file__in=with_merged(file)).select_related("shown")
    stands = Q(shown__profile__hidden_at=None, shown__profile__until__gt=day_at(at, "pk"))
    return mine.filter((Q(state__in=OPEN, until__gt=at) & stands) | Q(state__in=("revealed", "reveal_withdrawn"))).order_by(
        "-asked_at", "-id"
    )


def open_reveals_of(actor: Actor, at: dt.datetime) -> QuerySet[Reveal]:
    """The questions the person who reads has not said yes to and may still answer."""
    return reveals_of(actor, at).filter(state__in=OPEN)


def reveal_for(actor: Actor, reveal_id: UUID, at: dt.datetime) -> Reveal:
    """One question to the person who reads; `Missing` when there is none, or it is somebody else's, or no longer asked."""
    found = reveals_of(actor, at).filter(pk=reveal_id).first()
    if found is None:
        raise Missing(f"Reveal {reveal_id}")
    return found


def reveals_to_end(at: dt.datetime) -> list[UUID]:
    """The questions whose term is over and that nobody said yes to, those refused and those unread alike."""
    return list(Reveal.objects.exclude(asked=None).filter(state__in=OPEN, until__lte=at).values_list("pk", flat=True))


def what_is_sent(file: File) -> dict[str, Any]:
    """What a yes sends besides the contact: the name, and what the person can do and learnt; nothing else of the file."""
    files = with_merged(file)
    return {
        "name": file.name,
        "cv": {
            "skills": list(file.skills),
            "languages": [{"language": one["language"], "level": one["level"]} for one in file.languages],
            "education": list(file.education),
            "work": [{"isco": one["isco"], "months": one["months"]} for one in file.work],
            "tests": [{"exam": one.exam, "on": one.passed_on.isoformat()} for one in passed_tests(file)],
            "degrees": [
                {"kind": one.kind, "institution": one.institution, "subject": one.subject, "year": one.year}
                for one in Degree.objects.filter(file__in=files).order_by("year", "id")[:20]
            ],
            "practice": [
                {"employer": one.employer, "isco": one.isco, "from": one.from_on.isoformat()}
                for one in Practice.objects.filter(file__in=files).order_by("from_on", "id")[:20]
            ],
        },
    }


def own_contact(person: UUID | None) -> str:
    """The phone a person signs in with, to begin the form with."""
    found = Person.objects.filter(pk=person).first()
    return (found.phone or "") if found is not None else ""


@dataclass(frozen=True, slots=True)
class Revealed:
    """The person behind a profile, as the firm they said yes to reads them."""

    row: Reveal
    told: Mapping[str, Any]


def reveal_of(actor: Actor, shown_id: UUID) -> Reveal | None:
    """What a firm asked about a profile it was shown, None before; without what a yes told."""
    shown = shown_for(actor, shown_id)
    return Reveal.objects.defer("told").filter(shown=shown).first()


def person_behind(actor: Actor, shown_id: UUID) -> Revealed:
    """The person behind a profile, for the firm they said yes to alone.

    Refuses `no_consent` where no yes holds: not asked, not answered, refused and taken back are not told apart.
    """
    row = Reveal.objects.filter(shown=shown_for(actor, shown_id), state="revealed").first()
    if row is None or row.told is None or actor.body not in (row.firm, row.through):
        raise Refused([Refusal("no_consent")])
    return Revealed(row, json.loads(row.told))


def person_facts(told: Mapping[str, Any]) -> list[Fact]:
    """What a yes sends, line by line, in the words of the reader."""
    cv = told["cv"]
    facts: list[tuple[str, object]] = [
        (_("Name as in the passport"), told["name"]),
        (_("Contact"), told["contact"]["value"] if "contact" in told else ""),
        (_("Skills"), list(cv["skills"])),
        (_("Languages"), [f"{one['language']}: {spoken(one['level'])}" for one in cv["languages"]]),
        (_("Schools and courses"), list(cv["education"])),
        (_("Work done before"), [f"{_work(one['isco'])}: {_months(one['months'])}" for one in cv["work"]]),
        (_("Tests passed"), [spoken(one["exam"]) for one in cv["tests"]]),
        (_("Degrees"), [f"{one['subject']}, {one['institution']} ({one['year']})" for one in cv["degrees"]]),
        (_("Practice"), [f"{one['employer']}: {_work(one['isco'])}" for one in cv["practice"]]),
    ]
    return [Fact(label, value) for label, value in facts if value not in ("", None, [])]
