"""The published text of the protocol against the code: names, statuses, limits, members, addresses, types, alarms, commands, links."""

from __future__ import annotations

import ast
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from rahdari.domain.exchange.actions.problems import STATUS
from rahdari.domain.exchange.api import speaking, witness
from rahdari.domain.exchange.rules import limits
from rahdari.domain.exchange.urls import wire_patterns
from rahdari.domain.exchange.wording import CODES
from rahdari.project.mailroom import MAILROOM
from rahdari.seals import jwe
from rahdari.seals.faults import FINAL, NAMES
from rahdari.seals.keys import ROLES
from rahdari.seals.tokens import LEVELS, OFFICE_TYPES, PAD

PROJECT = Path(__file__).resolve().parent.parent.parent
DOCS = PROJECT / "docs"
FIRST = DOCS / "protocol.md"
PAGES = [FIRST, *sorted((DOCS / "protocol").glob("*.md")), DOCS / "api" / "exchange" / "README.md"]
EXAMPLES = json.loads((DOCS / "protocol" / "examples.json").read_text(encoding="utf-8"))["values"]


def text(name):
    return (DOCS / name).read_text(encoding="utf-8")


PROTOCOL, FORMS, JOURNAL = text("protocol.md"), text("protocol/forms.md"), text("protocol/journal.md")


def section(page, heading):
    """What stands under a heading, up to the next of the same depth or a higher one."""
    depth = len(heading.split(" ")[0])
    rest = page.split(f"\n{heading}", 1)[1]
    return re.split(rf"\n#{{1,{depth}}} ", rest, maxsplit=1)[0]


def rows(part):
    """The cells of every row of every table, without heads and lines."""
    lines = [line for line in part.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [row for row in cells if not set("".join(row)) <= set("-")]


def names_in(cell):
    return re.findall(r"`([a-z_0-9]+)`", cell)


class TestProblems:
    @pytest.mark.parametrize("name", sorted(STATUS))
    def test_each_stands_in_a_table_with_its_status(self, name):
        told = [row for row in rows(PROTOCOL) if f"`{name}`" in row and str(STATUS[name]) in row]
        assert told, f"{name} with {STATUS[name]} is in no table of docs/protocol.md"

    def test_those_of_a_token_are_final_in_the_text_where_they_are_in_the_code(self):
        table = [row for row in rows(section(PROTOCOL, "### 3.4")) if row[0].isdigit() and names_in(row[1])]
        final = {names_in(row[1])[0] for row in table if row[4] == "yes"}
        assert final == FINAL
        assert {names_in(row[1])[0] for row in table if row[4] == "no"} == {
            "wrong_sender",
            "time",
            "fork",
            "chain",
            "stopped",
            "gap",
        }
        assert [int(row[0]) for row in table] == sorted(int(row[0]) for row in table)

    def test_those_inside_are_the_codes_outcomes_bear(self):
        told = {name for row in rows(section(PROTOCOL, "### 3.6")) if row[0].isdigit() for name in names_in(row[1])}
        assert told <= NAMES
        said = set()
        for path in (PROJECT / "rahdari" / "domain" / "exchange").rglob("*.py"):
            calls = [one for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(one, ast.Call)]
            named = [one for one in calls if isinstance(one.func, ast.Name) and one.func.id == "Cause" and one.args]
            said |= {one.args[0].value for one in named if isinstance(one.args[0], ast.Constant)}
        assert {"schema", "rule", "type_unknown", "blob_missing", "blob_mismatch"} <= said <= told
        assert told - said == {
            *("cannot_open", "malformed", "key_unknown", "signature", "key_out_of_validity"),
            *("time", "mismatch", "id_reused"),
        }


def days(delta):
    return f"{delta.days} days"


class TestNumbers:
    @pytest.mark.parametrize("name", limits.LIMITS)
    def test_limits_are_those_of_the_node_document(self, name):
        assert [row for row in rows(section(FORMS, "## 0.7")) if row[1] == f"`{name}`" and row[2] == f"{limits.LIMITS[name]:,}"]

    @pytest.mark.parametrize(
        "page,words",
        [
            (PROTOCOL, f"more than {limits.WAITING_AT_MOST:,} statements"),
            (PROTOCOL, f"now + {limits.AHEAD.seconds // 60} minutes"),
            (PROTOCOL, f"≤ {limits.REQUEST_WINDOW} s"),
            (PROTOCOL, f"not used within {int(limits.REQUEST_MEMORY.total_seconds())} s"),
            (PROTOCOL, f"lives at most {days(limits.SEALING_LIFETIME)}"),
            (PROTOCOL, f"`at` + {days(limits.RETIRED_ACCEPTED)}"),
            (PROTOCOL, f"at most {days(limits.LATE_AFTER_EXPIRY)} after its key's `exp`"),
            (PROTOCOL, f"waits {days(limits.BLOBS_WAITED_FOR)} for its blobs"),
            (PROTOCOL, f"go after {int(limits.UNNAMED_BLOBS_KEPT.total_seconds() // 3600)} hours"),
            (PROTOCOL, f"No outcome within {days(limits.OUTCOME_EXPECTED)}"),
            (PROTOCOL, f"here {limits.BLOBS_AT_MOST // 2**30} GiB a partner"),
            (PROTOCOL, f"more than {speaking.DRAINED // 2**20} MiB above the limit"),
            (PROTOCOL, f"at most {speaking.LONGEST_HEADER // 1024} KiB"),
            (PROTOCOL, f"more than {speaking.PIECE // 1024} KiB of the body"),
            (PROTOCOL, f"from {int(limits.FIRST_WAIT)} s to {int(limits.LONGEST_WAIT // 60)} min"),
            (PROTOCOL, f"a multiple of {PAD:,} bytes"),
            (JOURNAL, f"at least every {limits.CHECKPOINT_EVERY.seconds // 60} minutes"),
            (JOURNAL, f"within {limits.INCLUSION_CHECKED // timedelta(hours=1)} hours"),
            (JOURNAL, f"at most {witness.LARGEST // 1024} KiB"),
        ],
        ids=lambda value: value if len(value) < 80 else "",
    )
    def test_stand_in_the_text(self, page, words):
        assert words in page


# Heading of the table, the example that shows the token, what of its payload the table tells.
TABLES = [
    (PROTOCOL, "### 1.2", "keys token xa", lambda payload: payload),
    (PROTOCOL, "### 1.3", "node document", lambda payload: payload),
    (PROTOCOL, "### 2.1", "statement 1", lambda payload: payload),
    (PROTOCOL, "### 2.3", "envelope 1", lambda payload: payload),
    (PROTOCOL, "### 3.1", "request", lambda payload: payload),
    (PROTOCOL, "### 3.5", "refusal", lambda payload: payload),
    (PROTOCOL, "### 3.6", "receipt 1", lambda payload: payload),
    (PROTOCOL, "### 3.7", "outcome", lambda payload: payload["data"]),
    (PROTOCOL, "## 5.", "stub", lambda payload: payload),
]


class TestTokens:
    @pytest.mark.parametrize("page,heading,example,of", TABLES, ids=[one[2] for one in TABLES])
    def test_have_the_members_the_text_says(self, page, heading, example, of):
        part = section(page, heading)
        table = part[part.index("| member | form |") :].split("\n\n")[0]
        told = {name for row in rows(table) for name in names_in(row[0])}
        assert told - {"repeated"} == set(of(EXAMPLES[example]["payload"]))

    def test_have_the_types_the_text_says(self):
        told = dict(re.findall(r"^\| `(rahdari-[a-z]+\+j[a-z]+)` \| [a-z ]+ \| ([a-z]+)", FORMS, re.MULTILINE))
        used = {(one["typ"], one["signed_by"].split(" ")[1]) for one in EXAMPLES.values() if "typ" in one}
        assert {typ for typ, _ in used} == set(told)
        assert used - {("rahdari-statement+json", "office")} == set(told.items())

    def test_are_sealed_as_the_text_says(self):
        assert f"`{jwe.ALG}`, `{jwe.ENC}`" in FORMS
        assert set(json.loads(EXAMPLES["seal 1"]["header"])) == {
            name for row in rows(section(FORMS, "## 0.6"))[1:6] for name in names_in(row[0])
        }

    def test_are_of_the_roles_levels_and_acts_the_text_says(self):
        assert [names_in(row[0])[0] for row in rows(section(PROTOCOL, "### 1.1"))[1:]] == list(ROLES)
        assert {names_in(row[0])[0] for row in rows(section(PROTOCOL, "## 5."))[1:6]} == set(LEVELS)
        office = next(row for row in rows(section(PROTOCOL, "### 1.1")) if row[0] == "`office`")
        assert set(re.findall(r"`([a-z]+\.[a-z_]+)`", office[2])) == set(OFFICE_TYPES)


def test_every_address_of_the_protocol_stands_in_its_table():
    table = section(PROTOCOL, "### 3.2")
    told = {re.sub(r"\{[a-z]+\}|FAMILY\.VERB\.NUMBER\.json", "*", one) for one in re.findall(r"`(/[^`?]*)", table)}
    told |= {f"/exchange/v1/streams/*/*/{one}" for one in re.findall(r"`…/([a-z]+)", table)}
    known = {re.sub(r"<[^>]+>", "*", f"/{one.pattern}") for one in wire_patterns}
    assert known - told == {"/exchange/*", "/exchange/", "/exchange/v1/schemas/"}, "these lead nowhere"
    assert told <= known


class TestTypes:
    TYPES = text("protocol/types.md")
    COMING = set(re.findall(r"^\| `([a-z_.]+/[0-9]+)` \|", section(TYPES, "## Types still to come"), re.MULTILINE))

    def test_those_still_to_come_have_not_come(self):
        come = self.COMING & set(MAILROOM.schemas)
        assert not come, f"understood now: take it out of 'Types still to come' in docs/protocol/types.md: {come}"

    def test_each_has_its_family(self):
        table = section(self.TYPES, "## Types of version 1")
        told = {f"{one}/1" for one in re.findall(r"`([a-z]+\.[a-z_]+)`", table)}
        assert told == self.COMING | set(MAILROOM.schemas)


class TestOperators:
    PAGE = text("protocol/operators.md")

    def test_every_alarm_is_told(self):
        told = {names_in(row[0])[0] for row in rows(section(self.PAGE, "## When something")) if names_in(row[0])}
        assert told == {code.removeprefix("alarm_") for code in CODES if code.startswith("alarm_")}

    def test_every_command_is_one(self):
        known = re.findall(r"^## `(rahdari [a-z -]+)`$", text("commands.md"), re.MULTILINE)
        told = {
            " ".join(one.split()[:3])
            for page in PAGES
            for one in re.findall(r"`(rahdari [a-z]+ [a-z-]+)", page.read_text(encoding="utf-8"))
        }
        assert len(told) > 10
        assert told <= set(known)


class TestChecklist:
    PAGE = text("protocol/checklist.md")

    def test_names_files_that_are_there(self):
        told = set(re.findall(r"`(test_[a-z_]+)`", self.PAGE))
        assert len(told) > 10
        assert {one for one in told if not (PROJECT / "tests" / "exchange" / f"{one}.py").is_file()} == set()

    def test_names_examples_that_are_there(self):
        told = {
            name for row in rows(self.PAGE) if len(row) == 4 and row[0] == "☐" for name in re.findall(r"`([a-z0-9 -]+)`", row[2])
        }
        assert {"statement 1", "tree"} <= told <= set(EXAMPLES)


class TestLinks:
    @pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
    def test_lead_to_something(self, page):
        found = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
        for link in found:
            name, _, anchor = link.partition("#")
            target = (page.parent / name).resolve() if name else page
            assert target.is_file(), f"{page.name}: {link}"
            if anchor:
                heads = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
                assert anchor in {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}, (
                    f"{page.name}: {link}"
                )

    @pytest.mark.parametrize("page", PAGES[1:], ids=lambda page: str(page.relative_to(DOCS)))
    def test_lead_from_the_first_page_to_every_other(self, page):
        assert f"]({page.relative_to(DOCS)})" in PROTOCOL
