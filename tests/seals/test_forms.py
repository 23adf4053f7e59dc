"""How bytes, numbers, moments and identifiers are written: nothing that two programs could read in two ways passes."""

from __future__ import annotations

import base64
import datetime as dt
from uuid import UUID, uuid4

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from rahdari.seals import forms
from rahdari.seals.faults import NAMES, Fault

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def refuses(reader, what):
    with pytest.raises(Fault) as refused:
        reader(what)
    assert refused.value.name == "malformed"
    assert refused.value.detail
    return refused.value


class TestFault:
    def test_bears_one_of_the_protocols_names(self):
        assert {Fault(name).name for name in NAMES} == NAMES

    def test_bears_no_other_name(self):
        with pytest.raises(ValueError, match="no refusal named"):
            Fault("wrong")


class TestBase64url:
    @given(st.binary(max_size=300))
    def test_comes_back(self, raw):
        text = forms.encode(raw)
        assert set(text) <= set(ALPHABET)
        assert text == base64.urlsafe_b64encode(raw).decode().rstrip("=")
        assert forms.decode(text) == raw

    @pytest.mark.parametrize(
        "text",
        [
            "A",  # six bits are no byte
            "AAAAA",
            "AA==",
            "AAA=",
            "AA=",
            "AB",  # spare bits
            "AAB",
            "AA AA",
            " AAAA",
            "AAAA\n",
            "AA\r\nAA",
            "AA\tAA",
            "AA+A",
            "AA/A",
            "AA.A",
            "AA\x00A",
            "AAé",
            "ＡＡＡＡ",
            "AAAA\u200b",
            "\ud800",
            "=",
            "====",
        ],
    )
    def test_refuses_what_is_not_strict(self, text):
        refuses(forms.decode, text)

    @pytest.mark.parametrize("what", [None, 5, b"AAAA", ["AAAA"]])
    def test_refuses_what_is_no_text(self, what):
        refuses(forms.decode, what)

    def test_the_empty_text_is_no_bytes(self):
        assert forms.decode("") == b""

    @given(st.text(ALPHABET + "=+/ \n", max_size=12))
    def test_has_one_text_for_each_bytes(self, text):
        try:
            raw = forms.decode(text)
        except Fault:
            return
        assert forms.encode(raw) == text


class TestDigest:
    def test_is_sha_256_of_a_text_or_bytes(self):
        # RFC 6234 / FIPS 180-4: SHA-256("abc")
        assert forms.decode(forms.digest("abc")).hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        assert forms.digest("ی") == forms.digest("ی".encode())

    @given(st.binary(max_size=50))
    def test_is_read_again(self, raw):
        assert forms.read_digest(forms.digest(raw)) == forms.digest(raw)

    @given(st.text(ALPHABET, min_size=42, max_size=44))
    @example("A" * 43)
    @example("A" * 42 + "B")
    def test_is_read_only_as_32_strict_bytes(self, text):
        try:
            strict = len(forms.decode(text)) == 32
        except Fault:
            strict = False
        if strict:
            assert forms.read_digest(text) == text
        else:
            refuses(forms.read_digest, text)

    @pytest.mark.parametrize("what", [None, 5, "", "A" * 43 + "\n", "A" * 43 + "=", "A" * 64, b"A" * 43])
    def test_refuses_the_rest(self, what):
        refuses(forms.read_digest, what)


class TestMoment:
    @given(st.datetimes(timezones=st.just(dt.UTC)))
    def test_comes_back_cut_to_milliseconds(self, moment):
        text = forms.write_moment(moment)
        assert len(text) == 24
        assert forms.read_moment(text) == moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def test_is_written_in_utc_whatever_its_zone(self):
        zone = dt.timezone(dt.timedelta(hours=9))
        assert forms.write_moment(dt.datetime(2026, 1, 1, 8, 0, 0, 999999, zone)) == "2025-12-31T23:00:00.999Z"

    def test_needs_a_zone(self):
        with pytest.raises(ValueError, match="zone"):
            forms.write_moment(dt.datetime(2026, 1, 1))  # noqa: DTZ001

    def test_knows_leap_years(self):
        assert forms.read_moment("2028-02-29T00:00:00.000Z") == dt.datetime(2028, 2, 29, tzinfo=dt.UTC)

    @pytest.mark.parametrize(
        "text",
        [
            "2026-11-28T03:00:00Z",
            "2026-11-28T03:00:00.0Z",
            "2026-11-28T03:00:00.00Z",
            "2026-11-28T03:00:00.0000Z",
            "2026-11-28T03:00:00.000",
            "2026-11-28T03:00:00.000z",
            "2026-11-28t03:00:00.000Z",
            "2026-11-28T03:00:00.000+00:00",
            "2026-11-28T24:00:00.000Z",
            "2026-11-28T23:59:60.000Z",
            "2026-11-28T23:60:00.000Z",
            "2026-02-29T00:00:00.000Z",
            "2026-04-31T00:00:00.000Z",
            "2026-13-01T00:00:00.000Z",
            "2026-00-01T00:00:00.000Z",
            "2026-01-00T00:00:00.000Z",
            "0000-01-01T00:00:00.000Z",
            "2026-W48-6T00:00:00.000Z",
            "20261128T030000.000Z",
            "2026-11-28T03:00:00,000Z",
            "+026-11-28T03:00:00.000Z",
            "-001-11-28T03:00:00.000Z",
            "２026-11-28T03:00:00.000Z",
            "2026-1-28T03:00:00.000Z",
            "10000-01-01T00:00:00.000Z",
            "2026-11-28 03:00:00.000Z",
            "2026-11-28T03:00:00.000Z\n",
            " 2026-11-28T03:00:00.000Z",
            "",
            None,
            1764300000,
            dt.datetime.now(dt.UTC),
        ],
    )
    def test_is_refused_in_any_other_form(self, text):
        refuses(forms.read_moment, text)


class TestIdentifiers:
    @given(st.uuids())
    def test_a_uuid_comes_back(self, one):
        assert forms.read_uuid(str(one)) == one

    @given(st.integers(0, 2**128 - 1))
    def test_an_id_is_of_version_7_and_its_variant(self, number):
        seven = UUID(int=number & ~(0xF << 76) & ~(0b11 << 62) | 0x7 << 76 | 0b10 << 62)
        assert forms.read_id(str(seven)) == seven
        one = UUID(int=number)
        assume(str(one)[14] != "7" or str(one)[19] not in "89ab")
        refuses(forms.read_id, str(one))

    @pytest.mark.parametrize("reader", [forms.read_uuid, forms.read_id])
    @pytest.mark.parametrize(
        "text",
        [
            "0198C0DE-0000-7000-8000-000000000001",
            "0198c0de00007000800000000000000001",
            "0198c0de000070008000000000000001",
            "{0198c0de-0000-7000-8000-000000000001}",
            "urn:uuid:0198c0de-0000-7000-8000-000000000001",
            "0198c0de-0000-7000-8000-000000000001\n",
            " 0198c0de-0000-7000-8000-000000000001",
            "0198c0de-0000-7000-8000-00000000000",
            "0198c0de-0000-7000-8000-0000000000011",
            "0198c0dg-0000-7000-8000-000000000001",
            "0198c0de-00007-000-8000-000000000001",
            "0198c0d٣-0000-7000-8000-000000000001",
            "",
            None,
            7,
            uuid4(),
        ],
    )
    def test_are_refused_in_any_other_form(self, reader, text):
        refuses(reader, text)

    def test_an_id_has_the_variant_of_the_rfc(self):
        for letter in "01234567cdef":
            refuses(forms.read_id, f"0198c0de-0000-7000-{letter}000-000000000001")
        for letter in "89ab":
            forms.read_id(f"0198c0de-0000-7000-{letter}000-000000000001")
