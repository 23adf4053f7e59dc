"""What a correction weighs, when terms are worse, and what may stop a demand: the rules alone, in tables."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.domain.jobs.rules.changes import changes_between, state_after_change, weighs, why_not_correct, worse_terms
from rahdari.domain.jobs.rules.demands import DEMAND_MOVES, why_not_permit
from rahdari.domain.jobs.rules.stops import (
    Point,
    released,
    why_not_expire,
    why_not_extend,
    why_not_object,
    why_not_propose,
    why_not_refuse,
    why_not_review,
    why_not_take_down,
    why_not_withdraw,
)
from rahdari.domain.jobs.rules.terms import with_hash
from tests.make.jobs import TERMS

DAY = dt.date(2026, 11, 25)
PAY, HOUSE = TERMS["pay_basic"], TERMS["housing"]
OLD = {
    "duty": "", "places": 12, "prefecture": "15", "municipality": "", "tests": ["JFT_BASIC"], "opens_on": DAY,
    "closes_on": DAY + dt.timedelta(days=60), "terms": with_hash(TERMS),
}  # fmt: skip


def codes(refusals):
    return [one.code for one in refusals]


@pytest.mark.parametrize(
    ("changed", "heavy"),
    [
        ({"places": 13}, True),
        ({"places": 11}, False),
        ({"prefecture": "13"}, True),
        ({"municipality": "151009"}, True),
        ({"duty": "TRUCK"}, True),
        ({"tests": []}, False),
        ({"opens_on": DAY + dt.timedelta(days=1)}, False),
        ({"closes_on": DAY + dt.timedelta(days=90)}, False),
        ({"terms": with_hash(TERMS | {"leave": 12})}, False),
        ({"terms": with_hash(TERMS | {"pay_basic": PAY | {"amount": 210_000}})}, True),
        ({"terms": with_hash(TERMS | {"deductions": []})}, True),
        ({"terms": with_hash(TERMS | {"housing": HOUSE | {"code": "employer_free"}})}, True),
        ({"terms": with_hash(TERMS | {"work_place": "changing"})}, True),
    ],
)
def test_pay_duty_place_and_a_higher_number_need_a_new_permission(changed, heavy):
    new = OLD | changed
    changes = changes_between(OLD, new)
    assert [one.member for one in changes] == list(changed)
    assert weighs(changes, OLD["terms"], new["terms"]) is heavy


def test_a_change_says_days_as_text_and_terms_by_their_hash():
    terms = with_hash(TERMS | {"leave": 12})
    told = [one.told() for one in changes_between(OLD, OLD | {"opens_on": dt.date(2026, 12, 1), "terms": terms})]
    assert told == [
        {"member": "opens_on", "old": "2026-11-25", "new": "2026-12-01"},
        {"member": "terms", "old": OLD["terms"]["terms_hash"], "new": terms["terms_hash"]},
    ]


@pytest.mark.parametrize(
    ("changed", "worse"),
    [
        ({}, []),
        ({"pay_basic": PAY | {"amount": 197_999}}, ["pay_basic"]),
        ({"pay_basic": PAY | {"amount": 300_000}}, []),
        ({"pay_basic": PAY | {"per": "hour"}}, ["pay_basic"]),  # another kind of pay cannot be compared
        ({"allowances": []}, ["allowances"]),
        ({"deductions": [*TERMS["deductions"], TERMS["deductions"][0]]}, ["deductions"]),
        ({"housing": HOUSE | {"money": {"amount": 24_001, "currency": "JPY"}}}, ["housing"]),
        ({"hours_week": 41, "days_year": 251}, ["hours_week", "days_year"]),
        ({"leave": 9, "length_months": 35}, ["leave", "length_months"]),
        ({"return_travel": "worker", "work_place": "changing"}, ["return_travel", "work_place"]),
        ({"hours_week": 35, "leave": 20, "length_months": 48}, []),
    ],
)
def test_terms_are_worse_where_a_worker_loses_by_them(changed, worse):
    assert worse_terms(TERMS, TERMS | changed) == worse


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"state": "turned_down"}, "wrong_state"),
        ({"state": "called_off"}, "wrong_state"),
        ({"changes": []}, "nothing_changed"),
        ({"reason": "because"}, "reason_missing"),
        ({"places": 2}, "below_already_selected"),
        ({"worse": ["leave"]}, "terms_worse_after_selection"),
    ],
)
def test_a_correction_is_refused(changed, code):
    told = {"state": "permitted", "changes": ["x"], "reason": "mistake", "places": 3, "taken": 3, "worse": []}
    assert why_not_correct(**told) == []
    assert codes(why_not_correct(**told | changed)) == [code]


def test_worse_terms_are_free_while_nobody_is_selected():
    assert why_not_correct(state="filed", changes=["x"], reason="mistake", places=1, taken=0, worse=["leave"]) == []


@pytest.mark.parametrize(
    ("state", "attested", "heavy", "after"),
    [
        ("filed", False, True, "filed"),
        ("objected", False, False, "filed"),
        ("objected", True, False, "attested"),
        ("attested", True, True, "attested"),
        ("permitted", True, False, "permitted"),
        ("permitted", True, True, "attested"),
        ("lapsed", True, False, "attested"),
    ],
)
def test_a_corrected_demand_goes_back_as_far_as_it_must(state, attested, heavy, after):
    assert state_after_change(state, attested=attested, heavy=heavy) == after
    assert after == state or after in DEMAND_MOVES[state]


def test_an_objection_needs_points_of_the_closed_list():
    good = Point("terms", "pay_unclear")
    assert why_not_object(state="attested", since="attested", points=[good]) == []
    assert codes(why_not_object(state="filed", since="attested", points=[good])) == ["wrong_state"]
    assert codes(why_not_object(state="attested", since="attested", points=[])) == ["points_missing"]
    assert codes(why_not_object(state="attested", since="attested", points=[Point("", "nonsense")])) == ["reason_missing"]
    assert codes(why_not_object(state="attested", since="attested", points=[Point("", "other", " ")])) == ["point_without_words"]


def test_a_refusal_needs_grounds_and_a_hearing():
    told = {
        "state": "attested",
        "attested": True,
        "grounds": ["papers_false"],
        "heard_on": DAY,
        "today": DAY,
        "open_one": False,
    }
    assert why_not_propose(**told) == []
    for changed, code in (
        ({"state": "permitted"}, "wrong_state"), ({"grounds": []}, "reason_missing"), ({"grounds": ["x"]}, "reason_missing"),
        ({"heard_on": None}, "employer_not_heard"), ({"heard_on": DAY + dt.timedelta(days=1)}, "date_in_future"),
        ({"open_one": True}, "refusal_waits"),
    ):  # fmt: skip
        assert codes(why_not_propose(**told | changed)) == [code]
    assert codes(why_not_refuse(state="attested", attested=True, proposed=False, same_person=False)) == ["no_refusal_waits"]
    assert codes(why_not_refuse(state="objected", attested=True, proposed=True, same_person=True)) == ["four_eyes"]
    assert why_not_refuse(state="objected", attested=True, proposed=True, same_person=False) == []


def test_a_refusal_is_reviewed_once_with_reasons():
    told = {"state": "turned_down", "reviewed": False, "outcome": "reopened", "reasons": "heard again"}
    assert why_not_review(**told) == []
    for changed, code in (
        ({"state": "attested"}, "wrong_state"), ({"reviewed": True}, "reviewed_before"), ({"reasons": " "}, "reason_missing"),
        ({"outcome": "x"}, "reason_missing"),
    ):  # fmt: skip
        assert codes(why_not_review(**told | changed)) == [code]


def test_what_was_refused_is_permitted_only_after_its_review():
    told = {"route": "oep", "attested": True, "protectorate": "PEL", "protectorates": ["PEL"], "twin": False}
    assert codes(why_not_permit(state="turned_down", **told)) == ["wrong_state"]
    assert codes(why_not_permit(state="objected", **told | {"attested": False})) == ["not_attested"]
    assert why_not_permit(state="objected", **told) == why_not_permit(state="lapsed", **told) == []


def test_signed_contracts_go_on_and_whoever_withdraws_must_say_so():
    told = {"state": "permitted", "reason": "filled", "signed": 2, "signed_go_on": True}
    assert why_not_withdraw(**told) == []
    assert codes(why_not_withdraw(**told | {"signed_go_on": False})) == ["contracts_signed"]
    assert codes(why_not_withdraw(**told | {"reason": "refused"})) == ["reason_missing"]
    assert codes(why_not_withdraw(**told | {"state": "called_off"})) == ["wrong_state"]
    assert released([("b", False), ("a", False), ("c", True)]) == ["a", "b"]


def test_a_permission_is_extended_before_it_ends_and_with_a_source():
    told = {
        "state": "permitted",
        "until": DAY + dt.timedelta(days=9),
        "present": DAY + dt.timedelta(days=1),
        "today": DAY,
        "law": "x",
    }
    assert why_not_extend(**told) == []
    for changed, code in (
        ({"present": DAY}, "already_expired"), ({"state": "lapsed"}, "already_expired"),
        ({"until": DAY + dt.timedelta(days=1)}, "not_later"), ({"law": " "}, "law_missing"),
    ):  # fmt: skip
        assert codes(why_not_extend(**told | changed)) == [code]


def test_a_permission_ends_on_its_first_day_without():
    assert why_not_expire(state="permitted", until=DAY, today=DAY) == []
    assert codes(why_not_expire(state="permitted", until=DAY + dt.timedelta(days=1), today=DAY)) == ["permission_goes_on"]
    assert codes(why_not_expire(state="attested", until=DAY, today=DAY)) == ["wrong_state"]


def test_a_vacancy_is_taken_down_for_a_reason_of_the_list():
    assert why_not_take_down(state="open", reason="mistake") == []
    assert codes(why_not_take_down(state="closed", reason="mistake")) == ["wrong_state"]
    assert codes(why_not_take_down(state="open", reason="whim")) == ["reason_missing"]
