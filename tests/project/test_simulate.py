"""The scenarios of the simulation, its invented people, its clock and its report: rules, without any node."""

from __future__ import annotations

import datetime as dt
import json
import statistics
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.clock import keep_time, machine_time, now
from rahdari.base.reference import shipped_book
from rahdari.domain.accounts.rules.phones import IDENTITY_KINDS, normal_identity
from rahdari.domain.organisations.rules.identifiers import entry_of, why_not
from rahdari.project.launch import CannotStart
from rahdari.project.simulate import running
from rahdari.project.simulate.chances import Chances
from rahdari.project.simulate.firms import fields_of, firms, promoters, skill_test
from rahdari.project.simulate.invented import MARK, Person, person, table
from rahdari.project.simulate.report import as_both_know, differences, is_whole, report_of
from rahdari.project.simulate.scenarios import SCENARIOS, part_of
from rahdari.project.simulate.simulated_time import SimulatedTime

ON = dt.date(2026, 9, 1)
MOMENT = dt.datetime(2026, 9, 1, 4, tzinfo=dt.UTC)


def people(seed: int, number: int = 200) -> list[Person]:
    return [person(Chances(seed), one, 0.13, ON) for one in range(number)]


class TestChances:
    def test_are_the_same_in_whatever_order_one_asks(self) -> None:
        asked = [("visa", n) for n in range(50)]
        first = [Chances(1).number(*one) for one in asked]
        chances = Chances(1)
        again = {one: chances.number(*one) for one in reversed(asked)}
        assert first == [again[one] for one in asked]

    def test_are_others_with_another_seed(self) -> None:
        assert Chances(1).number("visa", 1) != Chances(2).number("visa", 1)

    @given(share=st.floats(0, 1), seed=st.integers(0, 10))
    def test_happen_as_often_as_the_share_says(self, share: float, seed: int) -> None:
        happened = sum(Chances(seed).happens(share, one) for one in range(1000)) / 1000
        assert abs(happened - share) < 0.08

    @given(least=st.integers(0, 20), more=st.integers(0, 20), most=st.integers(0, 40), seed=st.integers())
    def test_keep_days_within_their_span(self, least: int, more: int, most: int, seed: int) -> None:
        usual, end = least + more, least + more + most
        found = [Chances(seed).days(least, usual, end, one) for one in range(30)]
        assert all(least <= one <= end for one in found)

    def test_reach_both_ends_of_a_span_and_its_usual_day_most(self) -> None:
        found = [Chances(3).days(3, 5, 8, one) for one in range(3000)]
        assert (min(found), max(found), statistics.mode(found)) == (3, 8, 5)

    def test_pick_by_weight(self) -> None:
        found = [Chances(1).weighed((("often", 9), ("seldom", 1)), one) for one in range(1000)]
        assert 850 < found.count("often") < 950


class TestInventedPeople:
    def test_are_the_same_with_the_same_seed_and_others_with_another(self) -> None:
        assert people(1) == people(1)
        assert len({one.name for one in people(1)} & {one.name for one in people(2)}) < 60
        assert [one.name for one in people(1)] != [one.name for one in people(2)]

    def test_share_no_card_no_passport_and_no_phone(self) -> None:
        found = people(1, 3000)
        for member in ("card", "passport", "phone"):
            assert len({getattr(one, member) for one in found}) == len(found)

    def test_have_cards_in_the_form_of_the_law(self) -> None:
        form = next(one for one in shipped_book().identifiers if one["name"] == IDENTITY_KINDS["pk"])
        assert all(normal_identity(one.card, str(form["regex"])) for one in people(1))

    def test_have_names_a_passport_can_hold_and_are_marked(self) -> None:
        for one in people(1):
            assert one.name.isascii()
            assert one.name.replace(" ", "").isalpha()
            assert all(letter == " " or "\u0600" <= letter <= "\u06ff" for letter in one.name_urdu)
            assert one.shown_as.endswith(MARK)

    def test_are_of_an_age_to_go(self) -> None:
        assert all(20 <= (ON - one.born_on).days // 365 <= 35 for one in people(1, 1000))

    def test_are_women_as_often_as_the_scenario_says(self) -> None:
        assert 0.08 < sum(one.sex == "F" for one in people(4, 1000)) / 1000 < 0.18

    @pytest.mark.parametrize("kind", ["male", "female", "family"])
    def test_have_names_whose_first_of_the_list_is_the_most_frequent(self, kind: str) -> None:
        weights = [weight for _, weight in table(kind)]
        assert weights[0] == max(weights) == 1000
        assert min(weights) > 0


class TestScenarios:
    @pytest.mark.parametrize("name", list(SCENARIOS))
    def test_say_on_what_ground_each_number_stands(self, name: str) -> None:
        scenario = SCENARIOS[name]
        grounds = [one.ground for one in scenario.shares.values()] + [one.ground for one in scenario.spans.values()]
        assert all(grounds)
        assert all(0 <= one.of_one <= 1 for one in scenario.shares.values())
        assert all(one.least <= one.usual <= one.most for one in scenario.spans.values())

    def test_march_2024_is_as_it_was_said(self) -> None:
        march = SCENARIOS["march-2024"]
        assert (march.agreements, march.days) == (50, 90)
        assert march.share("selected") == 0.06

    def test_are_smaller_in_part_and_never_empty(self) -> None:
        march = part_of(SCENARIOS["march-2024"], 0.01)
        assert (march.people, march.firms, march.agreements, march.promoters) == (155, 1, 1, 1)
        assert march.shares == SCENARIOS["march-2024"].shares

    def test_have_firms_and_promoters_of_the_demonstration_first(self) -> None:
        assert promoters(Chances(1), 3)[0].body == "pk:org:demo-promoter"
        made = firms(Chances(1), 50)
        assert made[0].body == "jp:org:demo-employer"
        assert len({one.body for one in made}) == len({one.corporate_number for one in made}) == 50
        assert all(MARK in name for name in [one.name for one in made] + [one.name for one in promoters(Chances(1), 10)])

    def test_have_firms_with_numbers_whose_check_digit_is_right(self) -> None:
        numbers = [one.corporate_number for one in firms(Chances(1), 50) if one.new]
        entry = entry_of("jp_corporate_number", shipped_book())
        assert entry is not None
        assert not [fault for number in numbers for fault in why_not(entry, number, shipped_book())]
        assert why_not(entry, numbers[0].replace(numbers[0][0], "0", 1), shipped_book())

    def test_ask_for_skill_tests_that_the_law_knows(self) -> None:
        known = {row["code"] for row in shipped_book().rows("exam_kinds")}
        assert {skill_test(field) for field in fields_of(firms(Chances(1), 50))} <= known


class TestSimulatedTime:
    def test_goes_on_with_every_look_and_never_back(self) -> None:
        clock = SimulatedTime(MOMENT)
        looks = [clock() for _ in range(5)]
        assert looks == sorted(set(looks))
        clock.set(MOMENT - dt.timedelta(days=1))
        assert clock() > looks[-1]
        clock.set(MOMENT + dt.timedelta(days=1))
        assert clock() == MOMENT + dt.timedelta(days=1)

    def test_is_what_the_node_reads_until_it_reads_the_machine_again(self) -> None:
        keep_time(SimulatedTime(MOMENT))
        try:
            assert now().date() == MOMENT.date()
        finally:
            keep_time(machine_time)
        assert abs(now() - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)


class TestPlanned:
    def test_ends_the_day_before_the_one_named(self, tmp_path: Path) -> None:
        run = running.planned(tmp_path, "small", seed=1, part=1.0, until=dt.date(2026, 11, 29))
        assert dt.datetime.fromisoformat(run.at(run.days - 1)).date() == dt.date(2026, 11, 28)

    def test_goes_on_where_a_run_of_the_folder_stopped(self, tmp_path: Path) -> None:
        begun = running.planned(tmp_path, "small", seed=1, part=1.0, until=dt.date(2026, 11, 29))
        begun.days_done = 7
        running.keep(tmp_path, begun)
        later = running.planned(tmp_path, "small", seed=1, part=1.0, until=dt.date(2026, 12, 24))
        assert (later.days_done, later.begins_on) == (7, begun.begins_on)

    @pytest.mark.parametrize(("scenario", "seed", "part"), [("small", 2, 1.0), ("march-2024", 1, 1.0), ("small", 1, 0.5)])
    def test_refuses_a_folder_of_another_run(self, tmp_path: Path, scenario: str, seed: int, part: float) -> None:
        running.keep(tmp_path, running.planned(tmp_path, "small", seed=1, part=1.0, until=ON))
        with pytest.raises(CannotStart, match="Name another folder"):
            running.planned(tmp_path, scenario, seed=seed, part=part, until=ON)

    def test_refuses_a_scenario_nobody_wrote(self, tmp_path: Path) -> None:
        with pytest.raises(CannotStart, match="small, march-2024"):
            running.planned(tmp_path, "april-2024", seed=1, part=1.0, until=ON)


def counted(**shared: Any) -> dict[str, Any]:
    own = {
        "people": 3, "people_without_case": 1, "people_by_station": {"5": 1, "17": 2}, "cases_by_state": {}, "airports": {},
        "agreements": 2, "median_days": {}, "statements": {}, "verbs": {}, "audit_faults": [], "database_mb": 1,
    }  # fmt: skip
    return {
        "shared": shared, "own": own, "refusals": [["jobs.file_demand", "papers_missing", 2]], "acts": 5, "seconds": {},
        "memory_mb": 1, "cpu_seconds": 1.0,
    }  # fmt: skip


def report(pk: dict[str, Any], jp: dict[str, Any], status: int = 0) -> dict[str, Any]:
    run = {"scenario": "small", "seed": 1, "part": 1.0, "begins_on": "2026-09-01", "days_done": 3, "seconds": 1.0}
    journals = {"leaves": {"pk": 4, "jp": 4}, "verified": {"journal-pk": {"status": status, "said": []}}}
    return report_of(run, {"pk": pk, "jp": jp}, journals)


class TestReport:
    def test_is_whole_where_both_nodes_say_the_same(self) -> None:
        made = report(counted(offers={"signed": 2}), counted(offers={"signed": 2}))
        assert is_whole(made)
        assert (made["people"], made["people_without_case"]) == (4, 1)
        assert made["refusals"]["pk"] == {"jobs.file_demand: papers_missing": 2}

    def test_names_every_figure_on_which_they_differ(self) -> None:
        made = report(counted(offers={"signed": 2}, flights=1), counted(offers={"signed": 1, "offered": 1}, flights=1))
        assert made["agree"]["differences"] == ["offers.offered: pk None, jp 1", "offers.signed: pk 2, jp 1"]
        assert not is_whole(made)

    def test_is_not_whole_where_a_person_was_lost(self) -> None:
        lost = counted()
        lost["own"]["people_by_station"] = {"5": 1, "17": 1}
        assert not is_whole(report(lost, counted()))

    def test_is_not_whole_where_a_journal_is_broken(self) -> None:
        assert not is_whole(report(counted(), counted(), status=1))

    def test_is_not_whole_where_the_audit_has_a_fault(self) -> None:
        broken = counted()
        broken["own"]["audit_faults"] = ["changed: link 3"]
        assert not is_whole(report(counted(), broken))

    def test_is_written_as_json(self, tmp_path: Path) -> None:
        running.write_report(tmp_path / "report.json", report(counted(), counted()))
        assert json.loads((tmp_path / "report.json").read_text())["scenario"] == "small"

    def test_counts_what_does_not_cross_as_the_partner_knows_it(self) -> None:
        assert as_both_know({"visa_issued": 4, "registration_applied": 2, "cleared": 1}) == {"visa_issued": 6, "cleared": 1}
        assert as_both_know({"registration_applied": 2}) == {"visa_issued": 2}
        assert as_both_know({"cleared": 1}) == {"cleared": 1}

    def test_finds_no_difference_in_the_same(self) -> None:
        assert differences({"a": {"b": 1}}, {"a": {"b": 1}}) == []
