"""What the terms of a service must settle, and what a late payment costs: the rules alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.money import Money
from rahdari.base.reference import shipped_book
from rahdari.domain.contracts.rules.remote import (
    END_REASONS,
    late_interest,
    limit,
    pay_by,
    percent,
    why_not_agree,
    why_not_begin,
    why_not_deliver,
    why_not_end,
    why_not_kind,
    why_not_pay,
    why_not_return,
    why_not_service,
    why_not_take_up,
)
from rahdari.domain.jobs.rules.line import ROUTES, SERVICE_STEPS, STEPS, of_route
from rahdari.domain.jobs.rules.terms import with_hash
from tests.make.services import terms

TODAY = dt.date(2026, 12, 11)
CLIENT = {"name": "Asked Firm (invented)", "number": "8000000000001", "checked": "register"}
MILESTONE = {"title": "Design", "money": {"amount": 1, "currency": "JPY"}, "due_on": "2027-01-15"}


def whole(**changed: Any) -> dict[str, Any]:
    return with_hash({"kind": "service", "client": CLIENT, **terms(**changed)})


def against(told: dict[str, Any], *, known: bool = True, today: dt.date = TODAY) -> list[tuple[str, str]]:
    return [(one.code, one.member) for one in why_not_service(told, known=known, book=shipped_book(), today=today)]


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, []),
        ({"payment": {"days": None}}, [("no_payment_terms", "terms.payment.days")]),
        ({"payment": {"bank": ""}}, [("no_payment_terms", "terms.payment.bank")]),
        ({"payment": {"charges": ""}}, [("no_payment_terms", "terms.payment.charges")]),
        ({"payment": {"late_interest": None}}, [("no_payment_terms", "terms.payment.late_interest")]),
        ({"payment": {"days": 60}}, []),
        ({"payment": {"days": 61}}, [("payment_too_late", "terms.payment.days")]),
        ({"payment": {"late_interest": 300}}, []),
        ({"payment": {"late_interest": 299}}, [("interest_too_low", "terms.payment.late_interest")]),
        ({"rights": {"owner": ""}}, [("ip_unsettled", "terms.rights.owner")]),
        ({"rights": {"passes": ""}}, [("ip_unsettled", "terms.rights.passes")]),
        ({"rights": {"until_paid": ""}}, [("ip_unsettled", "terms.rights.until_paid")]),
        ({"rights": {"until_paid": "client"}}, [("ip_unsettled", "terms.rights.until_paid")]),
        ({"rights": {"passes": "delivery"}}, [("ip_unsettled", "terms.rights.until_paid")]),
        ({"rights": {"passes": "delivery", "until_paid": "client"}}, []),
        ({"rights": {"owner": "worker"}}, [("ip_unsettled", "terms.rights.passes")]),
        ({"rights": {"owner": "worker", "passes": "never"}}, []),
        ({"rights": {"owner": "both"}}, []),
        ({"rights": {"owner": "client", "passes": "never"}}, [("ip_unsettled", "terms.rights.passes")]),
        ({"trial": "unpaid"}, [("unpaid_trial", "terms.trial")]),
        ({"trial": "paid"}, []),
        ({"ending": {"pays": "nothing"}}, [("unpaid_trial", "terms.ending.pays")]),
        ({"milestones": []}, [("milestones_missing", "terms.milestones")]),
        ({"milestones": [MILESTONE] * 13}, [("milestones_missing", "terms.milestones")]),
        (
            {"milestones": [MILESTONE | {"money": {"amount": 0, "currency": "JPY"}}]},
            [("unpaid_trial", "terms.milestones.0.money.amount")],
        ),
        (
            {"milestones": [MILESTONE, MILESTONE | {"money": {"amount": 1, "currency": "USD"}}]},
            [("two_currencies", "terms.milestones.1.money.currency")],
        ),
        ({"milestones": [MILESTONE | {"due_on": "2026-12-20"}]}, [("due_before_begin", "terms.milestones.0.due_on")]),
        ({"scope": "The worker pays a deposit of 500 dollars to the client."}, [("clause_forbidden", "terms.scope")]),
    ],
    ids=str,
)
def test_terms_of_a_service(changed, refused):
    assert against(whole(**changed)) == refused


def test_a_client_in_no_register_is_refused():
    assert against(whole(), known=False) == [("client_unknown", "")]


def test_terms_of_another_hash_or_of_an_employment_are_no_service():
    assert against(whole() | {"scope": "Something else."}) == [("hash_differs", "terms")]
    assert against(with_hash({"pay_basic": {}})) == [("hash_differs", "terms")]


def test_a_limit_holds_from_its_day():
    assert (limit(shipped_book(), "payment_days", dt.date(2024, 10, 31)), limit(shipped_book(), "payment_days", TODAY)) == (0, 60)


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, []),
        ({"told_hash": "b"}, ["hash_differs"]),
        ({"language": "fr"}, ["language_missing"]),
        ({"born": None}, ["not_of_age"]),
        ({"born": dt.date(2008, 12, 11)}, []),
        ({"born": dt.date(2008, 12, 12)}, ["not_of_age"]),
        ({"state": "signed"}, ["wrong_state"]),
        ({"state": "declined"}, ["wrong_state"]),
    ],
    ids=str,
)
def test_a_signature(changed, refused):
    told: dict[str, Any] = {
        "state": "offered", "told_hash": "a", "terms_hash": "a", "language": "ur", "languages": ("ur", "en", "ja"),
        "born": dt.date(1999, 1, 1),
    }  # fmt: skip
    assert [one.code for one in why_not_agree(**told | changed, today=TODAY, book=shipped_book())] == refused


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, []),
        ({"state": "offered"}, ["not_signed"]),
        ({"begun": True}, ["begun_before"]),
        ({"on": TODAY - dt.timedelta(days=1)}, ["before_begin"]),
    ],
    ids=str,
)
def test_the_beginning(changed, refused):
    told: dict[str, Any] = {"state": "signed", "begun": False, "begins_on": TODAY, "on": TODAY}
    assert [one.code for one in why_not_begin(**told | changed)] == refused


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, []),
        ({"state": "offered"}, ["not_signed"]),
        ({"ended": True}, ["ended_before"]),
        ({"reason": "own_wish"}, ["reason_missing"]),
        ({"reason": "terms_not_kept", "by_worker": False}, ["reason_missing"]),
        ({"reason": "service_finished", "open_milestones": 1}, ["milestones_open"]),
        ({"reason": "notice_given"}, ["notice_too_short"]),
        ({"reason": "notice_given", "last_on": TODAY + dt.timedelta(days=29)}, ["notice_too_short"]),
        ({"reason": "notice_given", "last_on": TODAY + dt.timedelta(days=30)}, []),
        ({"last_on": TODAY - dt.timedelta(days=1)}, ["date_in_past"]),
    ],
    ids=str,
)
def test_the_end(changed, refused):
    told: dict[str, Any] = {
        "state": "signed", "ended": False, "reason": "terms_not_kept", "by_worker": True, "open_milestones": 2, "last_on": TODAY,
        "notice_days": 30,
    }  # fmt: skip
    assert [one.code for one in why_not_end(**told | changed, today=TODAY)] == refused
    assert "service_finished" in END_REASONS[True] and "service_finished" in END_REASONS[False]


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, []),
        ({"state": "milestone_returned"}, []),
        ({"state": "milestone_delivered"}, ["wrong_state"]),
        ({"state": "milestone_paid"}, ["wrong_state"]),
        ({"begins_on": TODAY + dt.timedelta(days=1)}, ["before_begin"]),
        ({"last_on": TODAY}, []),
        ({"last_on": TODAY - dt.timedelta(days=1)}, ["service_over"]),
    ],
    ids=str,
)
def test_a_delivery(changed, refused):
    told: dict[str, Any] = {"state": "milestone_agreed", "begins_on": TODAY, "last_on": None}
    assert [one.code for one in why_not_deliver(**told | changed, today=TODAY)] == refused


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, []),
        ({"state": "milestone_delivered"}, []),
        ({"state": "milestone_agreed"}, ["wrong_state"]),
        ({"state": "milestone_paid"}, ["wrong_state"]),
        ({"paid": Money("JPY", 150_001)}, []),
        ({"paid": Money("JPY", 149_999)}, ["paid_less"]),
        ({"paid": Money("USD", 150_000)}, ["other_currency"]),
        ({"on": TODAY + dt.timedelta(days=1)}, ["date_in_future"]),
        ({"on": TODAY - dt.timedelta(days=6)}, []),
        ({"on": TODAY - dt.timedelta(days=7)}, ["paid_before_delivery"]),
    ],
    ids=str,
)
def test_a_payment(changed, refused):
    told: dict[str, Any] = {
        "state": "milestone_accepted", "agreed": Money("JPY", 150_000), "paid": Money("JPY", 150_000), "on": TODAY,
        "delivered_on": TODAY - dt.timedelta(days=5),
    }  # fmt: skip
    assert [one.code for one in why_not_pay(**told | changed, today=TODAY)] == refused


def test_a_return_needs_a_reason_of_the_list():
    assert why_not_return(state="milestone_delivered", reason="part_missing") == []
    assert [one.code for one in why_not_return(state="milestone_accepted", reason="ugly")] == ["wrong_state", "reason_missing"]


def test_an_officer_speaks_only_of_what_is_late():
    told = {"state": "milestone_accepted", "outcomes": ("client_asked",)}
    assert why_not_take_up(late=True, outcome="client_asked", **told) == []
    assert [one.code for one in why_not_take_up(late=False, outcome="x", **told)] == ["wrong_state", "deed_missing"]


@pytest.mark.parametrize(
    ("amount", "rate", "days", "interest"),
    [(350_000, 365, 47, 1_645), (350_000, 365, 0, 0), (350_000, 365, -3, 0), (1, 365, 1, 0), (10_000_000, 1460, 365, 1_460_000)],
)
def test_interest_is_simple_and_counts_the_days_after_the_last(amount, rate, days, interest):
    last = dt.date(2027, 3, 14)
    assert late_interest(amount, rate, last, last + dt.timedelta(days=days)) == interest


@given(st.integers(0, 2**53 - 1), st.integers(0, 10_000), st.integers(0, 4_000))
def test_interest_never_falls_with_time_and_stays_a_whole_number(amount, rate, days):
    last = dt.date(2026, 1, 1)
    one, more = (late_interest(amount, rate, last, last + dt.timedelta(days=n)) for n in (days, days + 1))
    assert isinstance(one, int) and 0 <= one <= more


def test_a_payment_is_due_by_the_days_after_the_delivery():
    assert pay_by(dt.date(2027, 2, 12), 30) == dt.date(2027, 3, 14)


@pytest.mark.parametrize(("hundredths", "said"), [(300, "3"), (350, "3.5"), (1460, "14.6"), (5, "0.05"), (0, "0"), (1000, "10")])
def test_a_rate_is_said_without_idle_noughts(hundredths, said):
    assert percent(hundredths) == said


def test_each_kind_of_contract_has_its_own_steps():
    assert [one.code for one in why_not_kind("oep", service=True)] == ["not_a_service"]
    assert [one.code for one in why_not_kind("remote", service=False)] == ["not_an_employment"]
    assert why_not_kind("remote", service=True) == why_not_kind("direct", service=False) == []
    late = {step for step, (station, _, _) in STEPS.items() if station >= 10}
    assert {step for step in late if of_route(step, "remote")} == set(SERVICE_STEPS)
    assert not {step for step in SERVICE_STEPS for route in ROUTES if route != "remote" and of_route(step, route)}
