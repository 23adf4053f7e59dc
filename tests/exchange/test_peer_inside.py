"""What is wrong inside an envelope that opened: stored, receipted, refused by an outcome that names it."""

from __future__ import annotations

import pytest

from tests.exchange.peer.forms import ago, b64u, h, uuid7, write_json
from tests.exchange.peer.keys import new_key
from tests.exchange.peer.statements import pad, statement_members
from tests.exchange.peer.tokens import STATEMENT, compact, jws, peek

pytest_plugins = "tests.exchange.peer.stage"


def members(link, **changes):
    return {**statement_members("request.asked/1", link.peer.node, link.there, link.example()), **changes}


def signed(link, raw, header=None, key=None):
    """A statement over exactly these bytes."""
    secret = (key or link.peer.ring["clerk"]).secret
    head = {"alg": "EdDSA", "typ": STATEMENT, "kid": secret.kid, **(header or {})}
    return compact(write_json(head), raw, secret.sign)


def inside(link, token, id=None, **envelope):
    envelope = {"id": id, **envelope} if id else envelope
    return link.draft(token, **envelope)


HEADERS = {
    "alg none": {"alg": "none"},
    "alg HS256": {"alg": "HS256"},
    "alg Ed25519": {"alg": "Ed25519"},
    "typ of an envelope": {"typ": "rahdari-envelope+json"},
    "typ in large letters": {"typ": "Rahdari-Statement+JSON"},
    "cty": {"cty": "json"},
    "crit": {"crit": ["exp"]},
    "b64": {"b64": False, "crit": ["b64"]},
    "jwk": {"jwk": {"kty": "OKP"}},
    "kid null": {"kid": None},
}
RAW = {
    "a byte order mark": lambda raw: pad(b"\xef\xbb\xbf" + raw),
    "a member twice": lambda raw: pad(raw.replace(b'{"spec":1', b'{"spec":1,"spec":1', 1)),
    "a lone surrogate": lambda raw: pad(raw.replace(b'{"spec":1', b'{"a":"\\ud800","spec":1', 1)),
    "a fraction": lambda raw: pad(raw.replace(b'{"spec":1', b'{"a":0.5,"spec":1', 1)),
    "an exponent": lambda raw: pad(raw.replace(b'{"spec":1', b'{"a":1e2,"spec":1', 1)),
    "minus nothing": lambda raw: pad(raw.replace(b'{"spec":1', b'{"a":-0,"spec":1', 1)),
    "2^53": lambda raw: pad(raw.replace(b'{"spec":1', b'{"a":9007199254740992,"spec":1', 1)),
    "depth 65": lambda raw: pad(raw.replace(b'{"spec":1', b'{"a":' + b"[" * 64 + b"]" * 64 + b',"spec":1', 1)),
    "no object": lambda raw: pad(b"[]"),
    "no JSON": lambda raw: pad(b"statement"),
    "nothing but blanks": lambda raw: b" " * 1024,
    "nothing": lambda raw: b"",
    "no padding": lambda raw: raw.rstrip(b" ") + b" " * (1 if len(raw.rstrip(b" ")) % 1024 == 0 else 0),
    "a blank too few": lambda raw: pad(raw)[:-1],
    "a blank too many": lambda raw: pad(raw) + b" ",
    "512 bytes too many": lambda raw: pad(raw) + b" " * 512,
}
MEMBERS = {
    "spec 2": {"spec": 2},
    "spec a text": {"spec": "1"},
    "id of version 4": {"id": "6a1f0f2e-9f0e-4b7e-8d3c-2b1a00112233"},
    "type without a version": {"type": "request.asked"},
    "type null": {"type": None},
    "from null": {"from": None},
    "to a number": {"to": 5},
    "thread in large letters": {"thread": "01920F2E-9F0E-7B7E-8D3C-2B1A00112233"},
    "thread null": {"thread": None},
    "in_reply_to a word": {"in_reply_to": "it"},
    "issued_at without digits": {"issued_at": "2026-01-01T00:00:00Z"},
    "issued_at with four digits": {"issued_at": "2026-01-01T00:00:00.0000Z"},
    "issued_at a number": {"issued_at": 1_767_225_600},
    "marking a word": {"marking": "public"},
    "marking without bodies": {"marking": {"level": "public"}},
    "bodies a word": {"marking": {"level": "public", "bodies": "x"}},
    "consent a word": {"consent": "yes"},
    "language fr": {"language": "fr"},
    "data a list": {"data": []},
    "data null": {"data": None},
}
NAMES = ["spec", "type", "from", "to", "thread", "in_reply_to", "issued_at", "marking", "consent", "language", "data"]


class TestMalformed:
    @pytest.mark.parametrize("case", HEADERS)
    def test_header(self, link, case):
        said = members(link)
        link.refused_inside(inside(link, signed(link, pad(write_json(said)), HEADERS[case])), "malformed")

    @pytest.mark.parametrize("case", RAW)
    def test_payload(self, link, case):
        said = members(link)
        token = signed(link, RAW[case](write_json(said)))
        outcome = link.refused_inside(inside(link, token, said["id"]), "malformed")
        assert outcome["statement"] == h(token), "the token was read: its hash is told"

    @pytest.mark.parametrize("case", MEMBERS)
    def test_member(self, link, case):
        said = members(link, **MEMBERS[case])
        envelope_id = said["id"] if case != "id of version 4" else uuid7()
        link.refused_inside(inside(link, signed(link, pad(write_json(said))), envelope_id), "malformed")

    @pytest.mark.parametrize("name", NAMES)
    def test_lacking(self, link, name):
        said = members(link)
        del said[name]
        link.refused_inside(inside(link, signed(link, pad(write_json(said))), said["id"]), "malformed")

    @pytest.mark.parametrize("plain", [b"", b"statement", b"a.b.c", b"\xff\xfe\x00", b'{"spec":1}'], ids=repr)
    def test_what_was_sealed_is_no_token(self, link, plain):
        draft = link.draft(body=link.sealed(plain))
        link.refused_inside(draft, "malformed")

    def test_a_blank_behind_the_token(self, link):
        token = link.statement()
        link.refused_inside(link.draft(token, body=link.sealed(f"{token}\n")), "malformed")


class TestAccepted:
    @pytest.mark.parametrize("blocks", [0, 1, 9])
    def test_padded_by_whole_blocks(self, link, blocks):
        said = members(link)
        token = signed(link, pad(write_json(said)) + b" " * 1024 * blocks)
        link.taken_up(inside(link, token, said["id"]))

    def test_with_unknown_members_in_statement_marking_and_data(self, link):
        data = {**link.example(), "of_a_later_version": {"a": [1, None]}}
        said = members(link, data=data, note="x", marking={"level": "contact_point", "bodies": [], "note": "x"})
        link.taken_up(inside(link, signed(link, pad(write_json(said))), said["id"]))

    @pytest.mark.parametrize("language", ["en", "ur", "ja"])
    def test_in_each_language(self, link, language):
        draft = link.draft(link.statement(language=language))
        link.taken_up(draft)
        assert link.outcome_statement(draft).members["language"] == language

    def test_issued_long_before_it_was_sent(self, link):
        link.taken_up(link.draft(link.statement(issued_at=ago(days=29))))

    def test_its_outcome_has_its_thread_and_marking_and_names_it(self, link):
        token = link.statement(marking={"level": "contact_point", "bodies": []})
        draft = link.draft(token)
        outcome = link.taken_up(draft)
        assert outcome["statement"] == h(token) and outcome["envelope"] == draft.hash and outcome["of"] == draft.id
        statement = link.outcome_statement(draft)
        sent = peek(token)
        assert statement.members["thread"] == sent["thread"] and statement.members["marking"] == sent["marking"]


class TestKeys:
    def test_a_key_that_was_never_named(self, link):
        said, key = members(link), new_key("clerk")
        link.refused_inside(inside(link, signed(link, pad(write_json(said)), key=key)), "key_unknown")

    @pytest.mark.parametrize("label", ["office", "gateway", "journal"])
    def test_a_clerks_statement_under_another_role(self, link, label):
        token = jws(pad(write_json(members(link))), STATEMENT, link.peer.ring[label].secret)
        link.refused_inside(inside(link, token), "key_unknown")

    @pytest.mark.parametrize(
        "type", ["accord.signed/1", "consent.decided/1", "exchange.key_rolled/1", "exchange.journal_restarted/1"]
    )
    def test_an_act_that_binds_the_state_under_the_clerks_key(self, link, type):
        token = link.statement(type, {}, role="clerk")
        link.refused_inside(inside(link, token), "key_unknown")

    def test_the_role_is_found_before_the_signature_is_checked(self, link):
        token = jws(pad(write_json(members(link))), STATEMENT, link.peer.ring["office"].secret)
        spoilt = f"{token.rpartition('.')[0]}.{b64u(bytes(64))}"
        link.refused_inside(inside(link, spoilt), "key_unknown")

    @pytest.mark.parametrize("case", ["a bit", "all zero", "another payload"])
    def test_a_signature_that_does_not_verify(self, link, case):
        token = link.statement()
        top, _, signature = token.rpartition(".")
        if case == "a bit":
            spoilt = f"{top}.{('B' if signature[0] == 'A' else 'A')}{signature[1:]}"
        elif case == "all zero":
            spoilt = f"{top}.{b64u(bytes(64))}"
        else:
            spoilt = f"{link.statement().rpartition('.')[0]}.{signature}"
        link.refused_inside(inside(link, spoilt), "signature")

    @pytest.mark.parametrize("label,days", [("clerk_recent", 1), ("clerk", 60), ("clerk_recent", 200)])
    def test_a_key_that_was_not_in_force_when_it_was_issued(self, link, label, days):
        link.peer.ring.by_label["trial"] = link.peer.ring[label]
        token = link.statement(role="trial", issued_at=ago(days=days))
        link.refused_inside(inside(link, token), "key_out_of_validity")

    def test_a_key_that_ended_since_is_good_for_what_was_issued_before(self, link):
        token = link.statement(role="clerk_recent", issued_at=ago(days=40))
        link.taken_up(inside(link, token))

    def test_a_clerks_key_of_another_partner(self, counterpart, link):
        other = counterpart.shared("another caller")
        said = members(link)
        token = signed(link, pad(write_json(said)), key=other.peer.ring["clerk"])
        link.refused_inside(inside(link, token), "key_unknown")


class TestTimesAndAddresses:
    @pytest.mark.parametrize("ahead", [1, 120, 7200])
    def test_issued_after_it_was_sent(self, link, ahead):
        token = link.statement(issued_at=ago(seconds=-ahead))
        link.refused_inside(link.draft(token, sent_at=ago(seconds=1)), "time")

    @pytest.mark.parametrize("changes", [{"id": "other"}, {"from": "zz"}, {"to": "zz"}, {"from": "pk"}], ids=str)
    def test_other_addresses_inside_than_outside(self, link, changes):
        changes = {"id": uuid7()} if "id" in changes else changes
        token = link.statement(**changes)
        link.refused_inside(link.draft(token, id=uuid7()), "mismatch")

    def test_only_the_id_differs(self, link):
        link.refused_inside(link.draft(link.statement(), id=uuid7()), "mismatch")
