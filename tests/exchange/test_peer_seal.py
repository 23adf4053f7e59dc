"""What cannot be opened is stored, receipted, and refused by an outcome `cannot_open`; the stream goes on."""

from __future__ import annotations

import pytest

from tests.exchange.peer.curve import Sealing
from tests.exchange.peer.forms import b64u, read_object, unb64u, write_json
from tests.exchange.peer.tokens import STATEMENT, concat_kdf, jwe, seal_header

pytest_plugins = "tests.exchange.peer.stage"


def put(**members):
    return lambda header: header.update(members)


def epk(**members):
    return lambda header: header["epk"].update(members)


def drop(name):
    return lambda header: header.pop(name)


STRANGE = Sealing()
HEADERS = {
    "alg of direct agreement": put(alg="ECDH-ES"),
    "alg with a shorter key": put(alg="ECDH-ES+A128KW"),
    "alg dir": put(alg="dir"),
    "alg RSA": put(alg="RSA-OAEP"),
    "enc with a shorter key": put(enc="A128GCM"),
    "enc CBC": put(enc="A256CBC-HS512"),
    "cty of an envelope": put(cty="rahdari-envelope+json"),
    "cty with application/": put(cty="application/rahdari-statement+json"),
    "cty in large letters": put(cty="Rahdari-Statement+JSON"),
    "typ instead of cty": lambda header: header.update(typ=header.pop("cty")),
    "typ as well": put(typ="JOSE"),
    "zip": put(zip="DEF"),
    "crit": put(crit=["exp"]),
    "an unknown member": put(note="x"),
    "a null member": put(note=None),
    "no cty": drop("cty"),
    "no apu": drop("apu"),
    "no apv": drop("apv"),
    "no kid": drop("kid"),
    "kid of nobody": put(kid=STRANGE.kid),
    "kid null": put(kid=None),
    "apu of another": put(apu=b64u(b"zz")),
    "apv of another": put(apv=b64u(b"zz")),
    "apu not in b64u": put(apu="zz"),
    "apu and apv exchanged": lambda header: header.update(apu=header["apv"], apv=header["apu"]),
    "epk with a private member": epk(d=b64u(bytes(32))),
    "epk with a kid": epk(kid="x"),
    "epk with use": epk(use="enc"),
    "epk of kty EC": epk(kty="EC"),
    "epk of crv Ed25519": epk(crv="Ed25519"),
    "epk of X448": epk(crv="X448"),
    "epk too short": epk(x=b64u(bytes(31))),
    "epk too long": epk(x=b64u(bytes(33))),
    "epk padded": lambda header: header["epk"].update(x=header["epk"]["x"] + "="),
    "epk null": put(epk=None),
    "epk a text": put(epk="x"),
}


class TestHeader:
    @pytest.mark.parametrize("case", HEADERS)
    def test_is_a_closed_set(self, link, case):
        statement = link.statement()
        body = link.sealed(statement, change=HEADERS[case])
        outcome = link.refused_inside(link.draft(statement, body=body), "cannot_open")
        assert outcome["statement"] is None

    @pytest.mark.parametrize(
        "x", ["00" * 32, "01" + "00" * 31, "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"]
    )
    def test_an_all_zero_secret_is_refused_even_where_it_would_open(self, link, x):
        statement = link.statement()
        kid = link.partner.known.in_force("sealing").kid
        header = seal_header(STATEMENT, link.peer.node, link.there, kid, bytes.fromhex(x))
        wrapping = concat_kdf(bytes(32), b"ECDH-ES+A256KW", link.peer.node.encode(), link.there.encode(), 256)
        body = jwe(write_json(header), wrapping, statement.encode())
        link.refused_inside(link.draft(statement, body=body), "cannot_open")

    @pytest.mark.parametrize(
        "change", [b'{"alg":"ECDH-ES+A256KW",', b"\xef\xbb\xbf{"], ids=["a member twice", "a byte order mark"]
    )
    def test_is_strict_json(self, link, change):
        statement = link.statement()
        once, key = Sealing(), link.partner.known.in_force("sealing")
        header = write_json(seal_header(STATEMENT, link.peer.node, link.there, key.kid, once.x)).replace(b"{", change, 1)
        ends = link.peer.node.encode(), link.there.encode()
        wrapping = concat_kdf(once.agree(key.x), b"ECDH-ES+A256KW", *ends, 256)
        link.refused_inside(link.draft(statement, body=jwe(header, wrapping, statement.encode())), "cannot_open")

    def test_sealed_for_the_two_nodes_the_other_way_round_does_not_open(self, link):
        statement = link.statement()
        body = link.sealed(statement, frm=link.there, to=link.peer.node)
        link.refused_inside(link.draft(statement, body=body), "cannot_open")

    def test_sealed_to_a_key_of_the_wrong_partner_does_not_open(self, link):
        statement, mine = link.statement(), link.peer.ring["sealing"]
        body = link.sealed(statement, kid=mine.kid, x=mine.secret.x)
        link.refused_inside(link.draft(statement, body=body), "cannot_open")

    def test_sealed_with_another_key_under_the_right_kid_does_not_open(self, link):
        statement = link.statement()
        link.refused_inside(link.draft(statement, body=link.sealed(statement, x=STRANGE.x)), "cannot_open")


def part(index, change):
    def spoil(body):
        parts = body.split(".")
        parts[index] = change(parts[index])
        return ".".join(parts)

    return spoil


def flip(text):
    raw = bytearray(unb64u(text))
    raw[len(raw) // 2] ^= 1
    return b64u(bytes(raw))


PARTS = ["header", "wrapped key", "iv", "text", "tag"]
BODIES = {
    **{f"a bit of the {name}": part(index, flip) for index, name in enumerate(PARTS) if index},
    **{f"an empty {name}": part(index, lambda text: "") for index, name in enumerate(PARTS)},
    "the header in another spelling": part(0, lambda text: b64u(b" " + unb64u(text))),
    "a short iv": part(2, lambda text: b64u(unb64u(text)[:8])),
    "a long iv": part(2, lambda text: b64u(unb64u(text) + bytes(4))),
    "a short tag": part(4, lambda text: b64u(unb64u(text)[:12])),
    "a short wrapped key": part(1, lambda text: b64u(unb64u(text)[:24])),
    "padding in the tag": part(4, lambda text: text + "=="),
    "a blank in the text": part(3, lambda text: f"{text[:8]} {text[8:]}"),
    "four parts": lambda body: body.rpartition(".")[0],
    "six parts": lambda body: f"{body}.AAAA",
    "a plain statement": lambda body: "eyJhbGciOiJub25lIn0.e30.",
    "a word": lambda body: "sealed",
    "nothing": lambda body: "",
}


class TestBody:
    @pytest.mark.parametrize("case", BODIES)
    def test_that_is_spoilt_is_stored_and_refused_by_an_outcome(self, link, case):
        draft = link.draft()
        draft.members["body"] = BODIES[case](draft.members["body"])
        outcome = link.refused_inside(draft, "cannot_open")
        assert outcome["statement"] is None

    def test_that_cannot_be_opened_stops_nothing(self, link):
        bad = link.draft(body="sealed")
        good = link.behind(bad)
        posted = link.post(bad, good)
        assert posted.problem is None and len(posted.receipts) == 2
        assert link.outcome(bad)["outcome"] == "refused"
        assert link.outcome(good)["outcome"] == "taken_up"

    def test_that_cannot_be_opened_has_the_envelope_as_its_thread(self, link):
        draft = link.draft(body="sealed")
        link.accepted(draft)
        statement = link.outcome_statement(draft)
        assert statement.members["thread"] == draft.id
        assert statement.members["marking"]["level"] == "contact_point"

    def test_of_a_resent_envelope_is_answered_once(self, link):
        draft = link.draft(body="sealed")
        first = link.accepted(draft)
        link.outcome(draft)
        assert link.post(draft).receipts == [first]
        link.taken_up(link.draft())
        assert len([one for one in link.partner.outcomes if one["envelope"] == draft.hash]) == 1


def test_the_seals_of_the_other_side_have_exactly_the_header_of_the_text(link):
    link.taken_up(link.draft())
    token = link.posts()[-1][-1]
    envelope = read_object(unb64u(token.split(".")[1]))
    header = read_object(unb64u(envelope["body"].split(".")[0]))
    kid = link.peer.ring["sealing"].kid
    expected = seal_header(STATEMENT, link.there, link.peer.node, kid, unb64u(header["epk"]["x"]))
    assert header == expected
