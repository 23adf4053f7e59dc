"""What a suspension order of a field does to one application, and how residents are treated (MOC 6).

The orders and their effects are dated rows. `effect_of` decides on one order and one case and
takes the rows as arguments, so that orders kept elsewhere than in the shipped tables are
decided by the same law. No Django, no database, no clock may be brought in here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from rahdari.base.facts import Answer, Day, Facts, Moment, code_of, own_fault
from rahdari.base.reference import Book, Row
from rahdari.base.refusal import Reason

OFFICE = "ISA"
STATUSES_HELD = frozenset({"titp", "student", "bridge", "other"})
STATUSES_OUTSIDE = STATUSES_HELD | {"esd", "professional", "remote"}
STAYING_KINDS = frozenset({"change_of_employer", "extension"})
EXAMINED = frozenset({"none", "restricted"})
CONSIDERED = ("contract", "living_conditions")
MEANS = ("temporary_passport",)

Kind = Literal["coe", "change_of_status", "change_of_employer", "extension"]
Status = Literal["ssw1", "ssw2", "esd", "professional", "remote", "titp", "student", "bridge", "other"]


class Resident(Facts):
    """Somebody who lives in Japan already; null says no, left out says nothing."""

    stay_permitted: bool | None = None
    contract_in_force: bool | None = None
    help_requested: bool | None = None


class SuspensionFacts(Facts):
    """Facts of one application in one field.

    Refuses a decision before the filing (`decided_before_filing`), and one on what was never filed (`decided_without_filing`).
    """

    field: Annotated[str, code_of("fields")]
    application: Kind | None = None
    filed_on: Day | None = None
    received_at: Moment | None = None
    decided_on: Day | None = None
    status: Status | None = None
    from_status: Status | None = None
    already_in_field: bool | None = None
    in_exception_group: bool | None = None
    resident: Resident | None = None

    @field_validator("received_at")
    @classmethod
    def _has_a_day_at_the_office(cls, moment: dt.datetime | None, info: ValidationInfo) -> dt.datetime | None:
        if moment is not None:
            try:
                day_at_office(moment, (info.context or {})["book"])
            except OverflowError:
                raise PydanticCustomError("not_a_day", "no such day") from None
        return moment

    @field_validator("decided_on")
    @classmethod
    def _follows_the_filing(cls, decided: dt.date | None, info: ValidationInfo) -> dt.date | None:
        filed, received = info.data.get("filed_on"), info.data.get("received_at")
        if received is not None:
            filed = day_at_office(received, (info.context or {})["book"])
        if decided is not None and filed is not None and decided < filed:
            raise own_fault("decided_before_filing", filed=filed.isoformat(), decided=decided.isoformat())
        return decided

    @model_validator(mode="after")
    def _was_filed_if_decided(self) -> SuspensionFacts:
        unfiled = self.said("filed_on") and self.filed_on is None and self.received_at is None
        if unfiled and self.decided_on is not None:
            raise own_fault("decided_without_filing")
        return self


@dataclass(frozen=True, slots=True)
class Case:
    """One application as an order sees it.

    `filed_on` is the day at the receiving office, None when it is not said, or when nothing was
    filed yet (`unfiled`). `decided_on` is None while undecided: `pending` when that was said.
    """

    kind: str
    today: dt.date
    filed_on: dt.date | None = None
    unfiled: bool = False
    decided_on: dt.date | None = None
    pending: bool = False
    in_exception_group: bool | None = None

    @property
    def day(self) -> dt.date:
        """The day the answer is for: that of the decision, else today, or a filing still to come."""
        return self.decided_on or max(self.today, self.filed_on or self.today)


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of the application: `effect` is None when the tables do not know; `order` is the order that does it."""

    effect: str | None
    order: str | None
    reasons: tuple[Reason, ...]

    @property
    def examined(self) -> bool | None:
        """Whether the application is looked at on its merits."""
        return None if self.effect is None else self.effect in EXAMINED


def check_suspension(facts: SuspensionFacts, book: Book, today: dt.date) -> Answer:
    """Says what the suspension orders of a field do to an application, and what MOC 6 says of a resident.

    Undated facts an order needs give `"known": false`. An application of which no decision is told is taken as
    pending while an order stands. Source: MOC 6(1)-(3), ICRRA 7-2, suspension_effects.
    """
    case, first = _case(facts, book, today)
    effect = _effect(facts, case, book)
    resident, last = _resident(facts, case, book)
    answer = {"effect": effect.effect, "order": effect.order, "examined": effect.examined, **resident}
    if effect.effect is None:
        answer = {"known": False, **answer}
    return Answer(answer, (*first, *effect.reasons, *last), case.day)


def day_at_office(moment: dt.datetime, book: Book) -> dt.date:
    """The calendar day of a moment at the office that receives applications (TIME_ZONE of counting_rules).

    Raises OverflowError outside the calendar, LookupError when the table has no offset for the day.
    """
    utc = moment.astimezone(dt.UTC)
    office = book.one("authorities", code=OFFICE)
    for row in book.in_force("office_time_zones", utc.date(), side=office["side"] if office else ""):
        return (utc + dt.timedelta(minutes=row.number("utc_offset_minutes") or 0)).date()
    raise LookupError(f"office_time_zones has no row for {OFFICE} on {utc.date()}")


def effect_of(order: Row, effects: Iterable[Row], case: Case) -> Effect:
    """What one order does to one application.

    `effects` are rows of the shape of suspension_effects; those of other orders are passed over. The effect is None, with
    the reason, where the rows or the facts do not tell.
    """
    rows = [row for row in effects if row["order_id"] == order["order_id"] and row["application_kind"] == case.kind]
    if not rows:
        return _unknown(order, "suspension_kind_missing", order, kind=case.kind)
    if all(row["effect"] == "none" for row in rows):
        return Effect("none", None, (_reason("suspension_none", order, rows[0], kind=case.kind),))
    beyond = _beyond(order, case)
    if beyond is not None:
        return beyond
    held = [(row, _holds(row, case)) for row in rows]
    row = next((row for row, holds in held if holds), None)
    if row is not None:
        return _apply(order, row, case)
    if any(holds is None for _, holds in held):
        return _unknown(order, "suspension_filing_day_needed", rows[0], kind=case.kind)
    return _unknown(order, "suspension_day_missing", rows[0], kind=case.kind)


def _beyond(order: Row, case: Case) -> Effect | None:
    """The answer for a case the order does not reach in time; None when it reaches it."""
    begin, end = order.day("effective_from"), order.day("lifted_on")
    if begin is None:
        return _unknown(order, "suspension_start_missing", order)
    if case.decided_on is not None and case.decided_on < begin:
        return Effect("none", None, (_reason("suspension_decided_earlier", order, order, begin=begin, decided=case.decided_on),))
    if end is None or case.day < end:
        return None
    if case.decided_on is not None or case.pending or (case.filed_on is not None and case.filed_on >= end):
        return Effect("none", None, (_lifted(order, end),))
    return _unknown(order, "suspension_decision_day_needed", order, begin=begin, end=end)


def _holds(row: Row, case: Case) -> bool | None:
    """Whether the date test of a row holds; None when the facts do not tell."""
    if row["condition"] == "any":
        return True
    reference = row.day("reference_date")
    if reference is None:
        return None
    if row["test_date"] == "decided":
        later = case.decided_on is None or case.decided_on >= reference
    elif case.filed_on is not None:
        later = case.filed_on >= reference
    elif case.unfiled and case.today >= reference:
        later = True
    else:
        return None
    return later == (row["condition"] == "on_or_after")


def _apply(order: Row, row: Row, case: Case) -> Effect:
    dated = _dated(order, row, case)
    if row["exception_group"] and case.in_exception_group:
        excepted = _reason("suspension_exception", order, row, kind=case.kind, group=row["exception_group"])
        return Effect("none", None, (*dated, excepted))
    reasons = [*dated, _reason(f"suspension_{row['effect']}", order, row, kind=case.kind)]
    if row["exception_group"] and case.in_exception_group is None:
        reasons.append(_reason("suspension_exception_unsaid", order, row, kind=case.kind, group=row["exception_group"]))
    return Effect(row["effect"], None if row["effect"] == "none" else order["order_id"], tuple(reasons))


def _dated(order: Row, row: Row, case: Case) -> tuple[Reason, ...]:
    """Which day counted, and how it lies to the day of the row."""
    reasons = []
    if case.decided_on is None and not case.pending:
        reasons.append(_reason("suspension_taken_as_pending", order, order))
    if row["condition"] == "any":
        return tuple(reasons)
    day = case.filed_on if row["test_date"] == "filed" else case.decided_on
    code = f"suspension_{row['test_date']}_{row['condition']}" if day else f"suspension_not_yet_{row['test_date']}"
    return (*reasons, _reason(code, order, row, day=day, reference=row.day("reference_date")))


def _lifted(order: Row, end: dt.date) -> Reason:
    confidence = order["lifted_confidence"] or order["confidence"]
    return replace(_reason("suspension_lifted", order, order, end=end), confidence=confidence)


def _reason(code: str, order: Row, row: Row, **about: object) -> Reason:
    return Reason(
        code, {"order": order["order_id"], "field": order["field"], **about}, order["order_id"], row["source"], row["confidence"]
    )


def _unknown(order: Row, code: str, row: Row, **about: object) -> Effect:
    return Effect(None, order["order_id"], (_reason(code, order, row, **about),))


def _case(facts: SuspensionFacts, book: Book, today: dt.date) -> tuple[Case, tuple[Reason, ...]]:
    """The case behind the facts, and the reasons for what was read into them."""
    filed, reasons = facts.filed_on, []
    if facts.received_at is not None:
        filed = day_at_office(facts.received_at, book)
        rule = book.one("counting_rules", code="TIME_ZONE")
        reasons.append(_of_row("suspension_received_day", rule, "TIME_ZONE", day=filed))
    unfiled = filed is None and facts.said("filed_on")
    kind = facts.application or ""
    in_field = _in_field(facts)
    if kind == "change_of_status" and in_field:
        kind = "change_of_employer"
        reasons.append(Reason("suspension_already_in_field", {"field": facts.field}))
    elif kind == "change_of_employer" and in_field is False:
        kind = "change_of_status"
        reasons.append(Reason("suspension_enters_field", {"field": facts.field}))
    case = Case(
        kind=kind,
        today=today,
        filed_on=filed,
        unfiled=unfiled,
        decided_on=facts.decided_on,
        pending=facts.decided_on is None and (unfiled or facts.said("decided_on")),
        in_exception_group=bool(facts.in_exception_group) if facts.said("in_exception_group") else None,
    )
    return case, tuple(reasons)


def _in_field(facts: SuspensionFacts) -> bool | None:
    """Whether the person is SSW(i) in the field already; None when the facts do not tell."""
    held = facts.from_status or (facts.status if facts.status in STATUSES_HELD else None)
    if held in STATUSES_OUTSIDE:
        return False
    return bool(facts.already_in_field) if facts.said("already_in_field") else None


def _effect(facts: SuspensionFacts, case: Case, book: Book) -> Effect:
    orders, parts = _orders(facts.field, case, book)
    if not orders and not parts:
        return Effect("none", None, (Reason("suspension_no_order", {"field": facts.field, "edition": book.version}),))
    if facts.application is None:
        if facts.said("application") or facts.resident is not None:
            return Effect("none", None, (Reason("suspension_no_application", {"field": facts.field}),))
        return _unknown((orders or parts)[0], "suspension_application_unsaid", (orders or parts)[0])
    found = [_of_order(order, facts, case, book) for order in orders] + [_of_part(order, facts, case, book) for order in parts]
    return next((one for one in found if one.effect != "none"), found[0])


def _orders(field: str, case: Case, book: Book) -> tuple[list[Row], list[Row]]:
    """Orders on the field or on what it became, the newest first; and those on a field merged into it that may reach the case."""
    row, names = book.one("fields", code=field), []
    while row is not None and row["code"] not in names:
        names.append(row["code"])
        row = book.one("fields", code=row["merged_into"])
    own = [order for order in book.tables["suspensions"] if order["field"] in names]
    begin = book.rows("fields", code=field)[0].day("valid_from")
    day = case.decided_on or case.filed_on
    early = day is not None and begin is not None and day < begin
    merged = {part["code"] for part in book.rows("fields", merged_into=field)}
    parts = [order for order in book.tables["suspensions"] if order["field"] in merged and (early or not order["lifted_on"])]
    return sorted(own, key=lambda order: order["effective_from"], reverse=True), parts


def _of_order(order: Row, facts: SuspensionFacts, case: Case, book: Book) -> Effect:
    """As `effect_of`, once it is clear that the order speaks of the status that is applied for."""
    sought = None if facts.status in STATUSES_HELD else facts.status
    if sought is None and facts.application in STAYING_KINDS and case.kind == facts.application:
        sought = facts.from_status
    ceilings = book.rows("field_ceilings", field=order["field"], ceiling=order["ceiling"]) if order["ceiling"] else ()
    schemes = {ceiling["scheme"] for ceiling in ceilings}
    if sought is not None and schemes and sought not in schemes:
        return Effect(
            "none", None, (_reason("suspension_other_status", order, order, status=sought, scheme=tuple(sorted(schemes))),)
        )
    return effect_of(order, book.tables["suspension_effects"], case)


def _of_part(order: Row, facts: SuspensionFacts, case: Case, book: Book) -> Effect:
    """An order on one of several fields that were merged: if it would touch the case, it is not known whether the case is its."""
    effect = _of_order(order, facts, case, book)
    if effect.effect == "none":
        return effect
    return _unknown(order, "suspension_merged_part", order, merged=facts.field)


def _resident(facts: SuspensionFacts, case: Case, book: Book) -> tuple[dict[str, object], tuple[Reason, ...]]:
    """The members of the answer that speak of a resident, and the reasons (MOC 6(2) and 6(3))."""
    answer: dict[str, object] = {"moc6": None, "considers": [], "acts": [], "means": [], "status_lost": False}
    resident = facts.resident
    if resident is None:
        return answer, ()
    review, returning = (book.one("moc_articles", number="6", part=part) for part in ("2", "3"))
    kept = _of_row("suspension_status_kept", review, "MOC 6(2)")
    if not any(_stands(order, case) for order in _orders(facts.field, case, book)[0]):
        return answer, (kept, Reason("suspension_moc6_idle", {"field": facts.field, "day": case.day}))
    if not resident.said("stay_permitted") or resident.stay_permitted:
        answer |= {"moc6": "individual_review", "considers": list(CONSIDERED), "acts": [OFFICE]}
        return answer, (kept, _of_row(f"suspension_review_{_contract(resident)}", review, "MOC 6(2)", acts=(OFFICE,)))
    if not resident.help_requested:
        return answer, (kept, _of_row("suspension_return_unasked", returning, "MOC 6(3)"))
    acts = _helpers(returning, book)
    answer |= {"moc6": "assisted_return", "acts": acts, "means": list(MEANS)}
    travel = book.one("contract_criteria", code="RETURN_TRAVEL")
    helped = _of_row("suspension_assisted_return", returning, "MOC 6(3)", acts=tuple(acts), means=MEANS)
    return answer, (kept, helped, _of_row("suspension_return_travel", travel, "RETURN_TRAVEL"))


def _stands(order: Row, case: Case) -> bool:
    """Whether an order stood when the case was decided, or stands while it is not."""
    begin, end = order.day("effective_from"), order.day("lifted_on")
    started = begin is not None and (case.decided_on is None or case.decided_on >= begin)
    return started and (end is None or case.day < end)


def _contract(resident: Resident) -> str:
    if not resident.said("contract_in_force"):
        return "contract_unsaid"
    return "contract_in_force" if resident.contract_in_force else "contract_ended"


def _helpers(article: Row | None, book: Book) -> list[str]:
    """The bodies of the obliged side that the Memorandum names for an article."""
    if article is None:
        return []
    bodies = book.rows("authorities", side=article["obliges"], named_in_moc="yes")
    return [body["code"] for body in bodies if article["number"] in body.codes("moc_clauses")]


def _of_row(code: str, row: Row | None, rule: str, **about: object) -> Reason:
    source, confidence = (row["source"], row["confidence"]) if row is not None else ("", "")
    return Reason(code, about, rule, source, confidence)
