"""The steps on a match as people and programs take them: taking it, and deciding it with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.facts import Facts
from rahdari.web.steps import Step
from rahdari.web.words import Fact, sentence

from .. import actions
from ..queries.matches import match_for
from ..rules.matching import MATCH_GROUNDS

SEE = "organisations.see_match"


class TakeMatch(Facts):
    """Nothing is asked to take a match."""


class DecideMatch(Facts):
    """The decision on a match: its reason, and what the file should say."""

    ground: Annotated[str, Field(max_length=40)]
    note: Annotated[str, Field(max_length=2000)] = ""


def _page(lead: Any) -> Callable[..., Mapping[str, Any]]:
    def page(actor: Actor, match_id: UUID) -> Mapping[str, Any]:
        match = match_for(actor, match_id)
        names = [next((one.value for one in side.names.all()), side.registry_id) for side in (match.organisation, match.other)]
        reasons = [sentence(f"tie_{code}", {}, ("CODES",)) for code in match.codes]
        return {
            "crumbs": [
                {"url": reverse("organisations.see_matches"), "label": gettext("Matches")},
                {"url": reverse(SEE, args=[match.pk]), "label": " · ".join(names)},
            ],
            "lead": str(lead),
            "about": gettext("The two organisations"),
            "facts": [
                Fact(gettext("One"), names[0]),
                Fact(gettext("The other"), names[1]),
                Fact(gettext("What ties them"), reasons),
            ],
            "initial": {"seen": match.version},
        }

    return page


def _step(name: str, shape: type[Facts], act: Callable[..., Any], said: Any, lead: Any) -> Step:
    grounds = MATCH_GROUNDS.get(name, ())
    codes = {"ground": {code: f"match_{code}" for code in grounds}} if grounds else {}
    return Step("organisations", name, shape, act, _page(lead), said, SEE, codes=codes)


# The steps on one match, by the last part of their address.
ON_MATCH: Mapping[str, Step] = {
    "take": _step("take_match", TakeMatch, actions.take_match, _("It is yours now."), _("Others see that you are at it.")),
    "same": _step(
        "confirm_match", DecideMatch, actions.confirm_match, _("Kept: they are the same."),
        _("Nothing follows for a licence by itself. An order needs its own ground and a hearing."),
    ),
    "another": _step(
        "dismiss_match", DecideMatch, actions.dismiss_match, _("Kept: they are two."),
        _("You are asked again only when a name changes or something new ties them."),
    ),
    "unsure": _step(
        "doubt_match", DecideMatch, actions.doubt_match, _("Kept as a doubt."),
        _("Others see the doubt. It can be decided later."),
    ),
}  # fmt: skip
