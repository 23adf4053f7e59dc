"""`rahdari organisations import FILE`: the same as the page, for the officer of a token; what is too large is not read."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from rahdari.base.clock import now
from rahdari.domain.accounts.actions import make_token
from rahdari.domain.organisations.models import Organisation, RegisterImport
from rahdari.project.cli.app import app
from tests.make import organisations as make
from tests.make import registers
from tests.make.people import actor, bodies

pytestmark = pytest.mark.django_db
SCOPES = ["organisations.draft_import", "organisations.submit_import"]


def run(*words):
    return CliRunner().invoke(app, ["organisations", "import", *map(str, words)])


@pytest.fixture
def token():
    told = {"name": "imports", "scopes": SCOPES, "expires_at": now().replace(year=now().year + 1)}
    return make_token(actor=make.officer(), **told, at=now())[1]


@pytest.fixture
def file(tmp_path):
    def written(rows=None, content=None):
        path = tmp_path / "register.csv"
        path.write_bytes(registers.csv_of(registers.good() if rows is None else rows) if content is None else content)
        return path

    return written


class TestImport:
    def test_hands_a_good_register_to_a_second_officer(self, file, token):
        done = run(file(), "--as", token)
        assert done.exit_code == 0, done.output
        row = RegisterImport.objects.get()
        assert row.state == "waiting" and "3 new" in done.output and str(row.pk) in done.output
        assert not Organisation.objects.exists()

    def test_a_dry_run_keeps_nothing(self, file, token, tmp_path):
        rows = registers.good()
        rows[1][1], rows[1][3] = "12", "-Sitara"
        report = tmp_path / "report.csv"
        done = run(file(rows), "--as", token, "--dry-run", "--report", report)
        assert (done.exit_code, RegisterImport.objects.count()) == (1, 0)
        assert "Nothing was kept" in done.output and "no licence number of this kind: 12" in done.output
        told = report.read_text(encoding="utf-8-sig")
        assert "The cell begins like a formula" in told and "-Sitara" not in told
        assert run(file(), "--as", token, "--dry-run").exit_code == 0

    def test_wrong_rows_stop_it_unless_they_are_left_out(self, file, token):
        rows = registers.good()
        rows[1][1] = "12"
        done = run(file(rows), "--as", token)
        assert (done.exit_code, RegisterImport.objects.get().state) == (1, "drafted")
        assert "Wrong rows: 1" in done.output
        assert run(file(rows), "--as", token, "--leave-out").exit_code == 0

    def test_a_file_that_is_no_register_is_refused(self, file, token):
        done = run(file(content=b"%PDF-1.7"), "--as", token)
        assert (done.exit_code, RegisterImport.objects.count()) == (1, 0)
        assert "no table" in done.output

    def test_two_hundred_megabytes_are_not_read(self, tmp_path, token, monkeypatch):
        path = tmp_path / "large.csv"
        with path.open("wb") as large:
            large.truncate(200 * 1024 * 1024)
        monkeypatch.setattr(type(path), "open", None)
        done = run(path, "--as", token)
        assert done.exit_code == 1 and "at most 10 MB" in done.output

    def test_a_file_that_is_not_there(self, tmp_path, token):
        assert run(tmp_path / "none.csv", "--as", token).exit_code == 2

    def test_an_unknown_token_opens_nothing(self, file):
        assert run(file(), "--as", "x" * 40).exit_code == 2

    def test_another_office_may_not(self, file):
        bodies("pk")
        told = {"name": "imports", "scopes": ["jobs.see_demands"], "expires_at": now().replace(year=now().year + 1)}
        secret = make_token(actor=actor("protector"), **told, at=now())[1]
        done = run(file(), "--as", secret)
        assert done.exit_code == 1 and not RegisterImport.objects.exists()
