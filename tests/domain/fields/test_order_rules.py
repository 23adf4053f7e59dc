"""What an order must say before it may be announced, decided, changed or lifted; every reason at once."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.domain.fields.messages import FIELD_STATUS, STATES
from rahdari.domain.fields.rules.orders import (
    CONDITIONS,
    EFFECTS,
    KINDS,
    ORDER_MOVES,
    REASONS_OF,
    REQUEST_MOVES,
    TESTS,
    TOLD_STATES,
    EffectLine,
    Figures,
    why_not_ask,
    why_not_change,
    why_not_decide,
    why_not_effects,
    why_not_figures,
    why_not_lift,
    why_not_withdraw,
)
from rahdari.domain.fields.wording import CODES
from tests.make.fields import effects

TODAY = dt.date(2026, 11, 25)
BEGIN = dt.date(2026, 12, 5)
FIGURES = Figures(10, dt.date(2026, 10, 31), 20)
LINES = st.builds(
    EffectLine, st.sampled_from(KINDS), st.sampled_from(EFFECTS), st.sampled_from(TESTS), st.sampled_from(CONDITIONS),
    st.none() | st.just(BEGIN), st.sampled_from(["", "GROUP"]),
)  # fmt: skip


def codes(refusals):
    return [one.code for one in refusals]


class TestWhyNotFigures:
    def test_names_each_figure_that_is_missing(self):
        assert [one.member for one in why_not_figures(Figures(None, None, None), TODAY)] == [
            "residents",
            "residents_as_of",
            "ceiling",
        ]

    def test_lets_the_forecast_be_unknown(self):
        assert why_not_figures(FIGURES, TODAY) == []

    @pytest.mark.parametrize("figures", [Figures(-1, TODAY, 20), Figures(10, TODAY, 0)])
    def test_refuses_numbers_that_cannot_be(self, figures):
        assert codes(why_not_figures(figures, TODAY)) == ["figures_missing"]

    def test_refuses_a_count_of_tomorrow(self):
        assert codes(why_not_figures(Figures(10, TODAY + dt.timedelta(days=1), 20), TODAY)) == ["date_in_future"]


class TestWhyNotAsk:
    ASK = {"field": "F", "state": "open", "reason": "stop_ceiling_reached", "figures": FIGURES, "today": TODAY}

    def test_allows_an_open_field(self):
        assert why_not_ask("stop", **self.ASK, asked=False, ordered=False) == []

    def test_says_every_reason_at_once(self):
        ask = {**self.ASK, "state": "merged", "reason": "lift_ceiling_raised", "figures": Figures(None, None, None)}
        found = codes(why_not_ask("stop", **ask, asked=True, ordered=False))
        assert found == ["already_asked", "field_not_open", "reason_missing", *["figures_missing"] * 3]

    @pytest.mark.parametrize("state", ["suspended", "suspended_in_part"])
    def test_refuses_to_stop_what_is_stopped(self, state):
        assert codes(why_not_ask("stop", **{**self.ASK, "state": state}, asked=False, ordered=True)) == ["field_suspended"]

    def test_lifting_needs_an_order(self):
        ask = {**self.ASK, "reason": "lift_ceiling_raised"}
        assert codes(why_not_ask("lift", **ask, asked=False, ordered=False)) == ["no_order"]
        assert why_not_ask("lift", **{**ask, "state": "suspended"}, asked=False, ordered=True) == []


class TestWhyNotEffects:
    def test_allows_a_whole_order(self):
        assert why_not_effects(effects(BEGIN)) == []

    def test_names_each_kind_left_out(self):
        found = why_not_effects([])
        assert [(one.code, one.member) for one in found] == [("kind_without_effect", kind) for kind in KINDS]

    @pytest.mark.parametrize("lines", [
        [EffectLine("coe", "refused", "filed", "on_or_after", BEGIN)],
        [EffectLine("coe", "refused", "filed", "before", BEGIN)],
        [EffectLine("coe", "refused"), EffectLine("coe", "none")],
        [EffectLine("coe", "refused"), EffectLine("coe", "none", "filed", "before", BEGIN)],
        [EffectLine("coe", "refused", "filed", "on_or_after", BEGIN), EffectLine("coe", "none", "decided", "before", BEGIN)],
        [EffectLine("coe", "refused", "filed", "on_or_after", BEGIN), EffectLine("coe", "none", "filed", "before", TODAY)],
        [EffectLine("coe", "gone")],
    ])  # fmt: skip
    def test_finds_half_a_rule(self, lines):
        others = [EffectLine(kind, "none") for kind in KINDS[1:]]
        assert codes(why_not_effects([*lines, *others])) == ["effect_half_said"]

    def test_finds_a_rule_without_its_day(self):
        lines = [EffectLine("coe", "refused", "filed", "on_or_after"), EffectLine("coe", "none", "filed", "before")]
        found = why_not_effects([*lines, *(EffectLine(kind, "none") for kind in KINDS[1:])])
        assert codes(found) == ["date_missing"]

    def test_refuses_an_order_that_stops_nothing(self):
        assert codes(why_not_effects([EffectLine(kind, "none") for kind in KINDS])) == ["order_without_effect"]

    @given(st.lists(LINES, max_size=8))
    def test_what_it_allows_decides_every_application_exactly_once(self, lines):
        if why_not_effects(lines):
            return
        for kind in KINDS:
            own = [line for line in lines if line.application_kind == kind]
            for day in (BEGIN - dt.timedelta(days=1), BEGIN):
                holding = [
                    line
                    for line in own
                    if line.condition == "any" or (day >= line.reference_date) == (line.condition == "on_or_after")
                ]
                assert len(holding) == 1


class TestSteps:
    DECIDE = {
        "state": "announced", "edition_open": True, "requested": True, "same_person": False, "announced_on": TODAY,
        "effective_from": BEGIN, "effects": effects(BEGIN),
    }  # fmt: skip

    def test_a_whole_order_may_be_decided(self):
        assert why_not_decide(**self.DECIDE) == []

    def test_everything_wrong_is_said_at_once(self):
        wrong = {"requested": False, "same_person": True, "effective_from": None, "effects": []}
        assert codes(why_not_decide(**{**self.DECIDE, **wrong})) == [
            "no_request", "four_eyes", "date_missing", *["kind_without_effect"] * 4,
        ]  # fmt: skip

    @pytest.mark.parametrize("state", ["lifted", "withdrawn"])
    def test_what_has_ended_is_not_decided(self, state):
        assert "wrong_state" in codes(why_not_decide(**{**self.DECIDE, "state": state}))

    @pytest.mark.parametrize("state", ["decided", "changed"])
    def test_a_change_needs_no_request(self, state):
        assert why_not_decide(**{**self.DECIDE, "state": state, "requested": False}) == []

    def test_no_effect_before_the_announcement(self):
        change = {
            "state": "decided",
            "reason": "change_day",
            "announced_on": BEGIN,
            "effective_from": TODAY,
            "effects": effects(TODAY),
        }
        assert codes(why_not_change(**change)) == ["effective_before_announcement"]

    def test_lifting_says_everything_at_once(self):
        lift = {"state": "announced", "requested": False, "same_person": True, "effective_from": BEGIN, "lifted_on": TODAY}
        assert codes(why_not_lift(**lift)) == ["wrong_state", "no_request", "four_eyes", "lifted_before_effective"]

    def test_only_an_announcement_is_taken_back(self):
        assert why_not_withdraw(state="announced", reason="withdraw_not_needed") == []
        assert codes(why_not_withdraw(state="decided", reason="")) == ["wrong_state", "reason_missing"]


class TestClosedLists:
    def test_every_state_of_an_order_is_told_to_the_partner(self):
        assert set(TOLD_STATES) == set(ORDER_MOVES)
        assert set(TOLD_STATES.values()) == set(STATES)

    def test_the_statement_knows_the_same_codes(self):
        members = FIELD_STATUS["properties"]["effects"]["items"]["properties"]
        assert members["application_kind"]["enum"] == list(KINDS)
        assert members["effect"]["enum"] == list(EFFECTS)

    def test_every_code_that_can_be_chosen_has_words(self):
        chosen = [*KINDS, *(code for reasons in REASONS_OF.values() for code in reasons), *(f"effect_{one}" for one in EFFECTS)]
        assert [code for code in chosen if code not in CODES] == []

    def test_a_request_is_answered_once(self):
        assert all(not REQUEST_MOVES[state] for state in REQUEST_MOVES["asked"])
