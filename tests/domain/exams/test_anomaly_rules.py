"""The rules of exam fraud: what each tells and what it leaves alone, on drawn sittings with one planted pattern."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.domain.exams import wording
from rahdari.domain.exams.rules.anomalies import (
    MILLION,
    RULES,
    Rate,
    Traced,
    dhash,
    distance,
    hits_in,
    limits_on,
    upper_tail,
)
from rahdari.domain.exams.rules.traces import bare, lines_of_traces, why_not_decide_anomaly
from tests.make.exams import AT

LIMITS = limits_on(shipped_book(), AT.date(), "SSW1_SKILL")


def people(number=30, seed=1):
    """A sitting in which nobody shares anything."""
    chance = random.Random(seed)
    return [
        Traced(f"PK-{one:03}", {"phone": f"p{one}", "device": f"d{one}"}, chance.getrandbits(64), chance.randint(2500, 3300))
        for one in range(number)
    ]


def told(traced, rate=Rate()):  # frozen
    return [(hit.rule, hit.numbers) for hit in hits_in(traced, rate, LIMITS)]


def change(traced, places, **changed):
    return [replace(one, **changed) if at in places else one for at, one in enumerate(traced)]


class TestSharedMarks:
    def test_nobody_is_told_who_shares_nothing(self):
        assert told(people()) == []

    @pytest.mark.parametrize(("mark", "least"), [("identity", 2), ("device", 2), ("account", 2), ("phone", 3), ("address", 4)])
    def test_from_so_many_people_on(self, mark, least):
        for many, hits in ((least - 1, 0), (least, 1)):
            traced = change(people(), range(many), marks={mark: "same"})
            found = told(traced)
            assert len(found) == hits
            if hits:
                assert found == [(f"shared_{mark}", tuple(one.number for one in traced[:many]))]

    def test_an_empty_mark_is_none(self):
        assert told(change(people(), range(10), marks={"device": "", "phone": ""})) == []


class TestOneFace:
    def test_is_told_with_all_its_names_and_how_far_apart_they_are(self):
        traced = people()
        first = traced[0].photo
        traced = change(change(traced, [7], photo=first ^ 0b111), [9], photo=first ^ 0b111111000)
        (hit,) = hits_in(traced, Rate(), LIMITS)
        assert (hit.rule, hit.numbers, hit.measure["bits"]) == ("one_face", ("PK-000", "PK-007", "PK-009"), 6)

    def test_a_photo_that_differs_more_is_another_face(self):
        traced = people()
        assert told(change(traced, [7], photo=traced[0].photo ^ 0b1111111)) == []

    def test_the_hash_stays_when_a_photo_grows_brighter(self):
        chance = random.Random(3)
        rows = [[chance.randint(0, 200) for _ in range(9)] for _ in range(8)]
        brighter = [[point + 40 for point in row] for row in rows]
        other = [[chance.randint(0, 200) for _ in range(9)] for _ in range(8)]
        assert distance(dhash(rows), dhash(brighter)) == 0
        assert distance(dhash(rows), dhash(other)) > LIMITS.face_distance
        with pytest.raises(ValueError, match="9 by 8"):
            dhash(rows[1:])


class TestThePassRate:
    @given(st.integers(0, 25), st.integers(1, 25), st.integers(0, 40), st.integers(1, 40))
    def test_the_chance_is_exact(self, hits, tries, part, more):
        whole = part + more
        p = Fraction(part, whole)
        exact = sum(_ways(tries, one) * p**one * (1 - p) ** (tries - one) for one in range(hits, tries + 1))
        assert exact * MILLION <= upper_tail(hits, tries, part, whole) < exact * MILLION + 1

    def test_a_rate_all_but_impossible_is_told_both_ways(self):
        assert told([], Rate(29, 30, 120, 300)) == [("pass_rate_high", ())]
        assert told([], Rate(1, 30, 120, 300)) == [("pass_rate_low", ())]
        assert told([], Rate(13, 30, 120, 300)) == []

    def test_few_people_or_a_short_history_prove_nothing(self):
        assert told([], Rate(11, 11, 10, 300)) == []
        assert told([], Rate(30, 30, 10, 59)) == []

    def test_a_place_where_all_passed_before_is_not_told_for_one_who_failed(self):
        assert told([], Rate(29, 30, 60, 60)) == []


def _ways(tries, one):
    ways = 1
    for step in range(one):
        ways = ways * (tries - step) // (step + 1)
    return ways


class TestAnswerTimes:
    def test_far_faster_than_all_others_is_told(self):
        (hit,) = hits_in(change(people(), [4], seconds=600), Rate(), LIMITS)
        assert (hit.rule, hit.numbers, hit.measure["seconds"]) == ("answers_too_fast", ("PK-004",), 600)

    def test_slow_or_a_little_quick_or_too_few_to_compare_is_not(self):
        assert told(change(people(), [4], seconds=20_000)) == []
        assert told(change(people(), [4], seconds=2_000)) == []
        assert told(change(people(11), [4], seconds=300)) == []


def test_each_rule_has_words():
    assert set(RULES) <= set(wording.CODES)


class TestAFileOfTraces:
    def test_marks_are_compared_without_their_dress(self):
        assert bare("phone", "+92 300 123-4567") == bare("phone", "0300 1234567")
        assert bare("identity", "17301-1234567-1") == bare("identity", "１７３０１ 1234567 1")
        assert bare("device", "AB-12") == "ab12"

    def test_is_read_line_by_line(self):
        (line,) = lines_of_traces(b"number,phone,photo_hash,seconds\npk-1,0300 1234567,00FF00FF00FF00FF,2900\n")
        assert (line.number, line.photo, line.seconds) == ("PK-1", "00ff00ff00ff00ff", 2900)
        assert "1234567" not in repr(line)

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "traces_columns"),
            (b"number,phone\n", "traces_not_read"),
            (b"number,name\nPK-1,X\n", "traces_columns"),
            (b"phone,number\n1,PK-1\n", "traces_columns"),
            (b"number,photo_hash\nPK-1,XYZ\n", "traces_row_wrong"),
            (b"number,seconds\nPK-1,-4\n", "traces_row_wrong"),
            (b"number,phone\nPK-1\n", "traces_row_wrong"),
            (b"number,phone\n,1\n", "traces_row_wrong"),
            (b"number,phone\nPK-1," + b"9" * 300, "traces_row_wrong"),
            (b"\xff\xfe\x00", "traces_not_read"),
        ],
    )
    def test_is_refused_by_its_line_without_what_stood_there(self, content, code):
        with pytest.raises(Refused) as wrong:
            lines_of_traces(content)
        assert [one.code for one in wrong.value.refusals] == [code]
        assert "XYZ" not in str([one.about for one in wrong.value.refusals])


def test_a_sign_is_decided_with_a_reason_and_once():
    def why(**changed):
        told = {"state": "anomaly_open", "verdict": "anomaly_upheld", "reason": "seen"} | changed
        return [one.code for one in why_not_decide_anomaly(**told)]

    assert why() == []
    assert why(reason=" ") == ["reason_missing"]
    assert why(verdict="anomaly_open") == ["verdict_missing"]
    assert why(state="anomaly_dismissed") == ["wrong_state"]
