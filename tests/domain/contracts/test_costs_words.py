"""What must hold for any lines of costs, and that every code has its words in three languages."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.contracts.cost_lines import BOOK, check, codes, found, service

HOUSE = Path(__file__).resolve().parents[3]
ROOM = HOUSE / "rahdari/domain/contracts"
CODED = BOOK.codes("fees_pk", "item") | BOOK.codes("fee_categories") | BOOK.codes("support_items")
ITEMS = [*sorted(CODED), "free text", "保証金"]
LINES = st.fixed_dictionaries(
    {},
    optional={
        "item": st.sampled_from(ITEMS),
        "amount": st.none() | st.integers(0, 40000),
        "currency": st.sampled_from(["PKR", "JPY"]),
        "payer": st.sampled_from(["worker", "family", "employer", "promoter", "guarantor"]),
        "payee": st.sampled_from(["government", "promoter", "unlicensed_person", "employer_staff", "oec", "airline", "landlord"]),
        "channel": st.sampled_from(["bank", "digital", "cash"]),
        "paid_on": st.dates(dt.date(2018, 1, 1), dt.date(2027, 1, 1)).map(dt.date.isoformat),
        "country": st.sampled_from(["PK", "JP"]),
        **{
            name: st.sampled_from([True, False, None])
            for name in ("basis_shown", "understood", "refundable", "due_on_breach", "held_property", "deducted_from_wage")
        },
    },
)
ROUTES = st.sampled_from(["oep", "oec", "direct", None])


class TestAnyLines:
    @settings(max_examples=150, deadline=None)
    @given(st.lists(LINES, max_size=6), ROUTES)
    def test_every_finding_has_its_reason_and_its_line(self, lines: list[dict[str, Any]], route: str | None) -> None:
        answer = check(*lines, route=route)
        assert len(answer.answer["lines"]) == len(lines)
        reasons = {(one.about.get("line"), one.code) for one in answer.reasons}
        for number, code, norm in found(answer):
            assert (number, code) in reasons
            assert 0 <= number < len(lines)
            assert norm in ("PK", "MOC", "ILO", "JP")
        assert len(set(found(answer))) == len(found(answer))
        assert {one.code for one in answer.reasons} <= REASON_CODES

    @settings(max_examples=150, deadline=None)
    @given(st.lists(LINES, max_size=6), ROUTES)
    def test_the_employer_paying_everything_leaves_nothing_for_the_ilo_to_find(self, lines: list[Any], route: str | None) -> None:
        paid = [{**one, "payer": "employer", "deducted_from_wage": False} for one in lines]
        assert "ilo_worker_paid" not in [code for _, code, _ in found(check(*paid, route=route))]

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.integers(0, 9000), min_size=1, max_size=6), st.randoms())
    def test_splitting_or_shuffling_a_charge_changes_no_verdict(self, amounts: list[int], chance: Any) -> None:
        whole = codes(check(service(sum(amounts)), route="oep"), "PK")
        chance.shuffle(amounts)
        assert codes(check(*(service(amount) for amount in amounts), route="oep"), "PK") == whole
        assert (whole == ["over_pk_ceiling"]) == (sum(amounts) > 15000)

    @settings(max_examples=100, deadline=None)
    @given(st.lists(LINES, max_size=6))
    def test_nothing_is_judged_lawful_or_unlawful_on_the_corporations_route(self, lines: list[dict[str, Any]]) -> None:
        answer = check(*lines, route="oec")
        assert not {"over_pk_ceiling", "charge_not_on_route"} & {code for _, code, _ in found(answer)}
        assert [code for _, code, _ in found(answer, norm="PK") if code == "wrong_amount"] == []


def _words(name: str) -> dict[str, str]:
    """The English of a table in wording/costs.py, read without starting Django."""
    for node in ast.parse((ROOM / "wording" / "costs.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == name:
            assert isinstance(node.value, ast.Dict)
            pairs = zip(node.value.keys, node.value.values, strict=True)
            return {ast.literal_eval(key): ast.literal_eval(value.args[0]) for key, value in pairs if key}  # type: ignore[attr-defined]
    raise AssertionError(name)


def _emitted() -> tuple[set[str], set[str]]:
    """Every reason and fault code the rules can give, read from their source."""
    reasons, faults = set(BOOK.codes("fee_rules", "moc_category")) - {""}, set()
    for path in (ROOM / "rules").glob("costs*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if call.func.id in ("point", "Reason", "_criterion"):  # type: ignore[attr-defined]
                reasons |= set(texts[:1])
            if call.func.id == "own_fault":  # type: ignore[attr-defined]
                faults |= set(texts[:1])
        for back in (node.value for node in ast.walk(tree) if isinstance(node, ast.Return)):
            for text in ast.walk(back) if back else ():
                if (
                    isinstance(text, ast.Constant)
                    and isinstance(text.value, str)
                    and re.fullmatch(r"[a-z]+(_[a-z]+)+", text.value)
                ):
                    reasons.add(text.value)
    return reasons - set(BOOK.tables) - {"ilo_category"}, faults


REASON_CODES = _emitted()[0]


class TestWording:
    def test_every_reason_and_fault_has_words_and_no_words_lie_idle(self) -> None:
        reasons, faults = _emitted()
        assert set(_words("REASONS")) == reasons
        assert set(_words("FAULTS")) == faults

    @settings(max_examples=150, deadline=None)
    @given(st.lists(LINES, max_size=6), ROUTES)
    def test_every_placeholder_is_filled(self, lines: list[dict[str, Any]], route: str | None) -> None:
        words = _words("REASONS")
        for one in check(*lines, route=route).reasons:
            assert "%(" not in words[one.code] % one.about

    @pytest.mark.parametrize("language", ["ur", "ja"])
    def test_every_sentence_is_translated_with_its_placeholders(self, language: str) -> None:
        with (HOUSE / "locale" / language / "contracts.po").open("rb") as file:
            catalog = read_po(file, locale=language)
        names = re.compile(r"%\((\w+)\)s")
        for text in [*_words("REASONS").values(), *_words("FAULTS").values()]:
            message = catalog.get(text)
            assert message is not None, text
            words = str(message.string)
            assert words, text
            assert set(names.findall(words)) == set(names.findall(text))
            if language == "ur":
                assert not re.search("[\u064a\u0643\u0647\u0629\u0649]", words), words
                assert words.endswith("۔")
            else:
                assert words.endswith("。")
        assert len([message for message in catalog if message.id]) == len(
            {*_words("REASONS").values(), *_words("FAULTS").values()}
        )


class TestWords:
    def test_every_word_leads_to_a_rule(self) -> None:
        assert BOOK.codes("cost_words", "rule") <= BOOK.codes("fee_rules")
        assert BOOK.codes("cost_words", "source") <= BOOK.codes("sources", "tag")
