from __future__ import annotations

import csv
import json

import pytest
from typer.testing import CliRunner

from rahdari.project.cli.names import app

runner = CliRunner()


def written(path):
    return list(csv.DictReader(path.open(encoding="utf-8")))


def test_score(tmp_path):
    (tmp_path / "pairs.csv").write_text(
        "id,left,right,kind\na,Tufail Lakhani,طفیل لاکھانی,person\nb,Tufail Lakhani,細川藤孝,person\n", encoding="utf-8"
    )
    result = runner.invoke(app, ["score", str(tmp_path / "pairs.csv"), str(tmp_path / "scores.csv")])
    assert result.exit_code == 0
    rows = written(tmp_path / "scores.csv")
    assert [row["id"] for row in rows] == ["a", "b"]
    assert float(rows[0]["score"]) > 0.8 > 0.1 > float(rows[1]["score"])


def test_search(tmp_path):
    (tmp_path / "register.csv").write_text(
        "id,kind,name,aliases\nE1,person,Tufail Lakhani,طفیل لاکھانی\nE2,organisation,Koh Noor Travels,\n", encoding="utf-8"
    )
    (tmp_path / "queries.csv").write_text(
        "id,kind,name\nQ1,person,トゥファイル・ラカニ\nQ2,organisation,کوہ نور ٹریول\n", encoding="utf-8"
    )
    result = runner.invoke(app, ["search", *(str(tmp_path / name) for name in ("register.csv", "queries.csv", "out.csv"))])
    assert result.exit_code == 0
    assert [(row["query_id"], row["rank"], row["entity_id"]) for row in written(tmp_path / "out.csv")] == [
        ("Q1", "1", "E1"),
        ("Q2", "1", "E2"),
    ]
    assert "2 entries" in result.output


def test_explain():
    result = runner.invoke(app, ["explain", "Tufail Lakhani", "طفیل بروہی"])
    told = json.loads(result.output)
    assert told["score"] < 0.2
    assert told["reasons"][0]["code"] == "other_part"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    result = runner.invoke(app, ["score", str(tmp_path / "none.csv"), str(tmp_path / "scores.csv")])
    assert result.exit_code == 2


def test_a_missing_column_is_refused(tmp_path):
    (tmp_path / "pairs.csv").write_text("id,left\na,b\n", encoding="utf-8")
    result = runner.invoke(app, ["score", str(tmp_path / "pairs.csv"), str(tmp_path / "scores.csv")])
    assert result.exit_code == 2
    assert "right" in result.output


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"id,left,right\na,\xff\xfe,b\n", "not text in UTF-8"),
        (b"id,left\na,b\n", "no column right"),
        (b"id,left,right\na,b\n", "line 2: too few columns"),
        (b"id,left,right,kind\na,b,c,ship\n", "line 2: no kind 'ship'"),
    ],
)
def test_refuses_bad_tables_and_writes_nothing(tmp_path, content, told):
    (tmp_path / "pairs.csv").write_bytes(content)
    result = runner.invoke(app, ["score", str(tmp_path / "pairs.csv"), str(tmp_path / "scores.csv")])
    assert result.exit_code == 2
    assert told in result.output
    assert not (tmp_path / "scores.csv").exists()
