"""A step as a form and as an operation: one shape, the same members, every fault beside what it is about."""

from __future__ import annotations

import base64
import datetime as dt
from typing import Annotated, Literal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from rahdari.base.facts import Amount, Day, Facts, Fault, Moment, WrongFacts, code_of, read_facts
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refusal
from rahdari.web.step_forms import PaperFacts, ScanFacts, StepForm
from rahdari.web.steps import Step

BOOK = shipped_book()
PDF = b"%PDF-1.4 invented"


class Line(Facts):
    """A line of the shape."""

    code: Annotated[str, code_of("fees_pk", "item")]
    amount: Amount
    sure: bool = False


class Asked(Facts):
    """A shape with one member of each kind."""

    name: str
    on: Day | None = None
    begins: Moment | None = None
    number: Amount | None = None
    kind: Literal["pass", "fail"] | None = None
    field: Annotated[str, code_of("fields")] | None = None
    lines: list[Line] = []
    notes: list[str] = []
    sure: bool = False
    paper: PaperFacts | None = None


def form(typed, files=None, **more):
    made = StepForm(Asked, "exams", typed, files, **more)
    made.is_valid()
    return made


@pytest.mark.django_db
class TestAForm:
    def test_says_what_a_program_would_send(self):
        typed = {
            "name": "x", "on": "۲۰۲۶/۱۲/۰۱", "begins": "2026-12-01T09:30", "number": "1,500 000", "kind": "pass",
            "field": "NURSING_CARE", "lines.0.code": "REGISTRATION", "lines.0.amount": "500", "lines.0.sure": "on",
            "lines.3.code": "STATE_LIFE", "lines.3.amount": "２５００", "notes": "one\n\n two ", "sure": "on",
        }  # fmt: skip
        given = form(typed).given()
        assert given == {
            "name": "x", "on": "2026-12-01", "begins": "2026-12-01T09:30:00+05:00", "number": 1_500_000, "kind": "pass",
            "field": "NURSING_CARE", "notes": ["one", "two"], "sure": True,
            "lines": [
                {"code": "REGISTRATION", "amount": 500, "sure": True},
                {"code": "STATE_LIFE", "amount": 2500, "sure": False},
            ],
        }  # fmt: skip
        assert read_facts(Asked, given, BOOK).on == dt.date(2026, 12, 1)

    def test_leaves_out_what_was_left_empty(self):
        assert form({"name": "x"}).given() == {"name": "x", "sure": False}

    def test_takes_a_file_as_its_name_and_its_bytes(self):
        scan = SimpleUploadedFile("letter.pdf", PDF)
        given = form({"name": "x", "paper.issuer": "ISA"}, {"paper.scan": scan}).given()
        paper = read_facts(Asked, given, BOOK).paper
        assert (paper.issuer, paper.scan.name, paper.scan.content) == ("ISA", "letter.pdf", PDF)

    def test_keeps_what_cannot_be_read_for_the_shape_to_refuse(self):
        given = form({"name": "x", "on": "yesterday", "number": "many"}).given()
        with pytest.raises(WrongFacts) as wrong:
            read_facts(Asked, given, BOOK)
        assert {fault.path for fault in wrong.value.faults} == {"/on", "/number"}

    def test_puts_faults_and_refusals_beside_what_they_are_about(self):
        shown = form({"name": "x"})
        shown.show_faults([Fault("/lines/0/amount", "not_a_number"), Fault("/paper", "not_an_object")])
        shown.show(
            [Refusal("scan_missing", member="paper.scan"), Refusal("wrong_state"), Refusal("date_missing", member="lines")]
        )
        assert set(shown.errors) >= {"lines.0.amount", "paper.scan", "__all__", "lines.0.code"}

    def test_asks_for_what_is_needed_and_for_no_more_than_the_page_allows(self):
        assert "name" in form({}).errors
        shown = form({"name": "x"}, leave_out=("paper", "on"), hidden=("kind",), codes={"name": {"x": "The letter x"}})
        assert not {"on", "paper.scan"} & set(shown.fields)
        assert "kind" in {one.name for one in shown.hidden_fields()}
        assert ("x", "The letter x") in shown.fields["name"].choices
        assert "name" in form({"name": "y"}, codes={"name": {"x": "The letter x"}}).errors

    def test_begins_with_what_is_known(self):
        known = {"name": "x", "on": dt.date(2026, 12, 1), "lines": [{"code": "REGISTRATION", "amount": 500}], "rows": [1, 2]}
        shown = form(None, initial=known)
        assert shown["lines.0.amount"].value() == 500
        assert shown["on"].value() == "2026-12-01"
        assert "lines.1.code" in shown.fields
        assert "lines.2.code" not in shown.fields

    def test_every_field_has_words(self):
        class Known(Facts):
            """Members the packages have words for."""

            certificate_no: str = ""
            paper: PaperFacts | None = None

        shown = StepForm(Known, "exams")
        assert all(
            str(field.label) not in (name, name.rpartition(".")[2]) for name, field in shown.fields.items() if name != "seen"
        )


class TestScan:
    @pytest.mark.parametrize("value", ["???", "a", "YQ=", "é"])
    def test_refuses_what_is_no_base64(self, value):
        with pytest.raises(WrongFacts) as wrong:
            read_facts(ScanFacts, {"base64": value}, BOOK)
        assert [fault.code for fault in wrong.value.faults] == ["not_base64"]

    @given(st.binary(max_size=9000))
    def test_gives_back_the_bytes_it_was_given(self, content):
        told = {"base64": base64.b64encode(content).decode()}
        assert read_facts(ScanFacts, told, BOOK).content == content


@pytest.mark.django_db
def test_a_step_hands_on_only_what_was_said():
    step = Step("exams", "step", Asked, lambda **_: None, lambda actor: {}, "Done.", "web.worklist")
    assert step.members({"name": "x", "on": None}) == {"name": "x", "on": None}


class Told(Facts):
    """A shape with a short and a long text."""

    short: Annotated[str, Field(max_length=200)]
    long: Annotated[str, Field(max_length=2000)] = ""
    longer: Annotated[str, Field(max_length=4000)] = ""


def test_a_long_text_is_asked_for_in_several_lines():
    made = StepForm(Told, "exams")
    assert [type(made.fields[name].widget).__name__ for name in ("short", "long")] == ["TextInput", "Textarea"]


@pytest.mark.parametrize(("letters", "fits"), [(4000, True), (4001, False)])
def test_a_long_text_may_be_typed_as_long_as_its_shape_allows(letters, fits):
    made = StepForm(Told, "exams", {"short": "x", "longer": "x" * letters})
    assert made.is_valid() == fits
    if fits:
        assert len(read_facts(Told, made.given(), BOOK).longer) == letters


class Times(Facts):
    """A shape with several moments."""

    times: Annotated[list[Moment], Field(max_length=3)] = []


def test_several_moments_have_a_field_each_and_are_read_by_the_clock_of_the_node():
    typed = {"times_0": "2026-12-08T10:00", "times_1": "", "times_2": "۲۰۲۶-۱۲-۰۹T۱۱:۳۰"}
    made = StepForm(Times, "exams", typed)
    assert made.is_valid()
    assert made.given() == {"times": ["2026-12-08T10:00:00+05:00", "2026-12-09T11:30:00+05:00"]}
    shown = str(made["times"])
    assert shown.count('type="datetime-local"') == 3 and 'value="2026-12-08T10:00"' in shown
    empty = StepForm(Times, "exams", {})
    assert empty.is_valid() and empty.given() == {}
