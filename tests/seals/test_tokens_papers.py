"""Papers: what they hold, how long they may be, and that nothing of another form passes for one."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.seals.faults import Fault
from rahdari.seals.forms import encode, write_json
from rahdari.seals.jws import check, sign
from rahdari.seals.keys import new_key
from rahdari.seals.tokens import LARGEST_PAPER, PAPER, STATEMENT, make_paper, read_paper

KEY = new_key("clerk", 0, 4_000_000_000)
AT = dt.datetime(2026, 11, 28, 9, 30, tzinfo=dt.UTC)
FACTS = {"number": "OP&HRD/4325/LHR/2018", "names": ["Sitara (invented)", "ستارہ (فرضی)"]}


def made(**other):
    given = {"node": "pk", "kind": "licence", "facts": FACTS, "issued_at": AT, "until": dt.date(2027, 3, 1), "key": KEY}
    return make_paper(**given | other)


def told(**other):
    members = {"spec": 1, "node": "pk", "kind": "licence", "facts": FACTS}
    return members | {"issued_at": "2026-11-28T09:30:00.000Z", "until": "2027-03-01"} | other


def test_what_was_said_is_read():
    paper = read_paper(made())
    assert (paper.node, paper.kind, paper.facts, paper.issued_at, paper.until) == (
        "pk",
        "licence",
        FACTS,
        AT,
        dt.date(2027, 3, 1),
    )
    assert paper.jws.kid == KEY.public.kid
    check(paper.jws, KEY.public)


def test_a_paper_may_have_no_end():
    assert read_paper(made(until=None)).until is None


def test_only_the_clerk_signs_papers():
    with pytest.raises(ValueError, match="clerk"):
        made(key=new_key("gateway", 0, 4_000_000_000))


def test_what_is_too_long_for_a_code_is_not_made():
    with pytest.raises(Fault, match="1,000 bytes"):
        made(facts={"names": ["x" * LARGEST_PAPER]})


@pytest.mark.parametrize(
    "wrong",
    [
        {"spec": 2}, {"node": "PK"}, {"node": None}, {"kind": "Licence"}, {"kind": ""}, {"kind": "a" * 40}, {"facts": []},
        {"facts": None}, {"issued_at": "2026-11-28"}, {"until": "1 March 2027"}, {"until": "2027-02-30"}, {"until": "20270301"},
        {"until": 20270301},
    ],
)  # fmt: skip
def test_another_form_is_no_paper(wrong):
    with pytest.raises(Fault, match="malformed"):
        read_paper(sign(write_json(told(**wrong)), KEY, PAPER))


@pytest.mark.parametrize("member", ["spec", "node", "kind", "facts", "issued_at", "until"])
def test_every_member_is_needed(member):
    left = {name: value for name, value in told().items() if name != member}
    with pytest.raises(Fault, match="malformed"):
        read_paper(sign(write_json(left), KEY, PAPER))


def test_a_statement_does_not_pass_for_a_paper():
    with pytest.raises(Fault, match="typ"):
        read_paper(sign(write_json(told()), KEY, STATEMENT))


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "....", encode(b"{}") * 3, None, "x" * 2_000])
def test_anything_else_is_refused(token):
    with pytest.raises(Fault, match="malformed"):
        read_paper(token)
