"""The rules of a timetable: seats on a grid, the plain rule and the solver held to one check, hours by either clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rahdari.domain.placements import outside
from rahdari.domain.placements.rules.timetable import (
    Candidate,
    Hours,
    HoursAsked,
    Meeting,
    Place,
    Plan,
    Span,
    Taken,
    bound_of,
    cost_of,
    faults_of,
    hours_of,
    left_out,
    make_greedily,
    places_of,
    seats_of,
    why_not_hours_asked,
)

TOKYO, KARACHI = ZoneInfo("Asia/Tokyo"), ZoneInfo("Asia/Karachi")
DAY = dt.date(2027, 1, 12)


def at(hour: float, day: dt.date = DAY, zone: ZoneInfo = TOKYO) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), zone) + dt.timedelta(hours=hour)


def span(first: float, last: float, day: dt.date = DAY) -> Span:
    return Span(at(first, day), at(last, day))


def plan(**changed) -> Plan:
    told = {
        "candidates": tuple(Candidate(f"c{n}", f"p{n}") for n in range(6)),
        "hours": (Hours("Sato", "link", (span(13, 16),)), Hours("Mori", "room", (span(13, 15),))),
        "places": (Place("link"), Place("room")),
        "earliest": at(9),
        "minutes": 30,
        "pause": 10,
    }
    return Plan(**(told | changed))


def codes(faults):
    return sorted({one.code for one in faults})


class TestSeats:
    def test_lie_on_one_grid_with_the_same_clock_times_each_day(self):
        times = seats_of(plan()).times
        assert [begin.strftime("%H:%M") for begin, place in times if place == "link"] == ["13:00", "13:40", "14:20", "15:00"]
        assert [begin.strftime("%H:%M") for begin, place in times if place == "room"] == ["13:00", "13:40", "14:20"]

    def test_leave_the_notice_and_the_night_in_pakistan(self):
        early = plan(hours=(Hours("Sato", "link", (span(9, 13),)),), earliest=at(9))
        begins = [begin for begin, _ in seats_of(early).times]  # seven in the morning in Pakistan is eleven in Japan
        assert [begin.strftime("%H:%M") for begin in begins] == ["11:00", "11:40", "12:20"]
        late = replace(early, earliest=at(12))
        assert [begin.strftime("%H:%M") for begin, _ in seats_of(late).times] == ["12:20"]

    def test_leave_out_what_is_taken(self):
        held = (Taken("Sato", "elsewhere", span(13.5, 14)), Taken("Somebody", "room", span(14, 15)))
        times = [(begin.strftime("%H:%M"), place) for begin, place in seats_of(plan(taken=held)).times]
        assert times == [("13:00", "link"), ("13:00", "room"), ("14:20", "link"), ("15:00", "link")]


class TestFaults:
    good = Meeting(at(13), "link", "Sato", "c0")

    @pytest.mark.parametrize(
        ("meetings", "changed", "found"),
        [
            ([], {}, []),
            ([Meeting(at(13.5), "link", "Sato", "c1")], {}, []),
            ([Meeting(at(13.25), "link", "Sato", "c1")], {}, ["clash"]),
            ([Meeting(at(13), "room", "Sato", "c1")], {}, ["clash", "outside_interviewer_hours"]),
            ([Meeting(at(13), "link", "Sato", "c0")], {}, ["asked_twice", "clash"]),
            ([Meeting(at(13), "room", "Mori", "stranger")], {}, ["not_asked_here"]),
            ([Meeting(at(16), "link", "Sato", "c1")], {}, ["outside_interviewer_hours"]),
            ([], {"earliest": at(13.1)}, ["less_than_48_h"]),
            ([Meeting(at(13.5), "link", "Sato", "c1")], {"most_a_day": 1}, ["over_day_limit"]),
            ([], {"candidates": (Candidate("c0", "p0", busy=(span(12, 13.2),)),)}, ["clash"]),
            ([], {"candidates": (Candidate("c0", "p0", places=frozenset({"room"})),)}, ["not_asked_here"]),
            ([], {"taken": (Taken("Other", "link", span(13, 14)),)}, ["clash"]),
            ([], {"taken": (Taken("Sato", "elsewhere", span(13, 14)),)}, ["clash"]),
        ],
    )
    def test_are_all_found(self, meetings, changed, found):
        assert codes(faults_of(plan(**changed), [self.good, *meetings])) == found

    def test_one_person_is_not_asked_to_two_places_at_once(self):
        twice = plan(candidates=(Candidate("c0", "p"), Candidate("c1", "p")))
        faults = faults_of(twice, [self.good, Meeting(at(13), "room", "Mori", "c1")])
        assert [(one.code, one.about["of"]) for one in faults] == [("clash", "candidate")]

    def test_a_room_for_two_holds_two(self):
        both = [Hours(name, "hall", (span(13, 15),)) for name in ("Sato", "Mori", "Ono")]
        wide = plan(hours=tuple(both), places=(Place("hall", 2, "expo"),))
        meetings = [Meeting(at(13), "hall", name, f"c{n}") for n, name in enumerate(("Sato", "Mori", "Ono"))]
        assert faults_of(wide, meetings[:2]) == []
        assert codes(faults_of(wide, meetings)) == ["clash"]

    def test_what_stood_before_and_was_too_much_is_no_fault_of_this_one(self):
        both = (Taken("Sato", "room", span(14, 15)), Taken("Sato", "room", span(14.5, 15)))
        assert faults_of(plan(taken=both), [self.good, Meeting(at(13), "room", "Mori", "c1")]) == []

    def test_night_in_pakistan(self):
        early = plan(hours=(Hours("Sato", "link", (span(9, 13),)),))
        assert codes(faults_of(early, [Meeting(at(9), "link", "Sato", "c0")])) == ["outside_worker_hours"]


@st.composite
def plans(draw) -> Plan:
    days = [DAY + dt.timedelta(days=n) for n in range(3)]
    places = [Place(f"place {n}", draw(st.integers(1, 3))) for n in range(draw(st.integers(1, 3)))]
    hours = []
    for number in range(draw(st.integers(1, 4))):
        for _ in range(draw(st.integers(1, 2))):
            first = draw(st.integers(9, 19))
            begin = draw(st.sampled_from(days))
            length = draw(st.integers(1, 5))
            hours.append(Hours(f"i{number}", draw(st.sampled_from(places)).name, (span(first, first + length, begin),)))
    candidates = []
    for number in range(draw(st.integers(1, 14))):
        first = draw(st.integers(8, 20))
        busy = (span(first, first + 3, draw(st.sampled_from(days))),) if draw(st.booleans()) else ()
        where = frozenset({draw(st.sampled_from(places)).name}) if draw(st.booleans()) else frozenset()
        candidates.append(Candidate(f"c{number}", f"p{draw(st.integers(0, 12))}", busy, where))
    taken = tuple(
        Taken(f"i{draw(st.integers(0, 3))}", draw(st.sampled_from(places)).name, span(13, 14, draw(st.sampled_from(days))))
        for _ in range(draw(st.integers(0, 2)))
    )
    return Plan(
        tuple(candidates), tuple(hours), tuple(places), at(draw(st.integers(0, 20))), draw(st.sampled_from((20, 30, 45))),
        draw(st.sampled_from((0, 10))), draw(st.integers(1, 6)), taken,
    )  # fmt: skip


class TestThePlainRule:
    @settings(max_examples=25, deadline=None)
    @given(plans())
    def test_makes_no_fault_and_nobody_is_forgotten(self, drawn):
        seats = seats_of(drawn)
        made = make_greedily(seats)
        assert faults_of(drawn, made) == []
        assert {one.case for one in made} | set(left_out(seats, made)) == {one.case for one in drawn.candidates}
        assert cost_of(drawn, made) >= bound_of(seats)
        assert make_greedily(seats) == made

    def test_who_can_come_least_often_chooses_first(self):
        shy = Candidate("shy", "shy", busy=(span(13.5, 16),))
        one = plan(candidates=(Candidate("c0", "p0"), shy), hours=(Hours("Sato", "link", (span(13, 15),)),))
        made = make_greedily(seats_of(one))
        assert [(meeting.case, meeting.starts_at) for meeting in made] == [
            ("shy", at(13)),
            ("c0", at(13) + dt.timedelta(minutes=40)),
        ]

    def test_shares_the_work(self):
        loads = [sum(one.interviewer == who for one in make_greedily(seats_of(plan()))) for who in ("Sato", "Mori")]
        assert loads == [3, 3]

    def test_says_why_somebody_has_no_time(self):
        never = Candidate("c9", "p9", places=frozenset({"moon"}))
        full = plan(candidates=(*plan().candidates, *(Candidate(f"x{n}", f"x{n}") for n in range(2)), never))
        seats = seats_of(full)
        why = left_out(seats, make_greedily(seats))
        assert sorted(why.values()) == ["hours_full", "never_free"] and why["c9"] == "never_free"


class TestTheSolver:
    @pytest.mark.skipif(not outside.has_solver(), reason="ortools is not installed: the plain rule answers alone")
    @settings(max_examples=25, deadline=None)
    @given(plans())
    def test_is_held_to_the_same_rules_and_is_never_worse(self, drawn):
        seats = seats_of(drawn)
        made = outside.make_timetable(drawn, seconds=5)
        assert faults_of(drawn, made.meetings) == []
        assert cost_of(drawn, made.meetings) <= cost_of(drawn, make_greedily(seats))
        if made.least is not None:
            assert bound_of(seats) - 0.5 <= cost_of(drawn, made.meetings) and made.least <= cost_of(drawn, made.meetings) + 0.5

    def test_is_not_needed(self, monkeypatch):
        monkeypatch.setattr(outside, "has_solver", lambda: False)
        made = outside.make_timetable(plan())
        assert (made.maker, made.least, len(made.meetings)) == ("greedy", None, 6)


class TestHoursAsked:
    line = HoursAsked("Sato  Kenji", "link", DAY, DAY + dt.timedelta(days=4), dt.time(13), dt.time(17))

    def test_are_read_by_their_own_clock_and_leave_out_closed_days(self):
        there = replace(self.line, interviewer="Mori", zone="Asia/Karachi", begins=dt.time(9), ends=dt.time(12))
        japan, pakistan = hours_of([self.line, there], lambda country, day: (country, day.isoweekday()) != ("JP", 5))
        assert (japan.interviewer, len(japan.spans), len(pakistan.spans)) == ("Sato Kenji", 4, 5)
        assert japan.spans[0] == span(13, 17)
        assert pakistan.spans[0].begin == at(9, zone=KARACHI) == at(13)

    def test_an_expo_may_be_on_a_sunday(self):
        (hours,) = hours_of([replace(self.line, closed_days=True)], lambda country, day: False)
        assert len(hours.spans) == 5

    def test_a_place_holds_the_most_that_any_line_gives_it(self):
        assert places_of([self.line, replace(self.line, at_once=4)]) == (Place("link", 4, "video"),)

    @pytest.mark.parametrize(
        ("changed", "found"),
        [
            ({}, []),
            ({"interviewer": "  "}, ["hours_unnamed"]),
            ({"ends": dt.time(13)}, ["ends_before_begin"]),
            ({"last_on": DAY - dt.timedelta(days=1)}, ["ends_before_begin"]),
            ({"last_on": DAY + dt.timedelta(days=92)}, ["too_many_days"]),
        ],
    )
    def test_are_refused_where_they_cannot_be(self, changed, found):
        assert [one.code for one in why_not_hours_asked([replace(self.line, **changed)])] == found

    def test_no_line_at_all(self):
        assert [one.code for one in why_not_hours_asked([])] == ["interview_hours_missing"]
