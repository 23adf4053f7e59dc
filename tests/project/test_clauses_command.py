"""`rahdari contracts check-clauses FILE`: lines in, lines out, and nothing half done."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from rahdari.project.cli.clauses import check_clauses

app = typer.Typer()
app.command()(check_clauses)
runner = CliRunner()
LINES = [
    {"id": "a", "lang": "en", "text": "Welcome. The Employer shall keep the passport."},
    {"id": 2, "lang": "ja-JP", "text": "会社は旅券を保管しない。"},
    {"id": "ج", "lang": "ur", "text": "𝒳 جرمانہ ہوگا۔", "more": None},
]


def written(*lines):
    return "\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in lines)


def test_prints_a_line_a_text_with_places_in_the_text_as_given(tmp_path):
    file = tmp_path / "texts.jsonl"
    file.write_text("\ufeff" + written(*LINES) + "\n\n", encoding="utf-8")
    result = runner.invoke(app, [str(file)])
    assert result.exit_code == 0
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["id"] for one in told] == ["a", 2, "ج"]
    assert [[(f["code"], LINES[n]["text"][slice(*f["span"])]) for f in one["findings"]] for n, one in enumerate(told)] == [
        [("passport_keeping", "keep the passport")],
        [],
        [("penalty", "جرمانہ")],
    ]
    assert set(told[0]) == {"id", "findings"}
    assert set(told[0]["findings"][0]) == {"code", "span"}
    assert runner.invoke(app, ["-"], input=file.read_bytes()).stdout == result.stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nope", "no JSON"),
        ("[]", "no object"),
        ('{"id":"b","lang":"en"}', "without text"),
        ('{"id":"b","lang":"fr","text":"x"}', "the language"),
        ('{"id":null,"lang":"en","text":"x"}', "the id"),
        ('{"id":"b","lang":"en","text":["x"]}', "no text"),
        ('{"id":"b","id":"c","lang":"en","text":"x"}', "no JSON"),
        ('{"id":"b","lang":"en","text":"\\ud800"}', "no JSON"),
    ],
)
def test_names_every_wrong_line_and_prints_nothing(line, said):
    result = runner.invoke(app, ["-"], input=written(LINES[0], line, LINES[1], line))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert [one.split(": ")[0] for one in result.stderr.splitlines()][:2] == ["line 2", "line 4"]
    assert said in result.stderr


def test_refuses_an_id_twice_and_a_file_that_is_not_there(tmp_path):
    twice = runner.invoke(app, ["-"], input=written(LINES[0], LINES[0]))
    assert (twice.exit_code, twice.stdout) == (2, "")
    assert "twice" in twice.stderr
    absent = runner.invoke(app, [str(tmp_path / "none.jsonl")])
    assert absent.exit_code == 2
    assert "No such file" in absent.stderr
