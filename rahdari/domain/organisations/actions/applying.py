"""Entering an organisation of a register, applying for a licence, granting or refusing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.editions import current_book
from rahdari.base.refusal import Refusal
from rahdari.base.work import Unit, unit_of_work

from ..access import PERMITS, REGISTRARS
from ..models import Deposit, LicenceChange, Organisation
from ..queries.alike import too_similar
from ..queries.finding import banned_officers
from ..queries.standing import due_after, number_of
from ..rules.entries import Entry, Paper, SecurityEntered
from ..rules.licences import KINDS, Order, why_not_apply, why_not_grant, why_not_order, why_not_until
from .parts import _add_parts, _add_security, _kept, _name_body, _new_registry_id, _why_not_entry
from .telling import _hold, _today

PROMOTER, SUPPORT = "OEP", "RSO"
BUREAU = {"pk": "BEOE", "jp": "ISA"}


def enter_organisation(
    *, actor: Actor, kind: str, entry: Entry, number: str = "", from_on: dt.date | None = None, until: dt.date | None = None,
    law: str = "", papers: Sequence[Paper] = (), registry_id: str = "", at: dt.datetime,
) -> Organisation:  # fmt: skip
    """A registrar enters an organisation that is licensed or known already, from its file; a second one decides it.

    Refuses `wrong_node` for a kind the other state registers, `organisation_name_missing`, `licence_number_wrong`,
    `licence_number_taken`, `until_before_from`, and wrong phones or numbers. Leaves the entry, not public yet, and the
    order for a second officer.
    """
    with unit_of_work("organisations.enter_organisation", actor=actor, at=at) as unit:
        unit.permit(PERMITS["enter_organisation"])
        known = KINDS.get(kind)
        unit.refuse([] if known is not None else [Refusal("organisation_kind_unknown", member="kind")])
        unit.refuse([] if known is not None and known.side == actor.node else [Refusal("wrong_node")])
        from_on = from_on or _today(unit)
        unit.refuse([*_why_not_number(kind, number, None), *_why_not_entered(unit, entry, from_on, until)])
        organisation = _made(unit, kind, entry, registry_id)
        order = Order(ground="register", law=law, until=until)
        value = number_of(kind, number, current_book())
        change = _order_row(unit, organisation, "enter_organisation", "valid", order, papers, number=value, from_on=from_on)
        _wait_for_second(unit, organisation, change)
        unit.about(organisation, kind=kind, registry_id=organisation.registry_id)
    return organisation


def _why_not_entered(unit: Unit, entry: Entry, from_on: dt.date, until: dt.date | None) -> list[Refusal]:
    against = _why_not_entry(entry, unit.actor.node)
    if not entry.names:
        against.append(Refusal("organisation_name_missing", member="names"))
    if from_on > _today(unit):
        against.append(Refusal("date_in_future", {"day": from_on}, member="from_on"))
    if until is not None and until <= from_on:
        against.append(Refusal("until_before_from", {"day": from_on}, member="until"))
    return against


def _why_not_number(kind: str, number: str, own: Organisation | None) -> list[Refusal]:
    """A number must have the form of its kind and be nobody else's; a kind without numbers has none."""
    if not KINDS[kind].numbers and not number:
        return []
    value = number_of(kind, number, current_book())
    if not value:
        return [Refusal("licence_number_wrong", member="number")]
    return [] if _is_free(kind, value, own) else [Refusal("licence_number_taken", member="number")]


def _is_free(kind: str, value: str, own: Organisation | None) -> bool:
    others = Organisation.objects.filter(kind=kind, number=value)
    return not (others.exclude(pk=own.pk) if own is not None else others).exists()


def _made(unit: Unit, kind: str, entry: Entry, registry_id: str = "") -> Organisation:
    """A new organisation with its parts; `registry_id` where it is a body already."""
    node = unit.actor.node
    pk, fresh = _new_registry_id(node)
    registry_id = registry_id or fresh
    known = not registry_id.startswith(f"{node}:org:") or Organisation.objects.filter(registry_id=registry_id).exists()
    unit.refuse([Refusal("organisation_known")] if known else [])
    organisation = Organisation(id=pk, registry_id=registry_id, home=node, kind=kind, address=entry.address.strip())
    organisation.entered_at, organisation.entered_by = unit.at, unit.actor.person
    unit.add(organisation)
    _add_parts(unit, organisation, entry)
    return organisation


def _order_row(
    unit: Unit, organisation: Organisation, use_case: str, state: str, order: Order, papers: Sequence[Paper], *,
    number: str = "", from_on: dt.date | None = None, entered_by: UUID | None = None, decided: bool = False,
) -> LicenceChange:  # fmt: skip
    """A change as it is entered; it waits for a second officer, unless this actor decides what another person entered."""
    return unit.add(
        LicenceChange(
            organisation=organisation,
            use_case=use_case,
            state=state,
            from_on=from_on,
            until=order.until,
            number=number,
            ground=order.ground,
            law=order.law,
            text=order.text,
            papers=_kept(unit, papers),
            known_by=order.known_by,
            shown_cause_on=order.shown_cause_on,
            hearing_on=order.hearing_on,
            interim=order.interim,
            declarations_filed=order.declarations_filed,
            workers_settled=order.workers_settled,
            appeal_until=order.appeal_until,
            entered_at=unit.at,
            entered_by=entered_by if decided else unit.actor.person,
            decided_at=unit.at if decided else None,
            decided_by=unit.actor.person if decided else None,
        )
    )


def _wait_for_second(unit: Unit, organisation: Organisation, change: LicenceChange) -> None:
    """Opens the task of the second officer, of the same office."""
    _wait(unit, "organisations.decide_order", organisation, BUREAU[unit.actor.node], "", what=change.use_case)


def _wait(
    unit: Unit, task: str, organisation: Organisation, body: str, role: str, *, what: str = "", due: dt.datetime | None = None
) -> None:
    name = organisation.names.first()
    unit.wait(
        task,
        organisation,
        holder_body=body,
        holder_role=role,
        holder_side=organisation.home,
        matter={"organisation": name.value if name else organisation.registry_id}
        | ({"order": f"organisations.{what}"} if what else {}),
        url_name="organisations.see_organisation",
        url_args=[str(organisation.pk)],
        due_at=due or due_after(task, unit.at, current_book(), organisation.home),
    )


def apply_licence(
    *, actor: Actor, entry: Entry, papers: Sequence[Paper] = (), security: SecurityEntered | None = None, at: dt.datetime
) -> Organisation:
    """A promoter applies for a licence with its papers, or an officer enters the application from paper.

    Refuses `organisation_name_missing`, `office_address_missing`, `officers_missing`, `application_papers_missing`, `wrong_state`
    where a licence stands or an application waits, and wrong phones or numbers. Leaves the application and the Bureau's clock.
    """
    with unit_of_work("organisations.apply_licence", actor=actor, at=at) as unit:
        unit.permit(PERMITS["apply_licence"])
        own = actor.role == "promoter_manager"
        there = Organisation.objects.filter(registry_id=actor.body).first() if own else None
        organisation = unit.lock(Organisation, there.pk) if there is not None else None
        state = organisation.state if organisation is not None else None
        unit.refuse([*_why_not_applied(entry, papers, state), *_why_not_entry(entry, actor.node)])
        if organisation is None:
            organisation = _made(unit, PROMOTER, entry, actor.body if own else "")
        else:
            organisation.state, organisation.address = "applied", entry.address.strip()
            organisation.entered_at, organisation.entered_by = at, actor.person
            unit.save(organisation)
            _add_parts(unit, organisation, entry)
        if security is not None:
            _add_security(unit, organisation, security)
        _applied(unit, organisation, papers)
        _wait(unit, "organisations.grant_licence", organisation, BUREAU[actor.node], REGISTRARS[actor.node])
        unit.about(organisation, registry_id=organisation.registry_id)
    return organisation


def _applied(unit: Unit, organisation: Organisation, papers: Sequence[Paper]) -> None:
    """The application in the history: it holds by itself, and whoever grants it must be another person."""
    order = Order(ground="application")
    row = _order_row(unit, organisation, "apply_licence", "applied", order, papers, from_on=_today(unit), decided=True)
    row.entered_by, row.decided_by = unit.actor.person, None
    unit.save(row)


def grant_licence(
    *, actor: Actor, organisation_id: UUID, number: str, until: dt.date | None, law: str = "", text: str = "",
    security: SecurityEntered | None = None, name_cleared: str = "", seen: int | None = None, at: dt.datetime,
) -> Organisation:  # fmt: skip
    """An officer grants what another person applied for: the number, and the first day without validity with its law.

    Refuses `four_eyes`, `security_missing`, `name_too_similar` unless a person says why it is another (`name_cleared`),
    `banned_person`, `licence_number_wrong`, `licence_number_taken`, `until_missing`, `law_missing`, `wrong_state`, `stale`.
    Leaves the licence valid from today, the firm a body one can act for, and the statement.
    """
    with unit_of_work("organisations.grant_licence", actor=actor, at=at) as unit:
        organisation = _to_decide(unit, "grant_licence", organisation_id, seen)
        unit.alone(f"organisations.number {organisation.kind}")
        value = number_of(organisation.kind, number, current_book())
        unit.refuse(
            [
                *_why_not_second(unit, organisation.entered_by),
                *why_not_grant(
                    state=organisation.state,
                    number_fits=bool(value),
                    number_free=not value or _is_free(organisation.kind, value, organisation),
                    security=security is not None or Deposit.objects.filter(organisation=organisation, released_on=None).exists(),
                    name_alike=too_similar(organisation),
                    name_cleared=name_cleared.strip(),
                    banned_officers=banned_officers(organisation),
                    until=until,
                    law=law.strip(),
                    today=_today(unit),
                ),
            ]
        )
        if security is not None:
            _add_security(unit, organisation, security)
        order = Order(ground="application", law=law, until=until, text="\n".join(filter(None, (text, name_cleared))))
        _decide(unit, organisation, "grant_licence", "valid", order, value)
        _name_body(actor, organisation, at)
        unit.settle("organisations.grant_licence", organisation)
        unit.about(organisation, number=value, until=until, name_cleared=bool(name_cleared))
    return organisation


def refuse_licence(
    *, actor: Actor, organisation_id: UUID, order: Order, seen: int | None = None, at: dt.datetime
) -> Organisation:
    """An officer refuses what another person applied for, with ground, law and the last day of the appeal.

    Refuses `four_eyes`, `reason_missing`, `law_missing`, `appeal_until_missing`, `wrong_state`, `stale`. Nothing is told:
    an application is nobody's business.
    """
    with unit_of_work("organisations.refuse_licence", actor=actor, at=at) as unit:
        organisation = _to_decide(unit, "refuse_licence", organisation_id, seen)
        against = why_not_order(
            "refuse_licence",
            order,
            state=organisation.state,
            kind=organisation.kind,
            open_order=False,
            valid_until=None,
            renew_from=None,
            today=_today(unit),
        )
        unit.refuse([*_why_not_second(unit, organisation.entered_by), *against])
        _decide(unit, organisation, "refuse_licence", "refused", order)
        unit.settle("organisations.grant_licence", organisation, "refused")
        unit.about(organisation, ground=order.ground, appeal_until=order.appeal_until)
    return organisation


def _to_decide(unit: Unit, use_case: str, organisation_id: UUID, seen: int | None) -> Organisation:
    """The organisation, locked, if the actor may do this to it."""
    unit.permit(PERMITS[use_case])
    organisation = unit.lock(Organisation, organisation_id, seen=seen)
    unit.permit(PERMITS[use_case], organisation)
    return organisation


def _why_not_applied(entry: Entry, papers: Sequence[Paper], state: str | None) -> list[Refusal]:
    """Why an application, or a registration that rests on one, cannot be taken in."""
    address = entry.address.strip()
    return why_not_apply(state=state, names=len(entry.names), address=address, papers=len(papers), officers=len(entry.officers))


def _why_not_second(unit: Unit, entered_by: UUID | None) -> list[Refusal]:
    """`four_eyes` for whoever entered the matter, and for nobody at all."""
    same = unit.actor.person is None or unit.actor.person == entered_by
    return [Refusal("four_eyes")] if same else []


def _decide(unit: Unit, organisation: Organisation, use_case: str, state: str, order: Order, number: str = "") -> None:
    """This actor decides on what another person applied for; it holds from today on."""
    by, today = organisation.entered_by, _today(unit)
    change = _order_row(unit, organisation, use_case, state, order, (), number=number, from_on=today, entered_by=by, decided=True)
    _hold(unit, organisation, change)


def register_support_org(
    *, actor: Actor, entry: Entry, number: str, until: dt.date | None, law: str = "", papers: Sequence[Paper] = (),
    at: dt.datetime,
) -> Organisation:  # fmt: skip
    """An officer of the immigration agency enters the registration of a support organisation; a second one decides it.

    Refuses what `enter_organisation` refuses, `office_address_missing`, `application_papers_missing`, `until_missing` and
    `law_missing`. Leaves the entry, not public yet, and the order for a second officer.
    """
    with unit_of_work("organisations.register_support_org", actor=actor, at=at) as unit:
        unit.permit(PERMITS["register_support_org"])
        today = _today(unit)
        lacking = [*_why_not_applied(entry, papers, None), *why_not_until(until, law.strip(), today)]
        unit.refuse([*lacking, *_why_not_number(SUPPORT, number, None), *_why_not_entry(entry, actor.node)])
        organisation = _made(unit, SUPPORT, entry)
        order = Order(ground="register", law=law, until=until)
        value = number_of(SUPPORT, number, current_book())
        change = _order_row(unit, organisation, "register_support_org", "valid", order, papers, number=value, from_on=today)
        _wait_for_second(unit, organisation, change)
        unit.about(organisation, registry_id=organisation.registry_id, until=until)
    return organisation
