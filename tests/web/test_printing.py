"""A form is printed as PDF/A-3 with its data inside: the same each time, nothing of it run, every letter set or marked."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.web.printing import Attached, Document, Line, Part
from rahdari.web.printing.pdf import NO_LETTER, pdf_of, pictures_of, printable
from tests.make.printed import parts_of

URDU, JAPANESE = "ملازمت کی شرائط", "雇用条件書"


def document(*lines, **told):
    given = {"number": "1-6", "title": JAPANESE, "language": "ja", "made_on": dt.date(2026, 11, 28), "second_language": "ur"}
    return Document(**(given | {"second_title": URDU, "missing": "(未入力)", "parts": [Part("Ⅰ", lines, "مدت")]} | told))


class TestPdf:
    def test_is_pdf_a_3_in_the_language_of_the_office(self):
        pdf = pdf_of(document(Line("1", "氏名", "ALI KHAN (INVENTED)", "نام")))
        told = b"".join(parts_of(pdf))
        assert pdf.startswith(b"%PDF-1.7")
        assert b"<pdfaid:part>3" in told + pdf
        assert b"<pdfaid:conformance>A" in told + pdf

    def test_carries_its_data(self):
        data = '{"name":"محمد علی","form":"JP_1_6"}'
        pdf = pdf_of(document(attached=[Attached("form.json", "application/json", data, "the data")]))
        assert data.encode() in list(parts_of(pdf))
        assert b"form.json" in pdf

    def test_is_the_same_bytes_for_the_same_document(self):
        one = document(Line("1", "氏名", "ALI", "نام", "علی"), Line("2", "署名", fill="hand"))
        assert pdf_of(one) == pdf_of(one)
        assert pdf_of(one) != pdf_of(document(Line("1", "氏名", "ALIA", "نام", "علی"), Line("2", "署名", fill="hand")))

    @pytest.mark.parametrize(
        "text", ["#panic()", "*x* _y_ $z$", '"}]#read("/etc/passwd")', "\\u{0}", "= head", "//", "`raw`", "@ref", "<x>"]
    )
    def test_reads_no_text_as_markup(self, text):
        assert pdf_of(document(Line(text, text, text, text, text), title=text, notes=[text], marking=text)).startswith(b"%PDF")

    def test_prints_letters_it_does_not_have_as_a_mark(self):
        assert printable("नम 🎉") == f"{NO_LETTER * 2} {NO_LETTER}"
        assert pdf_of(document(Line("1", "氏名", "नमस्ते 🎉 한국 \ufffd\x00", "नम"))).startswith(b"%PDF")

    @pytest.mark.parametrize(("given", "printed"), [
        ("ﾊﾞﾝｸ", "ﾊﾞﾝｸ"), ("髙﨑 𠮷 𩸽", f"髙﨑 𠮷 {NO_LETTER}"), ("علی\u202eXOF", "علیXOF"), ("a\u00a0b\tc", "a\u00a0b c"), ("e\u0301", "é"), ("ﬁ", "fi"),
    ])  # fmt: skip
    def test_cleans_a_text(self, given, printed):
        assert printable(given) == printed

    def test_draws_a_page_in_both_languages(self):
        plain, filled = pictures_of(document(), 40), pictures_of(document(Line("1", "氏名", "علی", "نام")), 40)
        assert len(plain) == len(filled) == 1
        assert plain[0].startswith(b"\x89PNG")
        assert plain != filled
