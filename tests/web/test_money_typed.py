"""Money as people type it: any digits, any thousands separator, decimals where the currency has them, nothing guessed."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest

from rahdari.base.editions import shipped_book
from rahdari.base.facts import Amount, Facts, WrongFacts, read_facts
from rahdari.base.money import InWholeUnits
from rahdari.web.money_typed import currencies_named, read_typed, whole_units
from rahdari.web.step_forms import StepForm


class Line(Facts):
    """A line of money."""

    amount: Annotated[Amount, InWholeUnits("currency")]
    currency: Literal["PKR", "JPY", "USD"] = "PKR"


class Lines(Facts):
    """Lines of money."""

    lines: list[Line] = []


READ = [
    ("15000", "PKR", 1_500_000),
    ("15,000", "PKR", 1_500_000),
    ("1,50,000", "PKR", 15_000_000),
    ("15 000", "PKR", 1_500_000),
    ("15\u202f000", "PKR", 1_500_000),
    ("15'000", "PKR", 1_500_000),
    ("۱۵۰۰۰", "PKR", 1_500_000),
    ("۱۵٬۰۰۰", "PKR", 1_500_000),
    ("۱۵،۰۰۰٫۵", "PKR", 1_500_050),
    ("١٥٠٠٠", "PKR", 1_500_000),
    ("１５，０００", "JPY", 15_000),
    ("１５、０００", "JPY", 15_000),
    ("15000.50", "PKR", 1_500_050),
    ("15000.5", "USD", 1_500_050),
    ("0", "JPY", 0),
    ("90071992547410.00", "PKR", 9_007_199_254_741_000),
]
NOT_READ = [
    ("-15000", "PKR"), ("－１５", "JPY"), ("−5", "PKR"), ("1.500", "PKR"), ("1.5", "JPY"), ("1,50", "PKR"), ("1.5.0", "PKR"),
    (".5", "PKR"), ("5.", "PKR"), ("1e6", "PKR"), ("Rs 500", "PKR"), ("十五", "JPY"), ("15,,000", "PKR"), ("9" * 40, "PKR"), ("½", "PKR"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "currency", "amount"), READ)
def test_an_amount_is_read_in_whole_units(typed, currency, amount):
    assert read_typed(typed, currency) == amount


@pytest.mark.parametrize(("typed", "currency"), NOT_READ)
def test_what_is_no_amount_or_could_be_two_is_left_for_the_shape_to_refuse(typed, currency):
    assert read_typed(typed, currency) == typed


@pytest.mark.parametrize(
    ("amount", "currency", "typed"), [(1_500_000, "PKR", "15000"), (1_500_050, "PKR", "15000.50"), (7, "JPY", "7")]
)
def test_an_amount_is_written_as_it_is_typed_and_read_back(amount, currency, typed):
    assert whole_units(amount, currency) == typed and read_typed(typed, currency) == amount


@pytest.mark.parametrize(
    ("typed", "currency", "sent"),
    [("۱۵٬۰۰۰", "PKR", 1_500_000), ("15,000", "JPY", 15_000), ("15,000", "", 1_500_000), ("1.5", "JPY", None), ("-1", "PKR", None),
     ("99,999,999,999,999,999", "PKR", None)],
)  # fmt: skip
def test_a_form_sends_the_smallest_unit_or_is_refused(typed, currency, sent):
    form = StepForm(Lines, "contracts", {"lines.0.amount": typed, "lines.0.currency": currency})
    assert form.is_valid() or form.errors.keys() == {"lines.0.currency"}
    given = form.given()
    if sent is None:
        with pytest.raises(WrongFacts):
            read_facts(Lines, given, shipped_book())
    else:
        assert given["lines"][0]["amount"] == sent
        assert read_facts(Lines, given, shipped_book()).lines[0].amount == sent


def test_a_form_begins_with_amounts_as_they_are_typed():
    known = [
        {"amount": 1_500_050, "currency": "PKR"},
        {"amount": 15_000, "currency": "JPY"},
        {"amount": 1_500_000},
        {"amount": "1.5"},
    ]
    form = StepForm(Lines, "contracts", initial={"lines": known})
    assert [form[f"lines.{number}.amount"].value() for number in range(4)] == ["15000.50", "15000", "15000", "1.5"]


def test_a_currency_is_chosen_by_its_name():
    assert currencies_named(["JPY"]) == {"JPY": "Japanese Yen (JPY)"}
