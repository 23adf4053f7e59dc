"""The peer reads strictly what section 0 lays down; it must, before it may judge another."""

from __future__ import annotations

import pytest

from tests.exchange.peer.curve import L, Sealing, Signing, sound_ed25519, thumbprint, verifies
from tests.exchange.peer.forms import UUID7, Malformed, b64u, matches, read_json, read_stamp, stamp, unb64u, uuid7, write_json
from tests.exchange.peer.notes import cosign, read_checkpoint, read_line, sign_checkpoint, unb64
from tests.exchange.peer.tokens import compact, concat_kdf, jws, read_jws, seal, unseal
from tests.exchange.peer.tree import consistency, consistent, includes, inclusion, leaf_hash, root

# RFC 8037, appendix A.
RFC_SEED = unb64u("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
RFC_X = unb64u("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
RFC_JWS = (
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
)
# The eight leaves and the roots that the reference implementation of RFC 6962 is tried with.
TREE = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


class TestBase64url:
    @pytest.mark.parametrize("text", ["", "AA", "AAA", "AAAA", "_-8", "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"])
    def test_reads_what_it_wrote(self, text):
        assert b64u(unb64u(text)) == text

    @pytest.mark.parametrize(
        "text", ["AA==", "A", "AAAAA", "AA\n", " AA", "A A", "AB", "AAB", "+/AA", "AA\x00", "ＡＡ", None, 5, b"AA"]
    )
    def test_refuses(self, text):
        with pytest.raises(Malformed):
            unb64u(text)


class TestJson:
    @pytest.mark.parametrize(
        "text", ["{}", "[]", "0", str(2**53 - 1), '"\\ud83d\\ude00"', "[" * 64 + "]" * 64, ' {"a":1} \n', '{"a":"[[[["}']
    )
    def test_reads(self, text):
        read_json(text.encode())

    @pytest.mark.parametrize(
        "text",
        [
            b"\xef\xbb\xbf{}",
            b'{"a":1,"a":1}',
            b'"\\ud800"',
            b'{"\\udc00":1}',
            b'"\xed\xa0\x80"',
            b"[" * 65 + b"]" * 65,
            b"1.0",
            b"1e3",
            b"-0",
            b"-1",
            str(2**53).encode(),
            b"9" * 5000,
            b"NaN",
            b"Infinity",
            b"01",
            b"{'a':1}",
            b"{} {}",
            b"",
            b'"\x01"',
            b'{"a":1,}',
            b"\xff",
            b'"a\\u00"',
        ],
    )
    def test_refuses(self, text):
        with pytest.raises(Malformed):
            read_json(text)


class TestTimesAndIds:
    @pytest.mark.parametrize("text", ["2026-01-31T23:59:59.999Z", stamp()], ids=["written", "now"])
    def test_reads_a_time_with_three_digits(self, text):
        assert stamp(read_stamp(text)) == text

    @pytest.mark.parametrize(
        "text",
        [
            "2026-01-31T23:59:59Z",
            "2026-01-31T23:59:59.99Z",
            "2026-01-31T23:59:59.9999Z",
            "2026-01-31t23:59:59.999z",
            "2026-01-31 23:59:59.999Z",
            "2026-01-31T23:59:59.999+00:00",
            "2026-02-30T00:00:00.000Z",
            "2026-01-31T24:00:00.000Z",
            "2026-01-31T23:59:60.000Z",
            "２026-01-31T23:59:59.999Z",
            1767225600,
            None,
        ],
    )
    def test_refuses_another_time(self, text):
        with pytest.raises(Malformed):
            read_stamp(text)

    def test_makes_ids_of_version_7(self):
        assert all(matches(UUID7, uuid7()) for _ in range(100))


class TestKeys:
    def test_signs_as_rfc_8037(self):
        key = Signing(RFC_SEED)
        assert key.x == RFC_X
        assert compact(b'{"alg":"EdDSA"}', b"Example of Ed25519 signing", key.sign) == RFC_JWS
        assert thumbprint("Ed25519", RFC_X) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"

    def test_refuses_a_signature_with_a_large_s(self):
        key = Signing()
        good = key.sign(b"text")
        large = good[:32] + (int.from_bytes(good[32:], "little") + L).to_bytes(32, "little")
        assert verifies(key.x, b"text", good) and not verifies(key.x, b"text", large)

    @pytest.mark.parametrize(
        "x",
        [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "0200000000000000000000000000000000000000000000000000000000000000",
            "00",
        ],
    )
    def test_refuses_a_key_of_small_order_or_not_canonical(self, x):
        assert not sound_ed25519(bytes.fromhex(x))

    def test_refuses_a_secret_that_is_all_zero(self):
        with pytest.raises(Malformed):
            Sealing().agree(bytes(32))


class TestTokens:
    def test_derives_keys_as_rfc_7518_appendix_c(self):
        secret = bytes.fromhex("9e56d91d817135d372834283bf84269cfb316ea3da806a48f6daa7798cfe90c4")
        assert b64u(concat_kdf(secret, b"A128GCM", b"Alice", b"Bob", 128)) == "VqqN6vgjbSBcIijNcacQGg"

    def test_opens_only_for_these_two_nodes(self):
        key = Sealing()
        token = seal(b"text", "x/y", "xa", "xb", key.kid, key.x)
        assert unseal(token, "x/y", "xa", "xb", lambda kid: key) == b"text"
        for cty, frm, to in (("x/z", "xa", "xb"), ("x/y", "xc", "xb"), ("x/y", "xa", "xc")):
            with pytest.raises(Malformed):
                unseal(token, cty, frm, to, lambda kid: key)

    def test_refuses_a_header_that_is_no_closed_set(self):
        key = Signing()
        for header in ({"alg": "EdDSA", "typ": "a"}, {"alg": "EdDSA", "typ": "a", "kid": key.kid, "b64": True}):
            with pytest.raises(Malformed):
                read_jws(compact(write_json(header), b"{}", key.sign), "a")
        assert read_jws(jws(b"{}", "a", key), "a").signed_by(key.x)


class TestTree:
    LEAVES = [leaf_hash(bytes.fromhex(data)) for data in TREE]

    @pytest.mark.parametrize("size", ROOTS)
    def test_has_the_roots_of_the_reference(self, size):
        assert root(self.LEAVES[:size]).hex() == ROOTS[size]

    @pytest.mark.parametrize("size", range(1, 9))
    def test_proves_each_leaf_and_each_prefix(self, size):
        leaves, top = self.LEAVES[:size], root(self.LEAVES[:size])
        for index in range(size):
            assert includes(leaves[index], index, size, inclusion(index, leaves), top)
            assert not includes(leaves[index], index, size, [*inclusion(index, leaves), bytes(32)], top)
        for old in range(1, size + 1):
            proof = consistency(old, leaves)
            assert consistent(old, root(leaves[:old]), size, top, proof)
            assert not consistent(old, bytes(32), size, top, proof)


class TestNotes:
    def test_signs_and_cosigns_a_checkpoint(self):
        log, witness = Signing(), Signing()
        note = sign_checkpoint("host/rahdari/xa", 3, bytes(32), log)
        note += cosign(read_checkpoint(note).text, "host/rahdari/xb", witness, 1_700_000_000)
        point = read_checkpoint(note)
        assert (point.origin, point.size, point.root) == ("host/rahdari/xa", 3, bytes(32))
        assert point.signed_by("host/rahdari/xa", log.x) and point.cosigned_by("host/rahdari/xb", witness.x)
        assert not point.signed_by("host/rahdari/xa", witness.x) and not point.cosigned_by("host/rahdari/xb", log.x)

    @pytest.mark.parametrize("spoil", ["\t", "\r"])
    def test_refuses_a_control_character(self, spoil):
        note = sign_checkpoint("host/rahdari/xa", 3, bytes(32), Signing())
        with pytest.raises(Malformed):
            read_checkpoint(note.replace("host", f"ho{spoil}st"))

    @pytest.mark.parametrize("text", ["", "— name", "- name AAAAAAA=", "— na+me AAAAAAA=", "— name AAAA=AAA", "— name AAAA"])
    def test_refuses_what_is_no_signature_line(self, text):
        with pytest.raises(Malformed):
            read_line(text)

    @pytest.mark.parametrize("text", ["AB==", "AA", "A A=", "_-8="])
    def test_refuses_base64_in_another_spelling(self, text):
        with pytest.raises(Malformed):
            unb64(text)
