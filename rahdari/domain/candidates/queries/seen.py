"""A file as its owner sees it: whom they allow what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rahdari.base.clock import day_at
from rahdari.base.editions import current_book
from rahdari.domain.accounts.models import Body
from rahdari.web.words import Fact, spoken

from ..models import Consent, Degree, File, Internship, Practice, Reveal
from ..rules.files import consent_holds
from ..rules.learnt import months_of


@dataclass(frozen=True, slots=True)
class ConsentSeen:
    """A consent with the name of the body it was given to, and whether it holds."""

    consent: Consent
    body: str
    holds: bool


def consents_seen(file: File, at: dt.datetime) -> list[ConsentSeen]:
    """What a person allowed, the newest first."""
    rows = list(file.consents.order_by("-given_at"))
    names = {body.id: body for body in Body.objects.filter(pk__in={row.body for row in rows})}
    firms = dict(Reveal.objects.filter(consent__in=rows).values_list("consent", "firm_name"))
    return [ConsentSeen(row, _name(names.get(row.body), firms.get(row.pk) or row.body), _holds(row, at)) for row in rows]


def bodies_to_allow() -> dict[str, str]:
    """The bodies of the sending side to whom a person may want to show their file, with their names."""
    kinds = ("TRAINING_BODY", "OEP", "OEC", "NAVTTC", "NUTECH")
    rows = Body.objects.filter(side="pk").filter(Q(kind__in=kinds) | Q(pk__in=kinds)).order_by("name_en")
    return {row.pk: _name(row, row.pk) for row in rows}


def _name(body: Body | None, body_id: str) -> str:
    return body_id if body is None else getattr(body, f"name_{get_language() or 'en'}", "") or body.name_en


def _holds(row: Consent, at: dt.datetime) -> bool:
    today = day_at(at, "pk")
    return consent_holds(given_at=row.given_at, until=row.until, withdrawn_at=row.withdrawn_at, at=at, today=today)


def file_facts(file: File, *, whole: bool) -> list[Fact]:
    """What stands in a file; the numbers and what only papers need where `whole`, for the person and the counter alone."""
    told: list[tuple[str, object]] = [
        (_("Name as in the passport"), file.name),
        (_("Name in Urdu"), file.name_urdu),
        (_("Other spellings"), list(file.spellings)),
        (_("Father's name"), file.father_name if whole else ""),
        (_("Date of birth"), file.birth_date if whole else ""),
        (_("Year of birth"), "" if whole else str(file.birth_date.year)),
        (_("Sex as in the passport"), file.sex if whole else ""),
        (_("Place of birth"), file.birthplace if whole else ""),
        (_("Identity card"), file.cnic if whole else ""),
        (_("Passport"), (file.passport_no or _("none yet")) if whole else ""),
        (_("First day on which the passport no longer holds"), file.passport_until if whole else ""),
        (_("What you can do"), list(file.skills)),
        (_("Languages"), [f"{one['language']}: {spoken(one['level'])}" for one in file.languages]),
        (_("Schools and courses"), list(file.education)),
        (_("Work done before"), [f"{_work(one['isco'])}: {_months(one['months'])}" for one in file.work]),
        (_("You can leave from"), file.available_from),
    ]
    return [Fact(label, value) for label, value in told if value not in ("", None, [])]


def _work(isco: str) -> str:
    """The name of a group of ISCO-08 after its code; the standard has no official Urdu or Japanese text here."""
    row = current_book().one("isco08_groups", code=isco)
    return f"{isco} {row['label_en']}" if row is not None else isco


def _months(months: int) -> str:
    return _("%(months)s months") % {"months": months}


@dataclass(frozen=True, slots=True)
class Learnt:
    """Degrees, training and practice of a file, the months of practice, and how many years stand for a degree."""

    degrees: list[Degree]
    internships: list[Internship]
    practices: list[tuple[Practice, str]]
    months: int
    years_asked: int | None


def learnt_of(file: File, at: dt.datetime) -> Learnt:
    """What a person learnt and worked at; what overlaps counts once."""
    today, book = day_at(at, "pk"), current_book()
    practices = list(file.practices.select_related("paper"))
    asked = book.one("professional_routes", code="PRACTICE_YEARS")
    return Learnt(
        degrees=list(file.degrees.select_related("paper")),
        internships=list(file.internships.select_related("paper")),
        practices=[(one, _work(one.isco)) for one in practices],
        months=months_of(((one.from_on, one.until) for one in practices), today),
        years_asked=int(asked["value"]) if asked is not None and asked["value"].isdecimal() else None,
    )
