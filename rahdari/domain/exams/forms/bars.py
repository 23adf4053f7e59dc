"""A bar from tests without a void result, as people and programs take its steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.facts import Day, Facts
from rahdari.web.steps import Step
from rahdari.web.words import Fact

from .. import actions
from ..models import Bar
from ..queries.bars import bar_for
from ..queries.seen import _state
from ..queries.signs import sign_for
from .shapes import Number
from .steps import _crumbs
from .voids import Text


class AskBar(Facts):
    """Whose booking, for what, why, until which day; the first day on which the person may sit tests again."""

    number: Number
    code: Literal["proxy", "forged"]
    why: Text
    barred_until: Day


class BarPerson(Facts):
    """Nothing is asked: the second officer read the sign and the reason."""


class DropBar(Facts):
    """Nothing is asked: nobody is barred."""


class LiftBar(Facts):
    """Why the bar ends before its day."""

    reason: Annotated[str, Field(max_length=4000)]


def bar_facts(bar: Bar) -> list[Fact]:
    """A bar as the examiner's officers see it."""
    return [
        Fact(gettext("Booking number"), bar.booking.number),
        Fact(gettext("Why"), bar.code),
        Fact(gettext("Status"), _state(bar.state)),
        Fact(gettext("Test"), bar.booking.sitting.exam),
        Fact(gettext("Place"), bar.booking.sitting.venue),
        Fact(gettext("Barred from tests until"), bar.barred_until),
    ]


def _asking_bar(actor: Actor, anomaly_id: UUID) -> Mapping[str, Any]:
    sign = sign_for(actor, anomaly_id)
    return {
        "crumbs": _crumbs(sign.row.sitting),
        "lead": gettext(
            "No result becomes void by this. Another officer decides; where a result is wrong, make it void instead."
        ),
        "about": gettext("Whose bookings"),
        "facts": [Fact(one.number, one.name or "") for one in sign.bookings],
        "codes": {"number": {one.number: one.number for one in sign.bookings}},
    }


def _page(lead: Any) -> Any:
    def page(actor: Actor, bar_id: UUID) -> Mapping[str, Any]:
        bar = bar_for(actor, bar_id)
        back = {"url": reverse("exams.see_bar", args=[bar.pk]), "label": gettext("A bar from tests")}
        told = {"lead": str(lead), "about": gettext("The proposal"), "facts": bar_facts(bar), "initial": {"seen": bar.version}}
        return told | {"crumbs": [*_crumbs(bar.booking.sitting), back]}

    return page


ASK_BAR = Step(
    "exams", "ask_bar", AskBar, actions.ask_bar, _asking_bar, _("Proposed. Another officer decides."), "exams.see_bar",
    with_result=True,
)  # fmt: skip
BAR_PERSON = Step(
    "exams", "bar_person", BarPerson, actions.bar_person,
    _page(_("From today the person can book no seat until that day. The other state and the person are told.")),
    _("Barred. The other state is told."), "exams.see_bar",
)  # fmt: skip
DROP_BAR = Step(
    "exams", "drop_bar", DropBar, actions.drop_bar, _page(_("Nobody is barred.")), _("Taken back. Nobody is barred."),
    "exams.see_bar",
)  # fmt: skip
LIFT_BAR = Step(
    "exams", "lift_bar", LiftBar, actions.lift_bar, _page(_("The person may book again at once, unless another bar holds.")),
    _("Lifted. The other state is told."), "exams.see_bar",
)  # fmt: skip
