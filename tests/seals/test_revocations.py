"""The list of revoked serials: what is written is read back, and nothing that could be read in two ways is taken."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.seals.faults import Fault
from rahdari.seals.forms import write_json
from rahdari.seals.jws import sign
from rahdari.seals.keys import new_key
from rahdari.seals.tokens import REVOCATIONS, make_paper, make_revocations, read_revocations

AT = dt.datetime(2027, 3, 9, 3, 0, tzinfo=dt.UTC)
KEY = new_key("clerk", 0, 4_000_000_000)
DAY = dt.date(2027, 3, 1)


def made(*revoked, **told):
    members = {"node": "pk", "issued_at": AT, "next_update": AT + dt.timedelta(days=1), "key": KEY} | told
    return make_revocations(revoked=revoked, **members)


@given(st.dictionaries(st.integers(1, 400), st.integers(0, 3)))
def test_every_serial_is_found_with_its_day_and_no_other(serials):
    days = {serial: DAY + dt.timedelta(days=number) for serial, number in serials.items()}
    read = read_revocations(made(*[(serial, serial, day) for serial, day in days.items()]))
    assert {serial: read.since(serial) for serial in range(402)} == {serial: days.get(serial) for serial in range(402)}


def test_a_lost_book_of_blanks_is_one_range():
    read = read_revocations(made(*[(one, one, DAY) for one in range(1_001, 1_501)], (7, 7, DAY)))
    assert read.ranges == ((7, 7, DAY), (1_001, 1_500, DAY))
    assert len(made(*[(one, one, DAY) for one in range(1_001, 1_501)])) < 500


WRONG = {
    "ranges that meet": {"revoked": {"2027-03-01": "1-5", "2027-03-02": "5"}},
    "backwards": {"revoked": {"2027-03-01": "5-1"}},
    "zero": {"revoked": {"2027-03-01": "0"}},
    "empty": {"revoked": {"2027-03-01": ""}},
    "other digits": {"revoked": {"2027-03-01": "١"}},
    "no day": {"revoked": {"2027-02-30": "1"}},
    "another form of a day": {"revoked": {"20270301": "1"}},
    "a list": {"revoked": []},
    "no next": {"next_update": "2027-03-09T03:00:00.000Z"},
    "spec 2": {"spec": 2},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_could_be_read_in_two_ways_is_malformed(wrong):
    told = {"spec": 1, "node": "pk", "revoked": {"2027-03-01": "1-5"}}
    told |= {"issued_at": "2027-03-09T03:00:00.000Z", "next_update": "2027-03-10T03:00:00.000Z"}
    assert read_revocations(sign(write_json(told), KEY, REVOCATIONS)).since(5) == DAY
    with pytest.raises(Fault, match="malformed"):
        read_revocations(sign(write_json(told | wrong), KEY, REVOCATIONS))


def test_another_kind_of_token_is_no_list():
    with pytest.raises(Fault, match="malformed"):
        read_revocations(make_paper(node="pk", kind="licence", facts={}, issued_at=AT, until=None, key=KEY))
    with pytest.raises(ValueError, match="clerk"):
        made(key=new_key("gateway", 0, 1))
