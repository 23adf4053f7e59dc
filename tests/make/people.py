"""People for tests: staff in a role, the actor they are, a browser in which they are signed in.

actor("protector")                      an officer of the Protector, ready for actions and queries
person("employer", node="jp")           the person alone
sign_in(client, "field_ministry", body="METI")   a test client with a whole session, second factor included
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import count

from django.conf import settings
from django.db.models import QuerySet

from rahdari.base.actor import Actor, machine
from rahdari.base.clock import now
from rahdari.domain.accounts.actions import admit_staff, name_body, register_at_counter, seed_bodies
from rahdari.domain.accounts.models import Body, Person
from rahdari.domain.accounts.queries import ACTING_AS, SECOND_FACTOR, actor_for, grants_of
from rahdari.domain.accounts.rules.roles import ROLES

_number = count(1)
PARTIES = {"OEP", "ACCEPTING_ORG", "RSO", "JP_PLACEMENT", "TRAINING_BODY", "TRAINING_PARTNER", "MATCHING_PARTNER", "EXAM_BODY"}


def node_of(role: str, node: str = "") -> str:
    """The node asked for, else the present one where the role exists, else the role's own."""
    nodes = ROLES[role].nodes
    return node or (settings.RAHDARI_NODE if settings.RAHDARI_NODE in nodes else nodes[0])


def bodies(node: str = "pk") -> None:
    """Every authority as a body."""
    if not Body.objects.exists():
        seed_bodies(actor=machine(node, "command"), at=now())


def organisation(kind: str, body: str = "", *, name: str = "") -> Body:
    """An invented organisation of a kind (`OEP`, `ACCEPTING_ORG` …) as a body; the registry id may be given."""
    side = "pk" if kind in ("OEP", "TRAINING_BODY", "TRAINING_PARTNER", "MATCHING_PARTNER") else "jp"
    body = body or f"{side}:org:{kind.lower().replace('_', '-')}"
    found = Body.objects.filter(pk=body).first()
    if found is not None:
        return found
    words = {f"name_{language}": name or f"{kind} (invented)" for language in ("en", "ur", "ja")}
    return name_body(actor=machine(side, "command"), body_id=body, side=side, kind=kind, **words, at=now())


def body_for(role: str, body: str | None = None, node: str = "pk") -> str:
    """The id of the body a role is held for: the one given, else the first that fits the role."""
    bodies(node)
    fits = ROLES[role].bodies
    if body is not None and ":" in body:
        return organisation(fits[0], body).pk
    code = body or fits[0]
    return organisation(code).pk if code in PARTIES else code


def person(role: str, body: str | None = None, *, node: str = "", office: str = "", at: dt.datetime | None = None) -> Person:
    """A member of staff, invented, holding one role."""
    node = node_of(role, node)
    number = next(_number)
    return admit_staff(
        actor=machine(node, "command"),
        email=f"person{number}@{node}.test.invalid",
        name=f"Person {number} (invented)",
        language="en",
        role=role,
        body_id=body_for(role, body, node),
        office=office,
        at=at or now(),
    )


def actor(role: str, body: str | None = None, *, node: str = "", office: str = "", at: dt.datetime | None = None) -> Actor:
    """The actor of a fresh person in a role."""
    node = node_of(role, node)
    return actor_as(person(role, body, node=node, office=office, at=at), node=node)


def actor_as(someone: Person, role: str = "", *, node: str = "") -> Actor:
    """The actor a person is, in the role named or their first."""
    grants = grants_of(someone, now())
    grant = grants.filter(role=role).first() if role else grants.first()
    return replace(actor_for(someone, grant), node=node or settings.RAHDARI_NODE)


def sign_in_as(client, someone: Person, role: str = "") -> None:
    """Signs a person in with every factor; acts in the role named or their first."""
    client.force_login(someone)
    session = client.session
    if someone.staff:
        session[SECOND_FACTOR] = now().isoformat()
    grant = grants_of(someone, now()).filter(**({"role": role} if role else {})).first()
    if grant is not None:
        session[ACTING_AS] = str(grant.pk)
    session.save()


def sign_in(client, role: str, body: str | None = None, *, node: str = "") -> Person:
    """A fresh person in a role, signed in in the client."""
    someone = person(role, body, node=node)
    sign_in_as(client, someone)
    return someone


def worker(phone: str = "", identity: str = "", *, name: str = "", node: str = "") -> Person:
    """A worker, invented, registered at a counter."""
    node, number = node or settings.RAHDARI_NODE, next(_number)
    officer = actor("oec_counter", node="pk") if node == "pk" else actor("isa_regional", node="jp")
    card = identity or (f"17301-{number:07}-1" if node == "pk" else f"ZZ{number:08}ZZ")
    told = {"name": name or f"Worker {number} (invented)", "identity": card, "phone": phone, "language": "ur"}
    return register_at_counter(actor=officer, **told, at=now())


def by_mail_alone(person_id: object) -> str:
    """Takes the phone off an account and gives it a mail address; gives the hint by which its owner knows that one again."""
    QuerySet(Person).filter(pk=person_id).update(phone=None, phone_index=None, email=f"w{next(_number)}@pk.test.invalid")
    return "w…@pk.test.invalid"
