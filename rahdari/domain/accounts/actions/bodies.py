"""Writes: the bodies one acts for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import Body

NAMES = ("name_en", "name_ur", "name_ja")


def seed_bodies(*, actor: Actor, at: dt.datetime) -> int:
    """Makes a body of every authority of the reference book and corrects names; says how many were new or changed.

    Can be done again at any time: what is there already and equal stays as it is.
    """
    with unit_of_work("accounts.seed_bodies", actor=actor, at=at) as unit:
        unit.permit(PERMITS["seed_bodies"])
        book = current_book()
        held = {body.id: body for body in Body.objects.select_for_update()}
        changed = []
        for row in book.rows("authorities"):
            told = {"side": row["side"], "kind": row["kind"]} | {name: row[name] for name in NAMES}
            body = held.get(row["code"])
            if body is None or any(getattr(body, name) != value for name, value in told.items()):
                changed.append(Body(id=row["code"], **told))
        Body.objects.bulk_create(changed, update_conflicts=True, unique_fields=["id"], update_fields=["side", "kind", *NAMES])
        unit.about(Body(id="authorities"), version=book.version, changed=[body.id for body in changed])
    return len(changed)


def name_body(
    *, actor: Actor, body_id: str, side: str, kind: str, name_en: str, name_ur: str, name_ja: str, at: dt.datetime
) -> Body:
    """Makes an organisation a body one can act for, or renames it; `kind` is the code of its sort in `authorities.csv`.

    Refuses `body_id_not_registry` for an id that is not a registry id (`pk:org:…`, `jp:org:…`). Called by
    the packages that license organisations and by the demonstration.
    """
    with unit_of_work("accounts.name_body", actor=actor, at=at) as unit:
        unit.permit(PERMITS["name_body"])
        if not body_id.startswith(f"{side}:org:"):
            unit.refuse([Refusal("body_id_not_registry", {"id": body_id})])
        body = Body(id=body_id, side=side, kind=kind, name_en=name_en, name_ur=name_ur, name_ja=name_ja)
        body.save()
        unit.about(body, kind=kind)
    return body


def name_bodies(*, actor: Actor, bodies: Sequence[dict[str, str]], at: dt.datetime) -> int:
    """Makes many organisations bodies one can act for with one write; says how many were new.

    Each says `id`, `side`, `kind`, `name_en`, `name_ur`, `name_ja`. Refuses `body_id_not_registry` for an id that is no
    registry id of its side. One that is a body already keeps its names.
    """
    with unit_of_work("accounts.name_bodies", actor=actor, at=at) as unit:
        unit.permit(PERMITS["name_bodies"])
        told = [Body(**one) for one in bodies]
        odd = [one.pk for one in told if not one.pk.startswith(f"{one.side}:org:")]
        unit.refuse([Refusal("body_id_not_registry", {"id": one}) for one in odd])
        held = set(Body.objects.filter(pk__in=[one.pk for one in told]).values_list("pk", flat=True))
        new = Body.objects.bulk_create([one for one in told if one.pk not in held])
        unit.about(Body(id="registers"), made=len(new))
    return len(new)
