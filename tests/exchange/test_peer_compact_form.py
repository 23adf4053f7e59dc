"""The compact form, the signature and the size of one token: strict, and each refused by its own name."""

from __future__ import annotations

import json

import pytest

from tests.exchange.peer.curve import L
from tests.exchange.peer.forms import b64u, unb64u, uuid7, write_json
from tests.exchange.peer.letters import place_in

pytest_plugins = "tests.exchange.peer.stage"


def part(index, change):
    def spoil(token):
        parts = token.split(".")
        parts[index] = change(parts[index])
        return ".".join(parts)

    return spoil


def unused_bit(text):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert len(text) % 4, "no unused bits here"
    return text[:-1] + letters[letters.index(text[-1]) ^ 1]


COMPACT = {
    "two parts": lambda token: token.rpartition(".")[0],
    "four parts": lambda token: f"{token}.AAAA",
    "a point before": lambda token: f".{token}",
    "no header": part(0, lambda text: ""),
    "padding in the header": part(0, lambda text: text + "=" * (-len(text) % 4 or 1)),
    "padding in the payload": part(1, lambda text: text + "=" * (-len(text) % 4 or 1)),
    "padding in the signature": part(2, lambda text: f"{text}=="),
    "a blank in the header": part(0, lambda text: f"{text[:4]} {text[4:]}"),
    "a line break in the payload": part(1, lambda text: f"{text[:4]}\n{text[4:]}"),
    "a line break at the end": lambda token: f"{token}\n",
    "a blank at the beginning": lambda token: f" {token}",
    "letters of base64": part(2, lambda text: "+/" + text[2:]),
    "a wide letter": part(1, lambda text: f"Ａ{text[1:]}"),
    "unused bits in the signature": part(2, unused_bit),
    "a length that cannot be": part(2, lambda text: text[:-1]),
    "a general JSON serialisation": lambda token: json.dumps({"payload": token.split(".")[1], "signatures": []}),
    "an empty text": lambda token: "",
    "a word": lambda token: "envelope",
    "only points": lambda token: "..",
}


class TestCompactForm:
    @pytest.mark.parametrize("case", COMPACT)
    def test_is_strict_base64url_in_three_parts(self, link, case):
        draft = link.draft()
        draft.spoil = COMPACT[case]
        final = place_in(draft.token) is not None
        # Without three parts it is open whether there is a payload to read a place from.
        link.refused(draft, "malformed", final=final if draft.token.count(".") == 2 else None)

    @pytest.mark.parametrize("letter", ["header", "payload"])
    def test_unused_bits_are_zero(self, link, letter):
        draft = link.draft()
        # Blanks until the part ends in the middle of a group.
        if letter == "header":
            draft.raw_header = write_json(draft.header)
            draft.raw_header += b" " * (1 if len(draft.raw_header) % 3 == 0 else 0)
        else:
            draft.raw_payload = write_json(draft.members)
            draft.raw_payload += b" " * (1 if len(draft.raw_payload) % 3 == 0 else 0)
        draft.spoil = part(0 if letter == "header" else 1, unused_bit)
        link.refused(draft, "malformed", final=None)


def other_signature(change):
    return part(2, lambda text: b64u(change(unb64u(text))))


def large_s(signature):
    return signature[:32] + (int.from_bytes(signature[32:], "little") + L).to_bytes(32, "little")


SIGNATURES = {
    "a bit": lambda signature: bytes([signature[0] ^ 1]) + signature[1:],
    "the last bit": lambda signature: signature[:-1] + bytes([signature[-1] ^ 1]),
    "S plus L": large_s,
    "all zero": lambda signature: bytes(64),
    "R of small order": lambda signature: bytes([1]) + bytes(63),
}


class TestSignature:
    @pytest.mark.parametrize("case", SIGNATURES)
    def test_that_does_not_verify_is_refused_by_this_name(self, link, case):
        draft = link.draft()
        draft.spoil = other_signature(SIGNATURES[case])
        link.refused(draft, "signature", final=True)

    @pytest.mark.parametrize("case", ["short", "long", "empty"])
    def test_of_another_length_is_refused(self, link, case):
        draft = link.draft()
        draft.spoil = other_signature({"short": lambda s: s[:-1], "long": lambda s: s + b"\0", "empty": lambda s: b""}[case])
        link.refused(draft, "signature", "malformed", final=True)

    @pytest.mark.parametrize("where", ["header", "payload"])
    def test_covers_every_byte(self, link, where):
        draft = link.draft()
        good = draft.token.split(".")
        draft.header, draft.members = dict(draft.header), {**draft.members, "id": uuid7()}
        spoilt = draft.token.split(".")
        token = ".".join((good[0], spoilt[1], good[2])) if where == "payload" else ".".join((good[0], good[1], spoilt[2]))
        link.refused(token, "signature", final=True)

    def test_of_another_partner_over_my_name_does_not_verify(self, counterpart, link):
        other = counterpart.shared("another caller")
        draft = link.draft()
        draft.key = other.peer.ring["gateway"]
        link.refused(draft, "signature", final=True)


class TestSizeOfOneToken:
    def filled(self, link, size):
        draft = link.draft()
        short = len(draft.token)
        draft.members["more"] = "x" * ((size - short) * 3 // 4 - 40)
        while len(draft.token) < size:
            draft.members["more"] += "x"
        while len(draft.token) > size:
            draft.members["more"] = draft.members["more"][:-1]
        return draft

    def test_up_to_1_mib_is_accepted(self, link):
        draft = self.filled(link, 2**20)
        assert 2**20 - 2 <= len(draft.token) <= 2**20
        link.accepted(draft)

    @pytest.mark.parametrize("more", [2, 1000, 2**20])
    def test_above_1_mib_is_too_large_and_final(self, link, more):
        draft = self.filled(link, 2**20 + more)
        assert len(draft.token) > 2**20
        link.refused(draft, "too_large", final=True)

    def test_one_that_is_too_large_stops_only_what_is_behind_it(self, link):
        good = link.draft()
        large = link.behind(good)
        large.members["more"] = "x" * 2**20
        posted = link.post(good, large)
        assert len(posted.receipts) == 1 and posted.name == "too_large"
