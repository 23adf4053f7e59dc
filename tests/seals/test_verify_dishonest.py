"""The verifier on exports whose node is not honest: keys that hang on nothing, and two journals that do not say the same."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from rahdari.seals.forms import decode, encode, write_json
from rahdari.seals.leaves import read_leaf
from tests.make.journals import BEGINNING, YEAR, Node, alone, corridor, key, seconds, send, with_line, write

KEYS, FIRST = 0, 1  # places in an export: the line of the keys, and leaf 0
LEAVES = 12


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return alone(tmp_path_factory.mktemp("alone"))


def pinned(*nodes):
    return [word for node in nodes for word in ("--fingerprint", node.fingerprint)]


# ---- keys


def resigned(node, change, *, by=None):
    """The keys token with another content, signed again."""
    head, body, _ = node.tokens[0].split(".")
    told = json.loads(decode(body))
    change(told)
    signed = f"{head}.{encode(write_json(told))}"
    return f"{signed}.{encode((by or node.keys['office']).sign(signed.encode()))}"


def by_clerk(node):
    """The keys token under a header that names the clerk key, and signed with it."""
    body, clerk = node.tokens[0].split(".")[1], node.keys["clerk"]
    signed = f"{encode(write_json({'alg': 'EdDSA', 'typ': 'rahdari-keys+jwt', 'kid': clerk.public.kid}))}.{body}"
    return f"{signed}.{encode(clerk.sign(signed.encode()))}"


def jwks(told, role):
    return next(one for one in told["keys"]["keys"] if one["role"] == role)


def tokens(make):
    def damage(pk, jp, lines):
        lines[KEYS]["keys_tokens"] = make(pk, jp)

    return damage


def rolled(keep):
    """Two rolls of the office key, of which the export holds only these keys tokens."""

    def damage(pk, jp, lines):
        pk.roll("office")
        pk.roll("office")
        lines[KEYS]["keys_tokens"] = [pk.tokens[number] for number in keep]

    return damage


def of_another(change, *, office=False):
    return tokens(lambda pk, jp: [resigned(pk, change, by=key("somebody", "office") if office else None)])


def weak(told, x=bytes(31) + b"\x80"):
    jwk = jwks(told, "clerk")
    jwk["x"] = encode(x)
    jwk["kid"] = encode(sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{jwk["x"]}"}}'.encode()).digest())


def window(role, nbf, exp):
    return of_another(lambda told: jwks(told, role).update(nbf=nbf, exp=exp))


def twice(told):
    told["keys"]["keys"].append(jwks(told, "clerk"))


def without_office(told):
    told["keys"]["keys"].remove(jwks(told, "office"))


def attacker(pk, jp):
    """A token that somebody else made of keys of their own, in the node's name."""
    other = Node("pk")
    other.keys["office"] = key("somebody", "office")
    other.known = [other.keys["office"].public, *other.known[1:]]
    return [pk.tokens[0], other.keys_token(at=pk.now())]


def come_back(pk, jp):
    """The first office key, rolled long ago and named no more, signs keys of its own again."""
    old = pk.keys["office"]
    pk.roll("office")
    pk.known = [one for one in pk.known if one.kid != old.public.kid]
    pk.tokens.append(pk.keys_token(at=pk.now()))
    pk.known = [old.public, *pk.known]
    return [*pk.tokens, pk.keys_token(office=old, at=pk.now())]


# A point of order eight, as RFC 8032 encodes it.
EIGHTH = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")


def weak_of_order_eight(told):
    weak(told, EIGHTH)


START = seconds(BEGINNING)
ONE = "keys token 1 of pk: "
KEY_DAMAGE = [
    ("the first tokens left out", rolled([2]), "the first keys token of pk is signed by"),
    ("the one between left out", rolled([0, 2]), "keys token 2 of pk: it is signed by an office key that the one before it"),
    ("the wrong order", rolled([1, 0, 2]), "keys token 2 of pk: it is older than the one before it"),
    ("somebody else's token", tokens(attacker), "keys token 2 of pk: it is signed by an office key that the one before it"),
    (
        "an office key that came back",
        tokens(come_back),
        "keys token 4 of pk: it is signed by an office key that the one before it",
    ),
    ("signed by somebody else", of_another(lambda told: None, office=True), ONE + "it is not signed by the office key it names"),
    ("signed by the clerk", tokens(lambda pk, jp: [by_clerk(pk)]), ONE + "it does not name the office key that signs it"),
    ("the partner's tokens", tokens(lambda pk, jp: jp.tokens), ONE + "it is no keys token of pk"),
    ("no tokens", tokens(lambda pk, jp: []), "the first keys token of pk is signed by no office key"),
    ("no text", tokens(lambda pk, jp: [5]), ONE + "it is no signed token"),
    ("two parts", tokens(lambda pk, jp: ["a.b"]), ONE + "it is no signed token"),
    ("no base64", tokens(lambda pk, jp: ["ä.b.c"]), ONE),
    ("another version", of_another(lambda told: told.update(spec=2)), ONE + "it is no keys token of pk in version 1"),
    ("another origin", of_another(lambda told: told.update(journal_origin="x.example/rahdari/pk")), "no keys token of pk names"),
    ("another form of moment", of_another(lambda told: told.update(issued_at="2026-03-01T09:00:00Z")), ONE + "a moment"),
    ("a member left out", of_another(lambda told: told.pop("issued_at")), ONE + "there is no member issued_at"),
    ("no office key", of_another(without_office), ONE + "it does not name the office key that signs it"),
    ("a key twice", of_another(twice), ONE + "it is no keys token of pk in version 1, or names a key twice"),
    ("a weak key", of_another(weak), ONE + "it names a key that is not what"),
    ("a key of order eight", of_another(weak_of_order_eight), ONE + "it names a key that is not what"),
    ("a private key", of_another(lambda told: jwks(told, "clerk").update(d="AA")), ONE + "it names a key that is not what"),
    (
        "a key under another kid",
        of_another(lambda told: jwks(told, "clerk").update(kid="AA")),
        ONE + "it names a key that is not",
    ),
    ("a key of no role", of_another(lambda told: jwks(told, "clerk").update(role="king")), ONE + "it names a key that is not"),
    ("a journal key that ended", window("journal", START, START + 1), "over 13 leaves: it is signed by no journal key of pk"),
    ("a journal key to come", window("journal", START + YEAR, START + 2 * YEAR), "it is signed by no journal key of pk"),
    (
        "an office key that ended",
        window("office", START - 9, START - 1),
        ONE + "it is older than the one before it, or its office key",
    ),
    ("an office key to come", window("office", START + 9, START + YEAR), ONE + "it is older than the one before it, or its"),
]


@pytest.mark.parametrize(("damage", "told"), [pytest.param(*rest, id=name) for name, *rest in KEY_DAMAGE])
def test_keys_that_do_not_hang_on_the_fingerprint_are_named(run, tmp_path, damage, told):
    pk, jp = corridor(letters=LEAVES)
    for _ in range(301):  # longer than a rolled key may be in hand
        pk.now()
    send(jp, pk)
    pk.notes = [jp.cosigned(pk.note(size=LEAVES)), jp.cosigned(pk.note())]
    lines = pk.export(jp)
    damage(pk, jp, lines)
    code, words = run(write(tmp_path / "pk.ndjson", lines), *pinned(pk, jp))
    assert (code, told in words) == (1, True), words


def test_a_fingerprint_of_somebody_else_is_not_enough(run, tmp_path):
    pk, jp = corridor()
    code, words = run(write(tmp_path / "pk.ndjson", pk.export(jp)), *pinned(jp))
    assert (code, "the first keys token of pk is signed by no office key whose fingerprint was given" in words) == (1, True)


@pytest.mark.parametrize("code", ["jp", "pk"])
def test_a_witness_entry_cannot_speak_for_the_journal(run, tmp_path, code):
    """Keys that call themselves a witness of the journal's own name sign no checkpoints of it."""
    pk, _ = corridor()
    thief = Node(code)
    thief.origin, thief.keys["journal"] = pk.origin, key("somebody", "journal")
    thief.known = [one for one in thief.known if one.role != "journal"] + [thief.keys["journal"].public]
    thief.tokens = [thief.keys_token()]
    pk.notes = [pk.note(by=thief.keys["journal"])]
    code, words = run(write(tmp_path / "pk.ndjson", pk.export(thief)))
    assert (code, "it is signed by no journal key of pk" in words) == (1, True)


# ---- two exports, each of them whole in itself, that do not say the same


@pytest.mark.parametrize(
    ("number", "text", "told"),
    [
        (4, b"0" * 64, "the envelope (line 4)"),
        (5, b"1" * 64, "the opened bytes (line 5)"),
        (6, b"0" * 64, "the receipt (line 6)"),
        (7, b"2026-03-01T09:00:00.000Z", "the time (line 7)"),
    ],
)
@pytest.mark.parametrize("way", ["sent", "received"])
def test_a_leaf_that_differs_from_the_partners_is_named_with_its_line(run, tmp_path, number, text, told, way):
    pk, jp = corridor(letters=LEAVES)
    index = 4 if way == "sent" else 5
    jp.leaves[index] = with_line(jp.leaves[index], number, text)
    jp.notes = [pk.cosigned(jp.note())]
    here, there = write(tmp_path / "pk.ndjson", pk.export(jp)), write(tmp_path / "jp.ndjson", jp.export(pk))
    assert run(there, *pinned(pk, jp))[0] == 0, "the partner's journal is whole in itself"
    code, words = run(here, "--against", there, *pinned(pk, jp))
    assert code == 1
    leaf = read_leaf(pk.leaves[index])
    assert f"leaf {index} (sent, {leaf.sender} to {leaf.receiver} {leaf.seq}) and leaf {index} of" in words
    assert f"differ in {told}\n" in words


@pytest.mark.parametrize("cut", ["pk", "jp"])
def test_a_cut_tail_is_named_when_nothing_was_under_way(run, tmp_path, cut):
    pk, jp = corridor(letters=LEAVES)
    cutter, other = (pk, jp) if cut == "pk" else (jp, pk)
    del cutter.leaves[8:]
    cutter.notes = [other.cosigned(cutter.note())]
    here, there = write(tmp_path / "pk.ndjson", pk.export(jp)), write(tmp_path / "jp.ndjson", jp.export(pk))
    assert run(here, "--against", there, *pinned(pk, jp))[0] == 0
    code, words = run(here, "--against", there, *pinned(pk, jp), "--complete")
    assert code == 1
    sent = "sent" if cut == "jp" else "received"
    assert f"leaf 8 ({sent} pk to jp 5) is not in the other export, and nothing was under way" in words
    assert words.splitlines()[-1] == "broken: 4 faults"


def test_a_partner_whose_own_journal_is_broken_breaks_the_pair(run, tmp_path):
    pk, jp = corridor(letters=LEAVES)
    lines = jp.export(pk)
    del lines[FIRST + 5]
    here, there = write(tmp_path / "pk.ndjson", pk.export(jp)), write(tmp_path / "jp.ndjson", lines)
    code, words = run(here, "--against", there)
    assert (code, "leaf 5 is missing: leaf 6 stands in its place" in words) == (1, True)
