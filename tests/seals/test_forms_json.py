"""JSON between the nodes: what is signed has one reading, so everything with two is refused."""

from __future__ import annotations

import base64
import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.seals import forms
from rahdari.seals.faults import Fault

VECTORS = Path(__file__).parents[1] / "vectors"
SUITE = [json.loads(line) for line in (VECTORS / "json_parsing_suite.jsonl").read_text().splitlines()]
# JSON all the same, but not the protocol's: fractions, exponents, signs, a name twice.
NOT_OURS = {
    f"y_{name}.json"
    for name in [
        "number",
        "number_0e+1",
        "number_0e1",
        "number_double_close_to_zero",
        "number_int_with_exp",
        "number_minus_zero",
        "number_negative_int",
        "number_negative_one",
        "number_negative_zero",
        "number_real_capital_e",
        "number_real_capital_e_neg_exp",
        "number_real_capital_e_pos_exp",
        "number_real_exponent",
        "number_real_fraction_exponent",
        "number_real_neg_exp",
        "number_real_pos_exponent",
        "number_simple_real",
        "object_duplicated_key",
        "object_duplicated_key_and_value",
        "object_extreme_numbers",
        "structure_lonely_negative_real",
    ]
}
texts = st.text(st.characters(codec="utf-8"))
values = st.recursive(
    st.none() | st.booleans() | st.integers(0, forms.LARGEST) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=25,
)


def refuses(reader, what):
    with pytest.raises(Fault) as refused:
        reader(what)
    assert refused.value.name == "malformed"
    assert refused.value.detail
    return refused.value


class TestJson:
    @pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in SUITE])
    def test_agrees_with_the_parsing_suite(self, case):
        raw = base64.b64decode(case["base64"])
        if case["expect"] == "accept" and case["name"] not in NOT_OURS:
            assert forms.read_json(raw) == json.loads(raw)
        else:
            # Whatever the suite leaves to the reader is large numbers, half surrogates, other encodings, or depth.
            refuses(forms.read_json, raw)

    def test_the_suite_is_there(self):
        assert [sum(case["expect"] == kind for case in SUITE) for kind in ("accept", "reject", "either")] == [95, 186, 35]

    @pytest.mark.parametrize("raw", [b"[" * 100_000, b'[{"":' * 50_000 + b"\n", b"[" * 500_000 + b"]" * 500_000])
    def test_refuses_the_very_deep(self, raw):
        refuses(forms.read_json, raw)

    @pytest.mark.parametrize(("opening", "closing", "times"), [(b"[", b"]", 64), (b'{"a":', b"}", 64), (b'[{"a":', b"}]", 32)])
    def test_goes_64_levels_deep(self, opening, closing, times):
        assert forms.read_json(opening * times + b"1" + closing * times) is not None
        refuses(forms.read_json, b"[" + opening * times + b"1" + closing * times + b"]")

    def test_counts_depth_and_not_breadth(self):
        wide = b"[" + b",".join([b"[[]]"] * 5000) + b"]"
        assert len(forms.read_json(wide)) == 5000
        refuses(lambda raw: forms.read_json(raw, depth=2), wide)
        assert forms.read_json(b'"' + b"[{" * 200 + b'"') == "[{" * 200

    @pytest.mark.parametrize("number", ["0", "1", "10", "9007199254740991"])
    def test_takes_integers(self, number):
        assert forms.read_json(f'{{"n":{number}}}'.encode()) == {"n": int(number)}

    @pytest.mark.parametrize(
        "number",
        [
            "-0",
            "-1",
            "-9007199254740991",
            "9007199254740992",
            "99999999999999999",
            "1.0",
            "0.0",
            "-0.0",
            "1e3",
            "1E3",
            "1e0",
            "0e0",
            "1e400",
            "1.5",
            "1e-2",
            "01",
            "+1",
            ".5",
            "5.",
            "0x10",
            "NaN",
            "Infinity",
            "-Infinity",
            "nan",
            "1_000",
            "١",
            "１",
            "0b1",
            pytest.param("9" * 5000, id="5000 digits"),
            pytest.param("1" + "0" * 100_000, id="100001 digits"),
        ],
    )
    def test_refuses_every_other_number(self, number):
        refuses(forms.read_json, number.encode())
        refuses(forms.read_json, f'{{"unknown":[{number}]}}'.encode())

    @pytest.mark.parametrize(
        "raw",
        [
            b"",
            b" ",
            b"\xef\xbb\xbf{}",
            b"\xff\xfe{\x00}\x00",
            b"{\x00}\x00",
            b'"\xff"',
            b'"\xc0\xaf"',
            b'"\xed\xa0\x80"',  # a surrogate as bytes
            b'"\xf4\x90\x80\x80"',  # beyond Unicode
            b'"\\ud800"',
            b'"\\uD800"',
            b'"\\udfff\\ud800"',
            b'"\\ud83d\\u0041"',
            b'"\\ud83d\\ud83d\\ude00"',
            b'{"\\udead":1}',
            b'[{"a":["\\uDEAD"]}]',
            b'{"a":1,"a":1}',
            b'{"a":1,"\\u0061":1}',
            b'{"x":[{"a":1,"b":2,"a":3}]}',
            b'{"":1,"":1}',
            b"{'a':1}",
            b"{a:1}",
            b'{"a":1,}',
            b"[1,]",
            b"{}{}",
            b"{} x",
            b"{}\x00",
            b"{}\x0c",
            b"\xc2\xa0{}",
            b'"a\nb"',
            b'"a\x00b"',
            b'"\\x41"',
            b'"\\u004"',
            b'"\\u+041"',
            b"TRUE",
            b"// c\n{}",
            b"{}/**/",
        ],
    )
    def test_refuses_what_is_not_the_protocols_json(self, raw):
        refuses(forms.read_json, raw)

    def test_takes_whole_surrogate_pairs_and_escaped_backslashes(self):
        assert forms.read_json(b'"\\ud83d\\ude00"') == "\U0001f600"
        assert forms.read_json(b'"\\\\ud800"') == "\\ud800"

    def test_takes_white_space_around(self):
        assert forms.read_json(b' \t\r\n{ "a" : [ true , false , null ] }   ') == {"a": [True, False, None]}

    def test_says_nothing_of_the_text(self):
        fault = refuses(forms.read_json, b'{"secret":"Amina" x}')
        assert "Amina" not in f"{fault} {fault.args} {fault.__cause__}"
        assert fault.__suppress_context__

    @given(values)
    def test_comes_back_as_written(self, value):
        raw = forms.write_json(value)
        assert forms.read_json(raw) == value
        assert json.loads(raw) == value

    @given(st.binary(max_size=60))
    def test_gives_a_value_or_a_fault_for_any_bytes(self, raw):
        try:
            value = forms.read_json(raw)
        except Fault as fault:
            assert fault.name == "malformed"
        else:
            assert forms.read_json(forms.write_json(value)) == value

    def test_is_written_compactly_with_its_own_letters(self):
        assert forms.write_json({"b": ["راہ", True, None], "a": (1, 2)}) == '{"b":["راہ",true,null],"a":[1,2]}'.encode()

    @pytest.mark.parametrize(
        "value",
        [
            1.0,
            float("nan"),
            -1,
            2**53,
            {"a": [0.5]},
            {1: 2},
            {None: 1},
            {"a": b"x"},
            {"a": dt.date(2026, 1, 1)},
            {"a": "\ud800"},
            {1, 2},
        ],
    )
    def test_is_not_written_where_it_would_not_be_read(self, value):
        refuses(forms.write_json, value)

    def test_is_not_written_deeper_than_it_is_read(self):
        value: list = []
        for _ in range(63):
            value = [value]
        assert forms.read_json(forms.write_json(value)) == value
        refuses(forms.write_json, [value])
