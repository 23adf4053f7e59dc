"""Checkpoints as signed notes: against a real log and a real witness, and against everything that is not quite a note."""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import replace
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from rahdari.seals.faults import Fault
from rahdari.seals.keys import PublicKey, private_key, thumbprint
from rahdari.seals.notes import (
    COSIGNATURE,
    LOG,
    Checkpoint,
    cosign,
    key_id,
    make_add_checkpoint,
    make_note,
    read_add_checkpoint,
    read_lines,
    read_note,
    verify_cosignature,
    verify_log,
    with_lines,
)

ORIGIN, WITNESS = "node.pk.example/rahdari/pk", "node.jp.example/rahdari/jp"
ROOT = sha256(b"root").digest()
AT = dt.datetime(2026, 3, 1, 9, 30, 0, 999_000, tzinfo=dt.UTC)
SECONDS = 1772357400

# A checkpoint of a public log of certificates (staging) as its public witnesses cosigned it, with the keys both publish.
REAL_LOG, REAL_WITNESS = "arche2025h1.staging.ct.transparency.dev", "remora.n621.de"
REAL_LOG_KEY, REAL_WITNESS_KEY = "AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f", "BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
REAL = """\
arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
"""
GO = """\
go.sum database tree
31700353
qINS1GRFhWHwdkUeqLEoP4yEMkTBBzxBkGwGQlVlVcs=

— sum.golang.org Az3grnmrIUEDFqHzAElIQCPNoRFRAAdFo47fooyWKMHb89k11GJh5zHIfNCOBmwn/C3YI8oW9/C8DJ87F61QqspBYwM=
"""


def published(code):
    """The key in the form in which logs publish it: a byte for the type, then the key."""
    raw = base64.b64decode(code)[1:]
    return PublicKey("journal", thumbprint(raw, "journal"), 0, 2**40, raw)


def key(name, role="journal"):
    return private_key(Ed25519PrivateKey.from_private_bytes(sha256(name.encode()).digest()), role, 0, 2**40)


LOG_KEY, WITNESS_KEY = key("log"), key("witness")
CHECKPOINT = Checkpoint(ORIGIN, 20852163, ROOT)
WHOLE = make_note(CHECKPOINT, LOG_KEY)
NOTE = read_note(WHOLE)
BODY = f"{ORIGIN}\n20852163\n{base64.b64encode(ROOT).decode()}\n"
LINE = WHOLE.splitlines()[-1]


class TestARealCheckpoint:
    def test_is_read_and_written_again(self):
        note = read_note(REAL)
        assert str(note) == REAL
        assert (note.checkpoint.origin, note.checkpoint.size, note.checkpoint.extra) == (REAL_LOG, 1432088532, ())
        assert [line.name for line in note.signatures].count(REAL_LOG) == 2

    def test_verifies_with_the_key_of_its_log_and_no_other(self):
        note = read_note(REAL)
        assert verify_log(note, published(REAL_LOG_KEY), REAL_LOG)
        assert not verify_log(note, published(REAL_WITNESS_KEY), REAL_LOG)
        assert not verify_log(note, published(REAL_LOG_KEY), REAL_WITNESS)
        assert verify_log(read_note(GO), published("Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"), "sum.golang.org")

    def test_was_cosigned_by_its_witness(self):
        note = read_note(REAL)
        seen = [verify_cosignature(note, line, REAL_WITNESS, published(REAL_WITNESS_KEY)) for line in note.signatures]
        assert seen == [None, None, None, 0x6A122120]
        longer = replace(note, text=note.text.replace("1432088532", "1432088533"))
        assert verify_cosignature(longer, note.signatures[3], REAL_WITNESS, published(REAL_WITNESS_KEY)) is None

    @pytest.mark.parametrize(
        ("name", "kind", "code", "expected"),
        [
            ("PeterNeumann", LOG, "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "c74f20a3"),
            ("sum.golang.org", LOG, "Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", "033de0ae"),
            (REAL_LOG, LOG, REAL_LOG_KEY, "ba2f06c0"),
            (REAL_WITNESS, COSIGNATURE, REAL_WITNESS_KEY, "da77ade7"),
        ],
    )
    def test_key_ids_are_those_their_owners_publish(self, name, kind, code, expected):
        assert base64.b64decode(code)[0] == kind
        assert key_id(name, kind, published(code).raw).hex() == expected


class TestMakeNote:
    def test_signs_the_body_under_the_origin(self):
        signed = base64.b64decode(LINE.split(" ")[2])
        assert f"{BODY}\n— {ORIGIN} {LINE.split(' ')[2]}\n" == WHOLE
        assert signed[:4] == sha256(f"{ORIGIN}\n\x01".encode() + LOG_KEY.public.raw).digest()[:4]
        assert LOG_KEY.public.verify(BODY.encode(), signed[4:])

    def test_is_read_back(self):
        assert NOTE.checkpoint == CHECKPOINT
        assert NOTE.text == BODY
        assert str(NOTE) == WHOLE
        assert verify_log(NOTE, LOG_KEY.public, ORIGIN)

    def test_writes_an_empty_journal_and_lines_of_its_own(self):
        checkpoint = Checkpoint(ORIGIN, 0, ROOT, ("one more", "— line"))
        assert read_note(make_note(checkpoint, LOG_KEY)).checkpoint == checkpoint

    @pytest.mark.parametrize(
        "wrong",
        [
            *({"origin": origin} for origin in ("", "a b", "a+b", "a\u3000b", "a\nb", "a\tb")),
            *({"size": size} for size in (-1, 2**63)),
            *({"extra": (line,)} for line in ("", "a\nb", "a\n\nb", "a\tb")),
            {"root": ROOT[:31]},
        ],
        ids=str,
    )
    def test_refuses_what_could_not_be_read(self, wrong):
        with pytest.raises(Fault, match="malformed"):
            make_note(replace(CHECKPOINT, **wrong), LOG_KEY)

    def test_takes_no_key_of_another_role(self):
        with pytest.raises(ValueError, match="journal"):
            make_note(CHECKPOINT, key("log", "gateway"))
        with pytest.raises(ValueError, match="journal"):
            cosign(NOTE, WITNESS, key("witness", "office"), AT)


class TestReadNote:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "\n",
            BODY,
            f"{BODY}\n",
            f"\n{LINE}\n",
            f"{BODY}{LINE}\n",
            f"{BODY}\n{LINE}",
            f"{BODY}\n{LINE}\n\n",
            f"{BODY}\n\n{LINE}\n",
            f"{BODY}\n{LINE}\n{LINE} \n",
            f"{BODY}\n{LINE}\nsome text\n",
            f"{BODY}\n{LINE.replace('—', '-')}\n",
            f"{BODY}\n{LINE.replace('— ', '—  ')}\n",
            f"{BODY}\n{LINE.replace('— ', '—')}\n",
            f"{BODY}\n{LINE.replace('/rahdari', '+rahdari')}\n",
            f"{BODY}\n{LINE.replace('/rahdari', chr(0x3000) + 'rahdari')}\n",
            f"{BODY}\n{LINE.removesuffix('=')}\n",
            f"{BODY}\n{LINE}=\n",
            f"{BODY}\n— {ORIGIN} \n",
            f"{BODY}\n—  AAAAAAA=\n",
            f"{BODY}\n— {ORIGIN} AAAAAA==\n",
            f"{BODY}\n— {ORIGIN} AAAA AAA=\n",
            f"{BODY}\n— {ORIGIN} AAAAAAB=\n",
            f"{BODY}\n— {ORIGIN} AAAA-AA=\n",
            f"{BODY}\n" + f"{LINE}\n" * 65,
            WHOLE.replace("\n", "\r\n"),
            WHOLE.replace("20852163", "020852163"),
            WHOLE.replace("20852163", "+20852163"),
            WHOLE.replace("20852163", "20852163 "),
            WHOLE.replace("20852163", ""),
            WHOLE.replace("20852163", "\u0661"),
            WHOLE.replace("20852163", "9223372036854775808"),
            WHOLE.replace("20852163", "٣"),
            WHOLE.replace(BODY.splitlines()[2], base64.b64encode(ROOT + b"1").decode()),
            WHOLE.replace(BODY.splitlines()[2], base64.urlsafe_b64encode(b"\xff" * 32).decode()),
            WHOLE.replace(BODY.splitlines()[2], ROOT.hex()),
            WHOLE.replace(ORIGIN + "\n", "\n"),
            WHOLE.replace(ORIGIN + "\n", "tab\there\n"),
            WHOLE.replace(ORIGIN + "\n", "half \ud83d\n"),
            WHOLE.replace("20852163\n", "20852163\n\n"),
        ],
        ids=ascii,
    )
    def test_refuses_every_other_form(self, text):
        with pytest.raises(Fault, match="malformed"):
            read_note(text)

    def test_takes_sixteen_signatures_and_more(self):
        assert len(read_note(f"{BODY}\n" + f"{LINE}\n" * 64).signatures) == 64

    @given(st.integers(0, len(WHOLE) - 1), st.characters())
    def test_gives_back_the_text_or_refuses(self, place, letter):
        changed = WHOLE[:place] + letter + WHOLE[place + 1 :]
        try:
            note = read_note(changed)
        except Fault:
            return
        assert str(note) == changed
        assert changed == WHOLE or not verify_log(note, LOG_KEY.public, ORIGIN)


class TestVerifyLog:
    def test_ignores_lines_of_others(self):
        other = read_note(make_note(replace(CHECKPOINT, origin=WITNESS), WITNESS_KEY)).signatures[0]
        assert verify_log(replace(NOTE, signatures=(other, *NOTE.signatures)), LOG_KEY.public, ORIGIN)
        assert not verify_log(replace(NOTE, signatures=(other,)), LOG_KEY.public, ORIGIN)

    def test_is_spoiled_by_one_false_line_of_its_own(self):
        false = replace(NOTE.signatures[0], signature=bytes(64))
        assert not verify_log(replace(NOTE, signatures=(*NOTE.signatures, false)), LOG_KEY.public, ORIGIN)

    def test_takes_no_cosignature_for_it(self):
        line = read_lines(cosign(NOTE, ORIGIN, LOG_KEY, AT))
        assert not verify_log(replace(NOTE, signatures=line), LOG_KEY.public, ORIGIN)


class TestCosign:
    LINE = cosign(NOTE, WITNESS, WITNESS_KEY, AT)

    def test_makes_a_line_that_fits_under_the_note(self):
        name, code = self.LINE.removeprefix("— ").removesuffix("\n").split(" ")
        raw = base64.b64decode(code)
        assert name == WITNESS
        assert raw[:4] == sha256(f"{WITNESS}\n\x04".encode() + WITNESS_KEY.public.raw).digest()[:4]
        assert raw[4:12] == SECONDS.to_bytes(8, "big")
        assert WITNESS_KEY.public.verify(f"cosignature/v1\ntime {SECONDS}\n{BODY}".encode(), raw[12:])
        assert str(read_note(WHOLE + self.LINE)) == WHOLE + self.LINE

    def test_is_verified_with_its_second(self):
        (line,) = read_lines(self.LINE)
        assert verify_cosignature(NOTE, line, WITNESS, WITNESS_KEY.public) == SECONDS

    @pytest.mark.parametrize(
        ("note", "change", "name", "by"),
        [
            (replace(NOTE, text=BODY.replace("20852163", "20852164")), {}, WITNESS, WITNESS_KEY),
            (NOTE, {"name": ORIGIN}, WITNESS, WITNESS_KEY),
            (NOTE, {}, ORIGIN, WITNESS_KEY),
            (NOTE, {"key_id": bytes(4)}, WITNESS, WITNESS_KEY),
            (NOTE, {"signature": (SECONDS + 1).to_bytes(8, "big")}, WITNESS, WITNESS_KEY),
            (NOTE, {"signature": (2**63).to_bytes(8, "big")}, WITNESS, WITNESS_KEY),
            (NOTE, {"signature": b"short"}, WITNESS, WITNESS_KEY),
            (NOTE, {}, WITNESS, LOG_KEY),
        ],
    )
    def test_is_not_taken_for_anything_else(self, note, change, name, by):
        (line,) = read_lines(self.LINE)
        if len(change.get("signature", b"")) == 8:
            change = {"signature": change["signature"] + line.signature[8:]}
        assert verify_cosignature(note, replace(line, **change), name, by.public) is None

    def test_refuses_a_second_beyond_the_standard(self):
        seconds = 2**63
        signature = seconds.to_bytes(8, "big") + WITNESS_KEY.sign(f"cosignature/v1\ntime {seconds}\n{BODY}".encode())
        (line,) = read_lines(self.LINE)
        assert verify_cosignature(NOTE, replace(line, signature=signature), WITNESS, WITNESS_KEY.public) is None

    def test_needs_a_moment_with_its_zone(self):
        for wrong in (AT.replace(tzinfo=None), dt.datetime(1969, 12, 31, tzinfo=dt.UTC)):
            with pytest.raises(ValueError, match="moment"):
                cosign(NOTE, WITNESS, WITNESS_KEY, wrong)


class TestWithLines:
    def test_puts_a_newer_cosignature_in_the_place_of_the_older(self):
        first, second = (read_lines(cosign(NOTE, WITNESS, WITNESS_KEY, AT + dt.timedelta(minutes=late))) for late in (0, 5))
        third = read_lines(cosign(NOTE, "third.example/w1", key("third"), AT))
        once = with_lines(NOTE, (*first, *third))
        twice = with_lines(once, second)
        assert once.signatures == (*NOTE.signatures, *first, *third)
        assert twice.signatures == (*NOTE.signatures, *second, *third)
        assert read_note(str(twice)) == twice


class TestAddCheckpoint:
    PROOF = [sha256(b"%d" % number).digest() for number in range(63)]

    @pytest.mark.parametrize("length", [0, 1, 63])
    def test_is_read_as_it_was_written(self, length):
        proof = self.PROOF[:length]
        text = make_add_checkpoint(17, proof, WHOLE)
        assert text == "old 17\n" + "".join(f"{base64.b64encode(one).decode()}\n" for one in proof) + "\n" + WHOLE
        assert read_add_checkpoint(text) == (17, proof, NOTE)

    def test_takes_nothing_and_the_present_size_as_old(self):
        for old in (0, 20852163):
            assert read_add_checkpoint(make_add_checkpoint(old, [], WHOLE))[0] == old

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "old 1\n",
            WHOLE,
            f"\n{WHOLE}",
            f"old 1\n{WHOLE}",
            f"old \n\n{WHOLE}",
            f"old 01\n\n{WHOLE}",
            f"old -1\n\n{WHOLE}",
            f"old  1\n\n{WHOLE}",
            f"OLD 1\n\n{WHOLE}",
            f"old 1\n\n\n{WHOLE}",
            f"old 1\r\n\r\n{WHOLE}",
            f"old 1\nAAAA\n\n{WHOLE}",
            f"old 1\n{ROOT.hex()}\n\n{WHOLE}",
            f"old 20852164\n\n{WHOLE}",
            "old 1\n" + f"{base64.b64encode(ROOT).decode()}\n" * 64 + f"\n{WHOLE}",
        ],
        ids=ascii,
    )
    def test_refuses_every_other_form(self, text):
        with pytest.raises(Fault, match="malformed"):
            read_add_checkpoint(text)
