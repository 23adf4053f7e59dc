"""Writes: a worker lets a member of the family watch, with a code to both phones, and either ends it at once."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from rahdari.base.actor import Actor
from rahdari.base.letters import write_letter
from rahdari.base.refusal import Refusal
from rahdari.base.secrets import blind, blinds
from rahdari.base.states import why_not_move
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS
from ..models import Person, Proxy
from ..queries.people import person_with_phone
from ..queries.proxies import allowed_for
from ..rules.codes import DIGITS
from ..rules.opening import may_have_account, phone_rested
from ..rules.phones import normal_phone
from ..rules.proxies import CODES_LAST, PROXY_MOVES, Asked, codes_count, spoken_name, why_not_ask_proxy, why_not_watch
from .opening import _new

CODE = "accounts.proxy"
ENDED = {"state": "proxy_ended", "name": None, "phone": None, "own_code": "", "their_code": ""}


def ask_proxy(*, actor: Actor, name: str, phone: str, sees: Sequence[str], at: dt.datetime) -> Proxy:
    """Asks a member of the family: sends a code to the worker's phone and another to theirs, and waits for both.

    What was asked before and not answered is dropped. Messages to strangers go to mobiles of the corridor's two countries
    alone. Refuses `phone_not_valid`, `own_phone_missing`, `same_phone`,
    `nothing_ticked`, `too_many_watchers`, `watches_already`.
    """
    with unit_of_work("accounts.ask_proxy", actor=actor, at=at) as unit:
        unit.permit(PERMITS["ask_proxy"])
        worker = unit.lock(Person, str(actor.person))
        typed, open_ones = normal_phone(phone, actor.node), list(allowed_for(worker.pk))
        number = typed if typed is not None and may_have_account(typed) else None
        already = number is not None and any(one.phone == number for one in open_ones)
        unit.refuse(why_not_ask_proxy(Asked(worker.phone, number, sees, len(open_ones), already)))
        Proxy.objects.filter(worker=worker, state="proxy_asked").delete()
        proxy = Proxy(
            worker=worker, name=" ".join(name.split()), phone=number, sees=sorted(set(sees)), state="proxy_asked",
            asked_at=at, until=at + CODES_LAST,
        )  # fmt: skip
        proxy.own_code = _send(unit, proxy, "own", worker, str(worker.phone))
        proxy.their_code = _send(unit, proxy, "their", worker, str(number))
        unit.add(proxy)
        unit.about(proxy, sees=proxy.sees)
    return proxy


def allow_proxy(*, actor: Actor, proxy_id: UUID, own_code: str, their_code: str, at: dt.datetime) -> Proxy | None:
    """Lets the member of the family watch from now on, if both codes are right; else None, and the try is counted.

    They come in by their own phone; who had no account gets one that holds nothing else. Refuses `not_own_watch`,
    `watcher_signs_in_first` where the phone's account rested: then its number may be somebody else's now.
    """
    with unit_of_work("accounts.allow_proxy", actor=actor, at=at) as unit:
        proxy = unit.lock(Proxy, proxy_id)
        unit.permit(PERMITS["allow_proxy"], proxy)
        counts = codes_count(proxy.state, proxy.tries, proxy.until, at)
        right = _right(proxy, "own", own_code) and _right(proxy, "their", their_code)
        if not (counts and right):
            proxy.tries += 1 if counts else 0
            unit.save(proxy)
            unit.about(proxy, right=False)
            return None
        watcher = _watcher(unit, proxy)
        unit.refuse([Refusal("same_phone")] if watcher.pk == proxy.worker_id else [])
        _end_watches(Q(worker=proxy.worker_id, person=watcher), at)
        proxy.person, proxy.state, proxy.allowed_at, proxy.own_code, proxy.their_code = watcher, "proxy_allowed", at, "", ""
        unit.save(proxy)
        unit.about(proxy, right=True, watcher=watcher.pk, sees=proxy.sees)
    return proxy


def end_proxy(*, actor: Actor, proxy_id: UUID, at: dt.datetime) -> Proxy:
    """Ends a watch now: the worker takes it back, or the watcher lays it down. Refuses `not_own_watch`, `wrong_state`."""
    with unit_of_work("accounts.end_proxy", actor=actor, at=at) as unit:
        proxy = unit.lock(Proxy, proxy_id)
        unit.permit(PERMITS["end_proxy"], proxy)
        unit.refuse(why_not_move(PROXY_MOVES, proxy.state, "proxy_ended"))
        for member, value in ENDED.items():
            setattr(proxy, member, value)
        proxy.ended_at = at
        unit.save(proxy)
        unit.about(proxy, by="worker" if actor.person == proxy.worker_id else "watcher")
    return proxy


def _send(unit: Unit, proxy: Proxy, whose: str, worker: Person, phone: str) -> str:
    """Sends one of the two codes and gives its hash."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    values = {"code": code, "name": spoken_name(worker.name), "minutes": int(CODES_LAST.total_seconds() // 60)}
    told = {"way": "sms", "address": phone, "language": worker.language}
    to = worker.pk if whose == "own" else None
    write_letter(unit, to=to, **told, template=f"accounts/letters/proxy_{whose}", values=values)
    return blind(f"{proxy.pk} {whose} {code}", CODE)


def _right(proxy: Proxy, whose: str, code: str) -> bool:
    """Whether this is the code that was sent to one of the two phones."""
    return getattr(proxy, f"{whose}_code") in blinds(f"{proxy.pk} {whose} {code}", CODE)


def _watcher(unit: Unit, proxy: Proxy) -> Person:
    """The account of the phone that answered, or a new one that can watch and nothing else."""
    phone, at = str(proxy.phone), unit.at
    person = person_with_phone(phone)
    if person is None:
        return _new(unit, proxy.name or "", phone, None, proxy.worker.language, "watcher_signs_in_first")
    rested, card = phone_rested(person.phone_shown_at, at), person.identity is not None
    unit.refuse(why_not_watch(open_account=person.is_active, staff=person.staff, rested=rested, card=card))
    if rested:
        _end_watches(Q(person=person), at)
        Person.objects.filter(pk=person.pk).update(phone_shown_at=at)
    return person


def _end_watches(which: Q, at: dt.datetime) -> None:
    """Ends watches, those that wait for their codes too."""
    Proxy.objects.filter(which, state__in=("proxy_asked", "proxy_allowed")).update(**ENDED, ended_at=at)


def _forget_watches(people: Sequence[UUID]) -> None:
    """Deletes what these people allowed and were allowed; for accounts that are emptied."""
    rows: QuerySet[Proxy] = Proxy.objects.filter(Q(worker__in=people) | Q(person__in=people))
    rows.delete()
