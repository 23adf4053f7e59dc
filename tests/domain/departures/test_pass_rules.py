"""A pass told apart from a forged, altered, expired, revoked and copied one, with nothing but keys and a list at hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.domain.departures.rules import clearances
from rahdari.domain.departures.rules.clearances import SlipUsed, why_not_take_slips
from rahdari.domain.departures.rules.passes import (
    PASS,
    SLIP,
    Shown,
    check_pass,
    facts_of_pass,
    list_against,
    plain_number,
    read_serial,
    write_serial,
)
from rahdari.domain.departures.rules.steps import DEPARTURE_MOVES
from rahdari.domain.exchange.rules.keys import KnownKey
from rahdari.domain.exchange.rules.papers import paper_key
from rahdari.seals.forms import decode, encode, read_json, write_json
from rahdari.seals.keys import new_key
from rahdari.seals.tokens import make_paper, make_revocations

AT = dt.datetime(2027, 3, 9, 3, 0, tzinfo=dt.UTC)
SECOND = int(AT.timestamp())
KEY = new_key("clerk", SECOND - 1_000, SECOND + 1_000)
OWN = new_key("clerk", SECOND - 1_000, SECOND + 1_000)
KEYS = [paper_key(KnownKey("pk", KEY.public))]
BORN = dt.date(1999, 2, 1)
FACTS = facts_of_pass(
    serial=17, names=["ZARGHUNA (INVENTED)", "زرغونہ (فرضی)"], born=BORN, passport="XX 0001234", photo="",
    registration_no="R-PEW-2027-000001", clearance_no="C-PEW-2027-000001", employer="Care Home Hinata (invented)",
    route="oep", begins=dt.date(2027, 3, 9),
)  # fmt: skip


def made(kind=PASS, key=KEY, node="pk", at=AT, until=dt.date(2030, 3, 22), **facts):
    return make_paper(node=node, kind=kind, facts=FACTS | facts, issued_at=at, until=until, key=key)


def revoked(*serials, at=AT, key=KEY, hours=24, node="pk"):
    ranges = [(one, one, dt.date(2027, 3, 9)) for one in serials]
    token = make_revocations(node=node, revoked=ranges, issued_at=at, next_update=at + dt.timedelta(hours=hours), key=key)
    return list_against(token, KEYS)


def altered(token, **changed):
    header, payload, signature = token.split(".")
    return ".".join([header, encode(write_json(read_json(decode(payload)) | changed)), signature])


def outcome(token, lists=None, at=AT, **shown):
    return check_pass(token, KEYS, lists=[revoked()] if lists is None else lists, shown=Shown(**shown), at=at).outcome


LATER = AT + dt.timedelta(hours=24)
CASES = {
    "good": (made(), {}, "good"),
    "read as an address": (f"https://pk.invalid/en/checks/paper/#{made()}\n", {}, "good"),
    "on its last day in Pakistan": (made(until=dt.date(2027, 3, 10)), {}, "good"),
    "expired": (made(until=dt.date(2027, 3, 9)), {}, "expired"),
    "not yet valid": (made(**{"from": "2027-03-10"}), {}, "not_yet_valid"),
    "revoked": (made(), {"lists": [revoked(16, 17)]}, "revoked"),
    "its neighbours revoked": (made(), {"lists": [revoked(16, 18)]}, "good"),
    "revoked, expired and of another": (
        made(until=dt.date(2027, 3, 9)), {"lists": [revoked(17)], "passport": "YY9990000"}, "revoked",
    ),
    "forged with a key of one's own": (made(key=OWN), {}, "key_unknown"),
    "forged in the name of the other state": (made(node="jp"), {}, "key_unknown"),
    "altered": (altered(made(), until="2033-03-22"), {}, "signature"),
    "the name altered to another alphabet": (altered(made(), facts=FACTS | {"names": ["ΖΑRGHUNA"]}), {}, "signature"),
    "signature of another pass": (".".join([*made().split(".")[:2], made(serial=18).split(".")[2]]), {}, "signature"),
    "a letter of another alphabet": (made().replace("a", "а", 1), {}, "malformed"),
    "truncated": (made()[:-6], {}, "signature"),
    "truncated to two parts": (made().rpartition(".")[0], {}, "malformed"),
    "dated before its key": (made(at=AT - dt.timedelta(days=9)), {}, "key_out_of_validity"),
    "another kind of paper": (made(kind="licence"), {}, "not_a_pass"),
    "without a serial": (made(serial="17"), {}, "not_a_pass"),
    "without an end": (made(until=None), {}, "not_a_pass"),
    "without a first day": (made(**{"from": "today"}), {}, "not_a_pass"),
    "no list": (made(), {"lists": []}, "no_list"),
    "list of yesterday": (made(), {"at": LATER}, "list_too_old"),
    "list of today": (made(), {"at": LATER - dt.timedelta(seconds=1)}, "good"),
    "the newest list counts": (made(), {"lists": [revoked(at=AT + dt.timedelta(seconds=5)), revoked(17)]}, "good"),
    "of whoever shows it": (made(), {"passport": "XX0001234", "born": BORN}, "good"),
    "typed with Eastern digits": (made(), {"passport": "xx-۰۰۰۱۲۳۴"}, "good"),
    "typed in full width": (made(), {"passport": "ＸＸ０００１２３４"}, "good"),
    "the last characters alone": (made(), {"passport": "1234"}, "good"),
    "copied to another passport": (made(), {"passport": "XX0001235"}, "other_person"),
    "copied to another birth date": (made(), {"passport": "XX0001234", "born": dt.date(1999, 1, 2)}, "other_person"),
    "another photo": (made(photo="A" * 22), {"photo": "B" * 22}, "other_person"),
    "a photo no pass holds": (made(), {"photo": "B" * 22}, "good"),
    "copied, and the list is old": (made(), {"at": LATER, "passport": "XX0001235"}, "other_person"),
    "a blank slip": (made(kind=SLIP), {}, "blank_slip"),
    "a blank of a lost book": (made(kind=SLIP), {"lists": [revoked(17)]}, "revoked"),
    "a clock set back does not bring it back": (
        made(until=dt.date(2027, 3, 9)), {"at": AT - dt.timedelta(days=300)}, "expired",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("token", "told", "said"), CASES.values(), ids=CASES)
def test_each_is_told_apart(token, told, said):
    assert outcome(token, **told) == said


def test_every_finding_is_told_and_the_worst_first():
    seen = check_pass(made(), KEYS, lists=[revoked(17)], shown=Shown("YY1", dt.date(2000, 1, 1)), at=LATER)
    assert seen.findings == ("revoked", "other_person", "list_too_old")
    assert (seen.differ, seen.revoked_on) == (("passport", "born"), dt.date(2027, 3, 9))


def test_a_list_signed_by_nobody_known_is_no_list():
    assert revoked(key=OWN) is None and revoked(node="jp") is None and list_against("x.y.z", KEYS) is None
    assert revoked(at=AT + dt.timedelta(seconds=1_000)) is None


def test_nothing_of_the_passport_but_its_tail_is_told():
    assert FACTS["passport"] == "1234" and "0001234" not in str(FACTS)


@given(st.integers(1, 999_999_999), st.integers(0, 9), st.integers(0, 9))
def test_a_serial_is_read_as_it_is_written_and_a_wrong_digit_is_noticed(serial, place, digit):
    written = write_serial(serial)
    assert read_serial(written) == read_serial(f" {written.replace('-', ' ')} ") == serial
    digits = plain_number(written)
    place %= len(digits)
    if digits[place] != str(digit):
        assert read_serial(f"{digits[:place]}{digit}{digits[place + 1 :]}") is None


@pytest.mark.parametrize("typed", ["", "17", "abc", "0000000-2", "00000170000000", "C-PEW-2027-000001"])
def test_anything_else_is_no_serial(typed):
    assert read_serial(typed) is None


class TestSlips:
    DRAWN = dict.fromkeys(range(10, 20), (dt.date(2027, 3, 1), dt.date(2027, 5, 30)))
    TODAY = dt.date(2027, 3, 9)

    def against(self, *lines, used=(), voided=()):
        slips = [SlipUsed(one, "A-1", on) for one, on in lines]
        found = why_not_take_slips(slips, drawn=self.DRAWN, used=used, voided=voided, today=self.TODAY)
        return [(one.code, one.member) for one in found]

    def test_each_line_is_judged_by_itself(self):
        good, day = write_serial(12), self.TODAY
        lines = [(good, day), (good, day), (write_serial(99), day), ("12", day), (write_serial(13), day), (write_serial(14), day)]
        assert self.against(*lines, used={13}, voided={14}) == [
            ("slip_used", "lines.1.serial"), ("slip_unknown", "lines.2.serial"), ("slip_unknown", "lines.3.serial"),
            ("slip_used", "lines.4.serial"), ("slip_void", "lines.5.serial"),
        ]  # fmt: skip

    def test_its_day_lies_between_the_drawing_and_the_end_and_not_ahead(self):
        one = write_serial(12)
        assert self.against((one, dt.date(2027, 2, 28))) == [("slip_not_good", "lines.0.on")]
        assert self.against((one, dt.date(2027, 3, 10))) == [("date_in_future", "lines.0.on")]
        assert self.against((one, dt.date(2027, 3, 1))) == []
        assert self.against() == [("lines_missing", "lines")]


class TestStops:
    TODAY = dt.date(2027, 3, 9)

    def test_what_may_be_refused_and_revoked_from_which_state(self):
        told = {"heard_on": self.TODAY, "today": self.TODAY}
        refusable = {one for one in DEPARTURE_MOVES if not clearances.why_not_refuse(state=one, code="papers_false", **told)}
        revocable = {
            one for one in DEPARTURE_MOVES
            if not clearances.why_not_propose(state=one, code="papers_false", open_one=False, **told)
        }  # fmt: skip
        assert refusable == {"registration_applied"} and revocable == {"cleared", "flight_booked", "flight_missed"}
        for state in ("departed", "arrived"):
            against = clearances.why_not_revoke(state=state, proposed=True, same_person=False)
            assert [one.code for one in against] == ["already_departed"]

    def test_all_that_is_missing_is_said(self):
        against = clearances.why_not_refuse(state="cleared", code="", heard_on=None, today=self.TODAY)
        assert [one.code for one in against] == ["wrong_state", "reason_missing", "worker_unheard"]

    def test_an_appeal_comes_once_and_in_time(self):
        def against(**changed):
            told = {"stopped": True, "appealed": False, "until": self.TODAY, "today": self.TODAY, "words": "why"} | changed
            return [one.code for one in clearances.why_not_appeal(**told)]

        assert against() == []
        assert against(stopped=False) == ["clearance_stands"]
        assert against(appealed=True, until=self.TODAY - dt.timedelta(days=1), words=" ") == [
            "appealed_before", "appeal_too_late", "reason_missing",
        ]  # fmt: skip
