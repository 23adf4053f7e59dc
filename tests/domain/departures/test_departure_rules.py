"""The order from certificate to arrival, the windows, the registration, the flight."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.reference import shipped_book
from rahdari.domain.departures.forms.shapes import ApplyRegistration
from rahdari.domain.departures.rules.flights import why_not_flight
from rahdari.domain.departures.rules.registration import fees_due, why_not_apply
from rahdari.domain.departures.rules.steps import (
    DEPARTURE_MOVES,
    why_not_arrive,
    why_not_clear,
    why_not_decide_coe,
    why_not_decide_visa,
    why_not_depart,
    why_not_file_coe,
    why_not_file_visa,
    why_not_list,
)
from rahdari.domain.departures.rules.windows import (
    COE,
    PERMISSION,
    VISA,
    Window,
    bounds,
    closes_on,
    first_closed,
    why_not_overlap,
)
from rahdari.web.step_forms import StepForm
from tests.make.thread import receipts

BOOK = shipped_book()
TODAY = dt.date(2027, 3, 8)


def codes(refusals):
    return [one.code for one in refusals]


class TestCertificate:
    def filed(self, **changed):
        told = {
            "state": "begun", "signed": True, "papers": {"guidance", "health_check", "council"},
            "conditions": {"COUNCIL_MEMBERSHIP"}, "field": "NURSING_CARE", "field_state": "open",
        }  # fmt: skip
        return codes(why_not_file_coe(**told | changed))

    def test_is_applied_for_with_every_paper(self):
        assert self.filed() == []

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"state": "coe_filed"}, "wrong_state"),
            ({"signed": False}, "contract_missing"),
            ({"papers": {"health_check", "council"}}, "guidance_missing"),
            ({"papers": {"guidance", "council"}}, "health_check_missing"),
            ({"papers": {"guidance", "health_check"}}, "council_missing"),
            ({"field_state": "suspended"}, "field_suspended"),
        ],
    )
    def test_says_what_is_missing(self, changed, code):
        assert self.filed(**changed) == [code]

    def test_a_field_without_council_asks_for_none(self):
        assert self.filed(papers={"guidance", "health_check"}, conditions=set()) == []

    def test_is_issued_after_it_was_applied_for_or_straight_from_its_paper(self):
        assert why_not_decide_coe(state="coe_filed", number="X", own_side=True) == []
        assert codes(why_not_decide_coe(state="begun", number="X", own_side=True)) == ["wrong_state"]
        assert why_not_decide_coe(state="begun", number="X", own_side=False) == []
        assert codes(why_not_decide_coe(state="coe_filed", number=" ", own_side=True)) == ["number_missing"]


class TestVisa:
    def test_is_asked_for_while_certificate_and_passport_hold(self):
        told = {"state": "coe_issued", "on": TODAY, "needed_until": TODAY}
        day = dt.timedelta(days=1)
        assert why_not_file_visa(**told, coe_until=TODAY + day, passport_until=TODAY) == []
        assert codes(why_not_file_visa(**told, coe_until=TODAY, passport_until=TODAY)) == ["coe_expired"]
        assert codes(why_not_file_visa(**told, coe_until=TODAY + day, passport_until=TODAY - day)) == ["passport_expires"]
        assert codes(why_not_file_visa(**told | {"state": "begun"}, coe_until=None, passport_until=None)) == [
            "wrong_state", "coe_expired", "passport_expires",
        ]  # fmt: skip

    def test_is_decided_while_the_certificate_holds(self):
        later = TODAY + dt.timedelta(days=1)
        assert why_not_decide_visa(state="visa_filed", coe_until=later, on=TODAY, own_side=True) == []
        assert codes(why_not_decide_visa(state="coe_issued", coe_until=later, on=TODAY, own_side=True)) == ["wrong_state"]
        assert why_not_decide_visa(state="coe_issued", coe_until=later, on=TODAY, own_side=False) == []
        assert codes(why_not_decide_visa(state="visa_filed", coe_until=TODAY, on=TODAY, own_side=True)) == ["coe_expired"]


class TestWindows:
    @pytest.mark.parametrize(
        ("code", "dated", "until"),
        [
            (COE, dt.date(2027, 2, 20), dt.date(2027, 5, 21)),
            (COE, dt.date(2026, 11, 30), dt.date(2027, 3, 1)),
            (VISA, dt.date(2027, 3, 3), dt.date(2027, 6, 4)),
            (PERMISSION, dt.date(2026, 11, 27), dt.date(2027, 3, 28)),
        ],
    )
    def test_close_as_the_tables_say(self, code, dated, until):
        assert closes_on(BOOK, code, dated) == until

    def test_one_without_a_length_is_not_guessed(self):
        with pytest.raises(LookupError):
            closes_on(BOOK, "PK_PROTECTOR", TODAY)

    def test_those_to_be_shown_at_landing_are_certificate_and_visa(self):
        assert bounds(BOOK, "landing", TODAY) == (COE, VISA)

    @given(st.lists(st.dates(dt.date(2027, 1, 1), dt.date(2027, 12, 1)), min_size=1, max_size=4))
    def test_the_first_to_close_closes_before_or_with_every_other(self, days):
        windows = [Window(str(n), day, day + dt.timedelta(days=9)) for n, day in enumerate(days)]
        assert all(first_closed(windows).until <= one.until for one in windows)

    def overlap(self, coe=(0, 90), visa=(0, 90), permission=(0, 90), today=TODAY):
        day = dt.timedelta(days=1)
        spans = {COE: coe, VISA: visa, PERMISSION: permission}
        windows = [Window(code, TODAY + day * span[0], TODAY + day * span[1]) for code, span in spans.items() if span]
        return codes(why_not_overlap(windows, today=today, book=BOOK))

    def test_must_be_open_together_from_today_on(self):
        assert self.overlap() == []
        assert self.overlap(coe=(0, 10), visa=(10, 90)) == ["windows_do_not_overlap"]
        assert self.overlap(coe=(-90, 0)) == ["windows_do_not_overlap"]
        assert self.overlap(visa=()) == ["windows_do_not_overlap"]
        assert self.overlap(permission=(-120, 0)) == ["permission_expired"]
        assert self.overlap(permission=()) == []  # a route without permission asks for none


@pytest.mark.django_db
class TestReceiptsOnThePage:
    def typed(self, amount):
        form = StepForm(ApplyRegistration, "departures", {"receipts.0.item": "REGISTRATION", "receipts.0.amount": amount})
        assert form.is_valid()
        return form.given()["receipts"][0]["amount"]

    @pytest.mark.parametrize("amount", ["2500", "2,500", "۲٬۵۰۰", "２，５００", "2500.00"])
    def test_are_typed_in_rupees_and_kept_in_paisa(self, amount):
        assert self.typed(amount) == 250_000

    @pytest.mark.parametrize("amount", ["2.500", "-2500", "Rs 2500", "2500.505"])
    def test_are_left_as_typed_where_they_are_no_amount(self, amount):
        assert self.typed(amount) == amount

    def test_begin_with_the_fees_of_the_route_in_rupees(self):
        rows = [{"item": item, "amount": amount} for item, amount in fees_due(BOOK, "direct", TODAY).items()]
        form = StepForm(ApplyRegistration, "departures", initial={"receipts": rows, "rows": rows})
        shown = {
            form[f"receipts.{number}.item"].value(): form[f"receipts.{number}.amount"].value() for number in range(len(rows))
        }
        assert shown["REGISTRATION"] == "2500"


class TestRegistration:
    def applied(self, **changed):
        paid = TODAY - dt.timedelta(days=1)
        told = {
            "state": "visa_issued", "receipts": receipts(paid), "due": fees_due(BOOK, "oep", TODAY), "insurance_no": "S-1",
            "insured_on": paid, "oriented_on": paid, "permission": Window(PERMISSION, paid, TODAY + dt.timedelta(days=9)),
            "on": TODAY, "today": TODAY,
        }  # fmt: skip
        return codes(why_not_apply(**told | changed))

    def test_is_applied_for_with_every_receipt_of_the_route(self):
        assert self.applied() == []
        assert fees_due(BOOK, "direct", TODAY)["REGISTRATION"] == 250_000
        assert fees_due(BOOK, "no such route", TODAY) == {}

    def test_says_which_receipt_is_missing_or_wrong(self):
        paid = receipts(TODAY)
        assert self.applied(receipts=paid[1:]) == ["receipt_missing"]
        other = [paid[0].__class__(paid[0].item, 1, "X", TODAY), *paid[1:]]
        assert self.applied(receipts=other) == ["fees_wrong"]
        unasked = [*paid, paid[0].__class__("OEC_SERVICE", 100, "X", TODAY)]
        assert self.applied(receipts=unasked) == ["fees_wrong"]
        unpaid = [paid[0].__class__(paid[0].item, paid[0].amount, "X", TODAY + dt.timedelta(days=1)), *paid[1:]]
        assert self.applied(receipts=unpaid) == ["receipt_missing"]

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"state": "coe_issued"}, "visa_missing"),
            ({"state": "cleared"}, "wrong_state"),
            ({"insurance_no": ""}, "insurance_missing"),
            ({"insured_on": None}, "insurance_missing"),
            ({"oriented_on": None}, "orientation_missing"),
            ({"permission": Window(PERMISSION, dt.date(2026, 1, 1), TODAY)}, "permission_expired"),
        ],
    )
    def test_says_why_not(self, changed, code):
        assert self.applied(**changed) == [code]

    def test_a_route_without_permission_asks_for_none(self):
        assert self.applied(permission=None) == []

    def cleared(self, **changed):
        told = {
            "state": "registration_applied", "terms_hash": "a", "contract_hash": "a", "costs_confirmed": True,
            "born": dt.date(2001, 3, 14), "today": TODAY, "windows": [],
        }  # fmt: skip
        return codes(why_not_clear(**told | changed))

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"state": "visa_issued"}, ""),
            ({"state": "coe_issued"}, "wrong_state"),
            ({"terms_hash": "b"}, "hash_differs"),
            ({"contract_hash": ""}, "hash_differs"),
            ({"costs_confirmed": False}, "costs_not_confirmed"),
            ({"born": dt.date(2009, 3, 9)}, "under_18"),
            ({"born": None}, "under_18"),
        ],
    )
    def test_a_clearance_says_why_not(self, changed, code):
        assert self.cleared() == []
        assert self.cleared(**changed) == ([code] if code else [])


class TestFlight:
    def test_is_listed_while_every_window_is_open_on_the_day_of_landing(self):
        told = {"cleared": True, "state": "cleared", "lands_on": TODAY}
        assert why_not_list(**told, bounds=[(COE, TODAY + dt.timedelta(days=1))]) == []
        assert codes(why_not_list(**told, bounds=[(COE, TODAY), (VISA, None)])) == ["window_closes", "window_closes"]
        assert codes(why_not_list(**told | {"cleared": False}, bounds=[])) == ["no_clearance"]
        assert codes(why_not_list(**told | {"state": "departed"}, bounds=[])) == ["wrong_state"]

    def test_departs_and_arrives_in_this_order(self):
        assert why_not_depart(state="flight_booked", listed=True) == []
        assert codes(why_not_depart(state="cleared", listed=False)) == ["not_on_manifest"]
        assert codes(why_not_depart(state="arrived", listed=True)) == ["wrong_state"]
        assert why_not_arrive(state="departed", airport="HND", airports={"HND"}) == []
        assert codes(why_not_arrive(state="flight_booked", airport="HND", airports={"HND"})) == ["not_departed"]
        assert codes(why_not_arrive(state="departed", airport="NRT", airports={"HND"})) == ["airport_unknown"]

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"flight": "pk 898"}, "flight_missing"),
            ({"leaves_from": "HND"}, "airport_unknown"),
            ({"airport": "Tokyo"}, "airport_unknown"),
            ({"airport": "ISB"}, "airport_unknown"),
            ({"eta": dt.datetime(2027, 3, 20, tzinfo=dt.UTC)}, "time_missing"),
            ({"eta": dt.datetime(2027, 4, 20, tzinfo=dt.UTC)}, "time_missing"),
            ({"people": 0}, "people_missing"),
        ],
    )
    def test_is_told_as_airlines_write_it(self, changed, code):
        leaves = dt.datetime(2027, 3, 20, 3, tzinfo=dt.UTC)
        told = {
            "flight": "PK898", "leaves_from": "ISB", "airport": "HND", "leaves_at": leaves,
            "eta": leaves + dt.timedelta(hours=14), "airports": BOOK.codes("departure_airports", "iata"), "people": 1,
            "at": leaves - dt.timedelta(days=3),
        }  # fmt: skip
        assert why_not_flight(**told) == []
        assert codes(why_not_flight(**told | changed)) == [code]


def test_the_order_leads_from_begin_to_arrival():
    assert next(iter(DEPARTURE_MOVES)) == "begun"
    assert DEPARTURE_MOVES["arrived"] == set()
