"""A person publishes their skills without a name, for half a year at a time, and hides them again whenever they like."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.days import end_after
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import File, TalentProfile
from ..queries.files import file_at_hand
from ..queries.profiles import districts, towns
from ..queries.terms import term_of
from ..rules.profiles import why_identifying, why_not_publish

LETTERS, LENGTH = "23456789ABCDEFGHJKMNPQRSTVWXYZ", 8  # a number that says nothing of the person or the day


def publish_profile(
    *, actor: Actor, text: str, isco: str, years: int, district: str = "", skills: Sequence[str] = (),
    languages: Sequence[dict[str, Any]] = (), at: dt.datetime,
) -> TalentProfile:  # fmt: skip
    """A person publishes what they can do, without a name; publishing again renews it, under the same number.

    Refuses `identifying_text` for a name of their own, a number, an address or a town in what is told, `profile_empty`,
    `years_wrong`, `district_unknown`. Leaves the profile until the end of its term (`retention_terms`).
    """
    with unit_of_work("candidates.publish_profile", actor=actor, at=at) as unit:
        unit.permit(PERMITS["publish_profile"])
        file = unit.lock(File, file_at_hand(actor, None, at).pk)
        names = [file.name, file.name_urdu, file.father_name, *file.spellings]
        book, today = current_book(), day_at(at, "pk")
        unit.refuse(
            [
                *why_not_publish(text=text, years=years, district=district, districts=districts(book)),
                *why_identifying([text, *skills], names=names, towns=towns(book)),
            ]
        )
        term = term_of("PROFILE", book, today)
        held = TalentProfile.objects.select_for_update().filter(file=file).first()
        profile = held or TalentProfile(file=file, number="".join(secrets.choice(LETTERS) for _ in range(LENGTH)))
        profile.text, profile.isco, profile.years, profile.district = text.strip(), isco, years, district
        profile.skills, profile.languages = [one.strip() for one in skills if one.strip()], list(languages)
        profile.published_at, profile.hidden_at = at, None
        profile.until = end_after(today, term.number, term.unit) + dt.timedelta(days=1)
        if held is None:
            unit.add(profile)
        else:
            unit.save(profile)
        unit.about(profile, isco=isco, renewed=held is not None)
    return profile


def hide_profile(*, actor: Actor, at: dt.datetime) -> TalentProfile:
    """A person hides their profile, at once and without a reason. Refuses `no_profile`."""
    with unit_of_work("candidates.hide_profile", actor=actor, at=at) as unit:
        unit.permit(PERMITS["hide_profile"])
        found = TalentProfile.objects.filter(file=file_at_hand(actor, None, at), hidden_at=None).first()
        unit.refuse([] if found is not None else [Refusal("no_profile")])
        profile = unit.lock(TalentProfile, found.pk)  # type: ignore[union-attr]  # refused above
        profile.hidden_at = at
        unit.save(profile)
        unit.about(profile)
    return profile
