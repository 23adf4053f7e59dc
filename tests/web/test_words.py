"""Sentences, days, money and lists, as each language writes them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override

from rahdari.base.money import Money
from rahdari.base.refusal import Reason, Refusal
from rahdari.web.language import direction, same_page_in
from rahdari.web.templatetags import look
from rahdari.web.words import say, say_day, say_money, sentence, shelf, spoken


def test_the_bodies_of_a_marking_are_asked_for_only_where_a_registered_one_is_among_them(monkeypatch):
    asked = []
    monkeypatch.setattr(look, "import_string", lambda _: lambda ids, language: asked.append(ids) or {ids[0]: "Invented Bridge"})
    assert look.bodies(["ISA", "CONTACT_JP"]) and asked == []
    assert "Invented Bridge" in look.bodies(["ISA", "jp:org:bridge"]) and asked == [["jp:org:bridge"]]


class TestSay:
    def test_fills_in_the_values(self):
        assert "kept" not in say(Refusal("too_many_tries", {"minutes": 5}))
        assert "5" in say(Refusal("too_many_tries", {"minutes": 5}))

    def test_leaves_out_a_value_that_was_not_given(self):
        assert "%(" not in say(Refusal("too_many_tries"))

    def test_a_code_that_refuses_and_explains_has_words_for_each(self):
        both = shelf("REFUSALS").keys() & shelf("REASONS").keys()
        assert [code for code in both if say(Reason(code)) != sentence(code, {}, ("REASONS",))] == []
        assert [code for code in both if say(Refusal(code)) != sentence(code, {}, ("REFUSALS",))] == []

    def test_speaks_the_language_of_the_reader(self):
        with override("ja"):
            assert any("\u3040" <= letter <= "\u30ff" for letter in say(Refusal("stale")))

    def test_raises_for_a_code_without_words(self):
        with pytest.raises(LookupError):
            sentence("no_such_code", {})


@pytest.mark.parametrize(("language", "written"), [("en", "3 April 2026"), ("ja", "2026年4月3日")])
def test_a_day_is_written_as_the_language_writes_it(language, written):
    with override(language):
        assert say_day(dt.date(2026, 4, 3)) == written


def test_money_has_its_currency_and_no_float():
    assert say_money(Money("JPY", 28400)) == "JP¥28,400"
    assert [say_money(Money("PKR", one)) for one in (720_000, 720_050)] == ["PKR\u00a07,200", "PKR\u00a07,200.50"]


def test_a_list_is_joined_as_the_language_joins_it():
    assert spoken(("a", "b", "c")) == "a, b and c"


@pytest.mark.parametrize(
    ("path", "language", "there"),
    [("/en/fields/?page=2", "ur", "/ur/fields/?page=2"), ("/ur/", "ja", "/ja/"), ("/healthz", "ja", "/healthz")],
)
def test_the_same_page_in_another_language(path, language, there):
    assert same_page_in(language, path) == there


def test_urdu_alone_runs_from_right_to_left():
    assert [direction(one) for one in ("en", "ur", "ja")] == ["ltr", "rtl", "ltr"]


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [("NURSING_CARE", "ja", "介護"), ("FOOD_SERVICE", "en", "Food service industry"), ("NOPE", "en", "NOPE")],
)
def test_a_code_of_the_tables_is_spoken_by_its_name(code, language, name):
    with override(language):
        assert spoken(code) == name
