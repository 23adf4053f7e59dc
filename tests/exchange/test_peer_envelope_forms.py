"""Everything section 0 says of tokens, tried on envelopes: each liberty is `malformed`, final, and told apart from a wrong signature."""

from __future__ import annotations

import pytest

from tests.exchange.peer.curve import Signing
from tests.exchange.peer.forms import b64u, write_json
from tests.exchange.peer.letters import place_in

pytest_plugins = "tests.exchange.peer.stage"


def header(**changes):
    def spoil(link, draft):
        draft.header |= changes

    return spoil


def without(name):
    def spoil(link, draft):
        del draft.header[name]

    return spoil


def raw_header(template):
    """`KID` in the template stands for the right one."""

    def spoil(link, draft):
        draft.raw_header = template.replace(b"KID", draft.header["kid"].encode())

    return spoil


def padded_kid(link, draft):
    draft.header["kid"] += "="


def loose_kid(link, draft):
    """The same 32 bytes for a decoder that does not look at unused bits."""
    kid = draft.header["kid"]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    draft.header["kid"] = kid[:-1] + letters[letters.index(kid[-1]) ^ 1]


JWK = {"kty": "OKP", "crv": "Ed25519", "x": b64u(Signing(bytes(range(32))).x)}
HEADERS = {
    "alg none": header(alg="none"),
    "alg HS256": header(alg="HS256"),
    "alg Ed25519 of RFC 9864": header(alg="Ed25519"),
    "alg ES256": header(alg="ES256"),
    "alg in small letters": header(alg="eddsa"),
    "alg null": header(alg=None),
    "alg a list": header(alg=["EdDSA"]),
    "no alg": without("alg"),
    "no typ": without("typ"),
    "no kid": without("kid"),
    "typ of a statement": header(typ="rahdari-statement+json"),
    "typ of a receipt": header(typ="rahdari-receipt+json"),
    "typ of a refusal": header(typ="rahdari-refusal+json"),
    "typ of a request": header(typ="rahdari-request+jwt"),
    "typ JWT": header(typ="JWT"),
    "typ in large letters": header(typ="RAHDARI-ENVELOPE+JSON"),
    "typ with application/": header(typ="application/rahdari-envelope+json"),
    "typ with a blank": header(typ="rahdari-envelope+json "),
    "crit": header(crit=["exp"]),
    "crit and b64": header(crit=["b64"], b64=False),
    "b64 true": header(b64=True),
    "jwk": header(jwk=JWK),
    "jku": header(jku="http://127.0.0.1/keys"),
    "x5c": header(x5c=[]),
    "cty": header(cty="rahdari-statement+json"),
    "zip": header(zip="DEF"),
    "an unknown member": header(note="x"),
    "a null member": header(note=None),
    "kid empty": header(kid=""),
    "kid a number": header(kid=5),
    "kid null": header(kid=None),
    "kid padded": padded_kid,
    "kid with unused bits": loose_kid,
    "a member twice": raw_header(b'{"alg":"EdDSA","typ":"rahdari-envelope+json","kid":"KID","kid":"KID"}'),
    "alg twice": raw_header(b'{"alg":"none","alg":"EdDSA","typ":"rahdari-envelope+json","kid":"KID"}'),
    "a byte order mark": raw_header(b'\xef\xbb\xbf{"alg":"EdDSA","typ":"rahdari-envelope+json","kid":"KID"}'),
    "a comma too many": raw_header(b'{"alg":"EdDSA","typ":"rahdari-envelope+json","kid":"KID",}'),
    "no JSON": raw_header(b"EdDSA"),
    "a list": raw_header(b"[]"),
    "nothing": raw_header(b""),
}

NO_THUMBPRINT = ("kid empty", "kid padded", "kid with unused bits")


class TestHeader:
    @pytest.mark.parametrize("case", HEADERS)
    def test_is_a_closed_set(self, link, case):
        draft = link.draft()
        HEADERS[case](link, draft)
        # A kid that is a text but no thumbprint is of no form, and of no key: the text leaves the name open.
        names = ("malformed", "key_unknown") if case in NO_THUMBPRINT else ("malformed",)
        link.refused(draft, *names, final=True)

    @pytest.mark.parametrize(
        "template",
        [
            b'{"kid":"KID","typ":"rahdari-envelope+json","alg":"EdDSA"}',
            b' { "alg" : "EdDSA",\n"typ":"rahdari-envelope+json","kid":"KID" } ',
            b'{"\\u0061lg":"EdDSA","typ":"rahdari-envelope+json","kid":"KID"}',
        ],
        ids=["another order", "white space", "an escape"],
    )
    def test_may_be_written_in_any_way_of_json(self, link, template):
        draft = link.draft()
        raw_header(template)(link, draft)
        link.accepted(draft)

    @pytest.mark.parametrize("label", ["office", "clerk", "journal", "sealing"])
    def test_a_key_of_another_role_is_unknown(self, link, label):
        draft = link.draft()
        key = link.peer.ring[label]
        draft.header["kid"] = key.kid
        draft.key = key if label != "sealing" else draft.key
        link.refused(draft, "key_unknown", final=True)

    def test_my_own_gateway_is_no_key_of_a_paired_node(self, link):
        draft = link.draft()
        draft.header["kid"] = link.partner.known.in_force("gateway").kid
        link.refused(draft, "key_unknown", final=True)


def text(old, new):
    """The payload as text with a part replaced; `old` must be there."""

    def spoil(link, draft):
        raw = write_json(draft.members)
        assert old in raw, old
        draft.raw_payload = raw.replace(old, new, 1)

    return spoil


def seq_text(new):
    def spoil(link, draft):
        text(b'"seq":%d' % draft.members["seq"], b'"seq":' + new)(link, draft)

    return spoil


def member(name, value):
    def spoil(link, draft):
        draft.members[name] = value

    return spoil


def lacking(name):
    def spoil(link, draft):
        del draft.members[name]

    return spoil


def sent(change):
    def spoil(link, draft):
        draft.members["sent_at"] = change(draft.members["sent_at"])

    return spoil


def deep(depth):
    return text(b'{"spec":1', b'{"more":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b',"spec":1')


JSON = {
    "a byte order mark": text(b'{"spec"', b'\xef\xbb\xbf{"spec"'),
    "a member twice": text(b'{"spec":1', b'{"spec":1,"spec":1'),
    "an unknown member twice": text(b'{"spec":1', b'{"a":1,"a":1,"spec":1'),
    "a member twice further in": text(b'{"spec":1', b'{"a":{"b":1,"b":1},"spec":1'),
    "a lone surrogate": text(b'{"spec":1', b'{"a":"\\ud800","spec":1'),
    "a lone surrogate as a name": text(b'{"spec":1', b'{"\\udfff":1,"spec":1'),
    "a surrogate in raw bytes": text(b'{"spec":1', b'{"a":"\xed\xa0\x80","spec":1'),
    "no UTF-8": text(b'{"spec":1', b'{"a":"\xff","spec":1'),
    "an overlong form": text(b'{"spec":1', b'{"a":"\xc0\xaf","spec":1'),
    "depth 65": deep(65),
    "depth 65000": deep(65_000),
    "a fraction": text(b'{"spec":1', b'{"a":1.5,"spec":1'),
    "a fraction of nothing": text(b'{"spec":1', b'{"a":1.0,"spec":1'),
    "an exponent": text(b'{"spec":1', b'{"a":1e2,"spec":1'),
    "minus nothing": text(b'{"spec":1', b'{"a":-0,"spec":1'),
    "a negative number": text(b'{"spec":1', b'{"a":-1,"spec":1'),
    "2^53": text(b'{"spec":1', b'{"a":9007199254740992,"spec":1'),
    "a very long number": text(b'{"spec":1', b'{"a":' + b"9" * 5000 + b',"spec":1'),
    "NaN": text(b'{"spec":1', b'{"a":NaN,"spec":1'),
    "Infinity": text(b'{"spec":1', b'{"a":Infinity,"spec":1'),
    "a leading zero": text(b'{"spec":1', b'{"a":01,"spec":1'),
    "a control character": text(b'{"spec":1', b'{"a":"\x01","spec":1'),
    "a comma too many": text(b'"}', b'",}'),
    "two values": text(b'"}', b'"}{}'),
    "spec as a fraction": text(b'"spec":1', b'"spec":1.0'),
    "spec as an exponent": text(b'"spec":1', b'"spec":1e0'),
    "seq as a fraction": seq_text(b"1.0"),
    "seq as an exponent": seq_text(b"1e0"),
    "seq -0": seq_text(b"-0"),
    "seq 2^53": seq_text(b"9007199254740992"),
    "UTF-16": lambda link, draft: setattr(draft, "raw_payload", write_json(draft.members).decode().encode("utf-16")),
}
MEMBERS = {
    **{f"no {name}": lacking(name) for name in ("spec", "id", "from", "to", "seq", "prev", "sent_at", "body")},
    "spec 2": member("spec", 2),
    "spec 0": member("spec", 0),
    "spec a text": member("spec", "1"),
    "spec true": member("spec", True),
    "spec null": member("spec", None),
    "id in large letters": lambda link, draft: member("id", draft.members["id"].upper())(link, draft),
    "id in braces": lambda link, draft: member("id", f"{{{draft.members['id']}}}")(link, draft),
    "id of version 4": member("id", "6a1f0f2e-9f0e-4b7e-8d3c-2b1a00112233"),
    "id of another variant": member("id", "01920f2e-9f0e-7b7e-cd3c-2b1a00112233"),
    "id without dashes": lambda link, draft: member("id", draft.members["id"].replace("-", ""))(link, draft),
    "id null": member("id", None),
    "id a number": member("id", 7),
    "from in large letters": member("from", "XA"),
    "from of three letters": member("from", "pak"),
    "from null": member("from", None),
    "to in large letters": member("to", "PK"),
    "to a list": member("to", ["pk"]),
    "seq 0": member("seq", 0),
    "seq a text": member("seq", "1"),
    "seq true": member("seq", True),
    "seq null": member("seq", None),
    "prev null": member("prev", None),
    "prev too short": member("prev", "A" * 42),
    "prev too long": member("prev", "A" * 44),
    "prev padded": member("prev", "A" * 43 + "="),
    "prev with unused bits": member("prev", "A" * 42 + "B"),
    "prev in hex": member("prev", "a" * 64),
    "sent_at without digits": sent(lambda at: at[:19] + "Z"),
    "sent_at with two digits": sent(lambda at: at[:-2] + "Z"),
    "sent_at with four digits": sent(lambda at: at[:-1] + "0Z"),
    "sent_at with an offset": sent(lambda at: at[:-1] + "+00:00"),
    "sent_at with a small t": sent(lambda at: at.replace("T", "t")),
    "sent_at with a small z": sent(lambda at: at.lower().replace("t", "T")),
    "sent_at with a blank": sent(lambda at: at.replace("T", " ")),
    "sent_at with a comma": sent(lambda at: at.replace(".", ",")),
    "sent_at on a day that is none": member("sent_at", "2026-02-30T00:00:00.000Z"),
    "sent_at at hour 24": member("sent_at", "2026-01-01T24:00:00.000Z"),
    "sent_at in a leap second": member("sent_at", "2026-01-01T23:59:60.000Z"),
    "sent_at in Arabic digits": member("sent_at", "٢٠٢٦-01-01T00:00:00.000Z"),
    "sent_at a NumericDate": member("sent_at", 1_767_225_600),
    "sent_at null": member("sent_at", None),
    "body null": member("body", None),
    "body an object": member("body", {}),
}


class TestPayload:
    @pytest.mark.parametrize("case", JSON)
    def test_is_strict_json(self, link, case):
        draft = link.draft()
        JSON[case](link, draft)
        link.refused(draft, "malformed", final=place_in(draft.token) is not None)

    @pytest.mark.parametrize("case", MEMBERS)
    def test_has_every_member_in_its_form(self, link, case):
        draft = link.draft()
        MEMBERS[case](link, draft)
        signed = place_in(draft.token) is not None
        # Whether a refusal can name the place when one of the three is there in a wrong form is left to the receiver.
        touched = case.startswith(("from", "to", "seq", "no from", "no to", "no seq"))
        link.refused(draft, "malformed", final=True if signed and not touched else None)

    @pytest.mark.parametrize("raw", [b"", b"null", b"[]", b'"text"', b"5", b"\x00\x01", b"{", b"\xff\xfe"], ids=repr)
    def test_is_an_object_and_what_cannot_name_its_place_is_not_signed(self, link, raw):
        draft = link.draft()
        draft.raw_payload = raw
        link.refused(draft, "malformed", final=False)

    @pytest.mark.parametrize("name", ["from", "to", "seq"])
    def test_without_its_place_a_refusal_is_neither_signed_nor_final(self, link, name):
        draft = link.draft()
        del draft.members[name]
        link.refused(draft, "malformed", final=False)

    @pytest.mark.parametrize(
        "spoil",
        [
            text(b'{"spec":1', b'{"note":"of a later version","spec":1'),
            text(b'{"spec":1', b'{"a":{"b":[1,null,true,{}]},"spec":1'),
            text(b'{"spec":1', b'{"a":9007199254740991,"spec":1'),
            text(b'{"spec":1', b'{"a":0,"spec":1'),
            text(b'{"spec":1', b'{"a":"\\ud83d\\ude00 \xd8\xa7\xd8\xb1\xd8\xaf\xd9\x88","spec":1'),
            text(b'{"spec":1', b' {\n"spec" : 1'),
            text(b'"from"', b'"\\u0066rom"'),
            deep(64),
        ],
        ids=["unknown", "nested", "2^53-1", "zero", "a pair of surrogates", "white space", "an escaped name", "depth 64"],
    )
    def test_may_have_more_members_and_any_spelling_of_json(self, link, spoil):
        draft = link.draft()
        spoil(link, draft)
        link.accepted(draft)
