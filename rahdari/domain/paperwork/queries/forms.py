"""One form filled for a case or a demand as the actor may see it: every line with its value, its row, and who entered it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from rahdari.base.access import known_permits
from rahdari.base.actor import Actor
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.disclosure.models import Marked
from rahdari.domain.jobs.queries.seen import body_name
from rahdari.web.words import shelf, spoken

from ..access import PERMITS
from ..rules.filling import FILLED, Filled, Found, Tally, fill, tally_of
from ..rules.forms import PLANNED, Form, form_of, forms_on
from .gathered import Gathered
from .origins import ORIGINS
from .reading import Entered, Origin
from .sources import SOURCES


@dataclass(frozen=True, slots=True)
class LineSeen:
    """A line with the row it comes from: `use_case` enters it, `by` and `on` say who did, `link` leads there where one may."""

    filled: Filled
    use_case: str = ""
    by: str = ""
    on: dt.date | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class FormSeen:
    """A form filled for one case or demand."""

    form: Form
    got: Gathered
    lines: list[LineSeen]
    tally: Tally

    @property
    def filled(self) -> list[Filled]:
        """The lines without where they come from."""
        return [one.filled for one in self.lines]

    @property
    def marked(self) -> Marked:
        """The row whose marking the form wears: the first that came from the other state, else the case or demand itself."""
        rows = self.got.marked
        return next((one for one in rows if one.home != self.got.actor.node and one.level != "public"), rows[-1])


def forms_for(actor: Actor, got: Gathered) -> list[FormSeen]:
    """The forms of a case or demand that the actor makes or is handed, each filled."""
    forms = forms_on(got.book, got.today, "demand" if got.case is None else "")
    return [seen_of(got, form) for form in forms if actor.role in form.readers]


def form_for(actor: Actor, got: Gathered, code: str, use_case: str) -> FormSeen:
    """One form, filled; `Missing` where there is none of this code, refused where the role neither makes nor receives it."""
    form = form_of(got.book, code, got.today)
    if form is None or (got.case is None and form.subject != "demand"):
        raise Missing(f"Form {code}")
    refusals = PERMITS[use_case].why_not(actor, form)
    if refusals:
        raise Refused(refusals)
    return seen_of(got, form)


def seen_of(got: Gathered, form: Form) -> FormSeen:
    """A form filled from what was gathered."""
    wanted = {one.filled_from for one in form.lines if one.filled_from in SOURCES}
    found: Mapping[str, Found] = {name: SOURCES[name].found(got) for name in wanted}
    filled = fill(form, found)
    entered = {name: origin.entered(got) for name, origin in ORIGINS.items() if name in {SOURCES[one].origin for one in wanted}}
    return FormSeen(form, got, [_seen(got, one, entered) for one in filled], tally_of(filled))


def _seen(got: Gathered, one: Filled, entered: Mapping[str, Entered | None]) -> LineSeen:
    if one.asked.slot_of:
        return LineSeen(one, one.asked.slot_of)
    source = SOURCES.get(one.asked.filled_from)
    if source is None:
        return LineSeen(one)
    origin = ORIGINS[source.origin]
    who = entered.get(source.origin)
    done = one.state == FILLED or (origin.about == "case" and who is not None)
    link = "" if done else link_to(got, origin)
    return LineSeen(one, origin.use_case, _who(got, who), who.on if who is not None else None, link)


def _who(got: Gathered, entered: Entered | None) -> str:
    if entered is None or not entered.by:
        return ""
    if entered.by == got.demand.employer:  # known here by its demand, also where no register told of it
        return got.demand.employer_name
    return body_name(entered.by) if ":" in entered.by else spoken(entered.by)


def link_to(got: Gathered, origin: Origin) -> str:
    """Where the actor may enter what a row lacks; empty where it is for somebody else, or too late."""
    permit = known_permits().get(origin.leads_to)
    subject = {"case": got.case, "demand": got.demand}.get(origin.about)
    if permit is None or permit.why_not(got.actor, subject) or (origin.about == "case" and got.case is None):
        return ""
    return reverse(origin.leads_to, args=[subject.pk] if subject is not None else [])


def use_case_said(use_case: str) -> str:
    """What a use case does, in words; of one that is not built yet that it is to come."""
    if use_case in PLANNED:
        return _("The support plan, which cannot be entered here yet")
    return str(shelf("PERMISSIONS").get(use_case, use_case))
