"""Files that people hand in: sniffed, limited, kept once."""

from __future__ import annotations

import io

import pytest

from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.files import SIGNS, kind_of, place_of, take_in
from rahdari.base.models import StoredFile
from rahdari.base.refusal import Refused
from rahdari.base.work import unit_of_work

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + b"x" * 200_000


def taken(content, name="letter.pdf", **limits):
    with unit_of_work("things.take", actor=machine("pk", "command"), at=now()) as unit:
        row = take_in(unit, io.BytesIO(content), name=name, **limits)
        unit.about(row)
    return row


def left_over():
    return [path for path in place_of("00" * 32).parent.parent.glob("unfinished-*")]


class TestTakeIn:
    def test_keeps_the_bytes_under_their_hash(self):
        row = taken(PDF)
        assert place_of(row.hash).read_bytes() == PDF
        assert (row.kind, row.size, row.name) == ("application/pdf", len(PDF), "letter.pdf")

    @pytest.mark.parametrize("content", [b"<html><script>", b"MZ\x90", b"PK\x03\x04", b"\x00" * 9, "متن".encode()])
    def test_refuses_a_kind_it_does_not_know_whatever_the_name_says(self, content):
        with pytest.raises(Refused) as refused:
            taken(content)
        assert refused.value.refusals[0].code == "file_kind_unknown"
        assert not StoredFile.objects.exists()

    def test_refuses_an_empty_file(self):
        with pytest.raises(Refused) as refused:
            taken(b"")
        assert refused.value.refusals[0].code == "file_empty"

    def test_refuses_a_large_file_and_leaves_nothing_behind(self):
        with pytest.raises(Refused) as refused:
            taken(PDF, limit=100_000)
        assert refused.value.refusals[0].code == "file_too_large"
        assert left_over() == []

    @pytest.mark.parametrize(
        ("name", "shown"),
        [("../../etc/passwd", "passwd"), ("C:\\x\\y.pdf", "y.pdf"), ("\u202egpj.exe\x00", "gpj.exe"), ("", "file")],
    )
    def test_shows_a_bare_name(self, name, shown):
        assert taken(PDF, name=name).name == shown

    def test_keeps_equal_bytes_once(self):
        assert taken(PDF).hash == taken(PDF).hash


@pytest.mark.parametrize(("kind", "sign"), SIGNS.items())
def test_a_kind_is_told_by_its_first_bytes(kind, sign):
    assert kind_of(sign + b"rest") == kind
    assert kind_of(b" " + sign) == ""
