"""Writes: personal fields closed again with the newest keys."""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, models

from rahdari.base.actor import Actor
from rahdari.base.indexes import indexed_models, make_anew
from rahdari.base.secrets import ClosedText, close, closed_with_present_key, keyring, open_closed
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import Person
from ..outside import PLACE

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Reclosed:
    """How many values were closed again: personal fields, and secrets of second factors."""

    fields: int
    factors: int


def reclose_fields(*, actor: Actor, at: dt.datetime) -> Reclosed:
    """Closes every phone, card number and factor secret that an older key closed with the present one, indexes too.

    Run it after a new key was put first into the key file; once it says zero twice, the old key may go.
    At most a thousand people at a time: run it until it says zero.
    """
    with unit_of_work("accounts.reclose_fields", actor=actor, at=at) as unit:
        unit.permit(PERMITS["reclose_fields"])
        fields = sum(make_anew(model, BATCH) for model in indexed_models())
        fields += sum(_reclose(model, column) for model, column in _closed_columns())
        done = Reclosed(fields, _factors())
        unit.about(Person(pk=actor.person), key=keyring().closing[0].id, fields=done.fields, factors=done.factors)
    return done


def _closed_columns() -> list[tuple[type[models.Model], ClosedText]]:
    """Every closed column of the house, whatever package it is in: a key is forgotten only when none needs it."""
    return [(model, field) for model in apps.get_models() for field in model._meta.local_fields if isinstance(field, ClosedText)]


def _reclose(model: type[models.Model], column: ClosedText) -> int:
    """Closes up to a thousand values of a column again; a row that somebody changed in between is left to the next round."""
    table, name, key = model._meta.db_table, column.column, model._meta.pk.column
    present = keyring().closing[0].id
    with connection.cursor() as cursor:
        cursor.execute(
            f'select "{key}", "{name}" from "{table}" where "{name}" is not null '  # noqa: S608
            f"and encode(substring(\"{name}\" from 2 for 4), 'hex') <> %s limit {BATCH}",
            [present],
        )
        stale = [(pk, bytes(stored)) for pk, stored in cursor.fetchall()]
        for pk, stored in stale:
            fresh = close(open_closed(stored, column.place), column.place)
            cursor.execute(f'update "{table}" set "{name}" = %s where "{key}" = %s and "{name}" = %s', [fresh, pk, stored])  # noqa: S608
    return len(stale)


def _factors() -> int:
    done = 0
    for factor in Authenticator.objects.select_for_update().filter(type__in=("totp", "recovery_codes")):
        name = "secret" if factor.type == "totp" else "seed"
        stored = base64.b64decode(factor.data[name])
        if not closed_with_present_key(stored):
            factor.data[name] = base64.b64encode(close(open_closed(stored, PLACE), PLACE)).decode()
            factor.save(update_fields=["data"])
            done += 1
    return done
