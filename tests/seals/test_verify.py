"""The verifier, copied alone into an empty folder, on exports that are whole: what it says of them, and what it only lists."""

from __future__ import annotations

import ast
import datetime as dt
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rahdari.seals import verify
from tests.make.journals import BEGINNING, Node, alone, corridor, key, send, with_line, write


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("alone")
    yield alone(folder)
    assert sorted(path.name for path in folder.iterdir()) == ["verify.py"]


def pinned(*nodes):
    return [word for node in nodes for word in ("--fingerprint", node.fingerprint)]


def exports(folder, here, there):
    """Both exports as files; each names the other node as its witness."""
    return write(folder / "here.ndjson", here.export(there)), write(folder / "there.ndjson", there.export(here))


class TestTheFile:
    def test_brings_in_nothing_of_the_project(self):
        tree = ast.parse(Path(verify.__file__).read_text(encoding="utf-8"))
        names = [one.module or "." for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
        names += [alias.name for one in ast.walk(tree) if isinstance(one, ast.Import) for alias in one.names]
        assert {name.split(".")[0] for name in names} <= {*sys.stdlib_module_names, "cryptography"}

    def test_takes_a_thumbprint_that_begins_with_a_hyphen(self, run, tmp_path):
        (tmp_path / "none").write_text("none")
        assert "usage" not in run(tmp_path / "none", "--fingerprint", "-" + "A" * 42)[1]

    def test_says_how_it_is_asked(self, run):
        code, words = run("--help")
        assert code == 0
        assert all(option in words for option in ("--fingerprint", "--against", "--complete"))

    def test_gives_its_exit_code_to_a_caller(self, tmp_path, capsys):
        pk, jp = corridor()
        assert verify.main([str(exports(tmp_path, pk, jp)[0])]) == 0
        assert verify.main([str(tmp_path / "nothing")]) == 2
        assert capsys.readouterr().out.splitlines()[-1].startswith("unreadable: ")


class TestOneExport:
    def test_is_whole_and_authenticated(self, run, tmp_path):
        pk, jp = corridor()
        code, words = run(exports(tmp_path, pk, jp)[0], *pinned(pk, jp))
        assert code == 0
        assert "node pk, origin pk.rahdari.example/rahdari/pk, 12 leaves, 3 checkpoints" in words
        assert "independent witnesses: 1; jp up to 12 leaves" in words
        assert words.endswith("whole; authenticated\n")

    def test_without_fingerprints_is_only_consistent_in_itself(self, run, tmp_path):
        pk, jp = corridor()
        code, words = run(exports(tmp_path, pk, jp)[0])
        assert (code, words.splitlines()[-1]) == (0, "whole; self-consistent, not authenticated")

    def test_may_be_empty(self, run, tmp_path):
        pk, jp = Node("pk"), Node("jp")
        code, words = run(exports(tmp_path, pk, jp)[0], *pinned(pk))
        assert code == 0
        assert "0 leaves, 0 checkpoints" in words
        pk.checkpoint(jp)
        assert run(exports(tmp_path, pk, jp)[0], *pinned(pk, jp))[0] == 0

    def test_with_leaves_that_nobody_signed_for_is_not_authenticated(self, run, tmp_path):
        pk, jp = corridor()
        pk.notes.clear()
        code, words = run(exports(tmp_path, pk, jp)[0], *pinned(pk, jp))
        assert code == 0
        assert "leaves 0 to 11 are under no checkpoint that holds" in words
        assert words.endswith("self-consistent, not authenticated\n")

    def test_lists_the_leaves_after_the_last_checkpoint(self, run, tmp_path):
        pk, jp = corridor()
        send(pk, jp)
        code, words = run(exports(tmp_path, pk, jp)[0], *pinned(pk, jp))
        assert code == 0
        assert "leaves 12 to 12 are under no checkpoint that holds" in words
        assert words.endswith("whole; authenticated\n")

    def test_holds_checkpoints_of_every_size_in_any_order(self, run, tmp_path):
        pk, jp = corridor(letters=20, every=99)
        pk.notes = [jp.cosigned(pk.note(size=size)) for size in (7, 20, 1, 0, 13, 20, 16)]
        code, words = run(exports(tmp_path, pk, jp)[0], *pinned(pk, jp))
        assert (code, "20 leaves, 7 checkpoints" in words) == (0, True)
        assert "jp up to 20 leaves" in words and "under no checkpoint" not in words

    def test_may_be_written_with_other_spaces_and_in_another_order_of_members(self, run, tmp_path):
        pk, jp = corridor()
        lines = [json.dumps(dict(reversed(line.items())), indent=None, separators=(" , ", " : ")) for line in pk.export(jp)]
        file = write(tmp_path / "pk.ndjson", lines)
        assert run(file, *pinned(pk, jp))[0] == 0


class TestKeys:
    def test_are_followed_through_every_roll(self, run, tmp_path):
        pk, jp = corridor()
        for role in ("journal", "office", "journal", "office", "gateway"):
            pk.roll(role)
            jp.roll(role)
            send(pk, jp)
            send(jp, pk)
            pk.checkpoint(jp)
            jp.checkpoint(pk)
        here, there = exports(tmp_path, pk, jp)
        code, words = run(here, *pinned(pk, jp), "--against", there, "--complete")
        assert (code, words.splitlines()[-1]) == (0, "whole; authenticated")
        assert "independent witnesses: 1; jp up to 22 leaves" in words

    def test_may_begin_with_the_token_that_ended_its_own_office_key(self, run, tmp_path):
        pk, jp = corridor()
        jp.roll("office")
        jp.roll("journal")
        pk.checkpoint(jp)
        del jp.tokens[0]  # Pakistan was paired between the two
        code, words = run(exports(tmp_path, pk, jp)[0], *pinned(pk, jp))
        assert (code, "independent witnesses: 1; jp up to 12 leaves" in words) == (0, True)

    @pytest.mark.parametrize(("hours", "expected"), [(2, 0), (4, 1)])
    def test_may_be_younger_than_the_clock_of_the_partner_says(self, run, tmp_path, hours, expected):
        pk, jp = corridor()
        pk.roll("journal")
        pk.notes.append(jp.cosigned(pk.note(), at=pk.clock - dt.timedelta(hours=hours)))
        jp.known = [replace(one, nbf=0) for one in jp.known]
        jp.tokens = [jp.keys_token()]
        code, words = run(exports(tmp_path, pk, jp)[0], *pinned(pk, jp))
        assert (code, "is signed by no journal key of pk that was valid then" in words) == (expected, bool(expected))

    def test_of_a_new_ceremony_need_its_fingerprint(self, run, tmp_path):
        pk, jp = corridor()
        pk.roll("journal", office=self._lost(pk))
        pk.checkpoint(jp)
        here, _ = exports(tmp_path, pk, jp)
        new = ["--fingerprint", pk.keys["office"].public.kid]
        code, words = run(here, *pinned(pk, jp))
        assert (code, "keys token 2 of pk: it is signed by an office key that the one before it does not name" in words) == (
            1,
            True,
        )
        code, words = run(here, *pinned(pk, jp), *new)
        assert (code, "keys tokens of pk that begin anew, after a new ceremony 2" in words) == (0, True)
        assert run(here, *new)[0] == 1, "the first keys token hangs on the first fingerprint"
        assert run(here)[0] == 0, "without fingerprints nothing is said about ceremonies"

    @staticmethod
    def _lost(node):
        """The office key is lost: the node goes on with another that nothing names."""
        node.keys["office"] = key("another office", "office")
        node.known = [node.keys["office"].public, *(one for one in node.known if one.role != "office")]
        return node.keys["office"]


class TestWitnesses:
    def test_count_only_with_keys_that_a_fingerprint_pins(self, run, tmp_path):
        pk, jp = corridor()
        code, words = run(exports(tmp_path, pk, jp)[0], *pinned(pk))
        assert code == 0
        assert "independent witnesses: 0" in words
        assert "jp.rahdari.example/rahdari/jp is no independent witness" in words

    def test_are_told_apart(self, run, tmp_path):
        pk, jp, third = *corridor(), Node("zz")
        pk.notes.append(third.cosigned(pk.notes[-1]))
        code, words = run(write(tmp_path / "pk.ndjson", pk.export(jp, third)), *pinned(pk, jp, third))
        assert (code, "independent witnesses: 2; jp up to 12 leaves; zz up to 12 leaves" in words) == (0, True)

    def test_are_not_the_node_itself(self, run, tmp_path):
        pk, jp = corridor()
        pk.notes = [pk.cosigned(pk.note())]
        code, words = run(write(tmp_path / "pk.ndjson", pk.export(jp, pk)), *pinned(pk, jp))
        assert (code, "independent witnesses: 0" in words) == (0, True)

    def test_are_not_the_node_under_another_name(self, run, tmp_path):
        pk, jp = corridor()
        jp.keys["journal"] = pk.keys["journal"]
        jp.known = [one if one.role != "journal" else pk.keys["journal"].public for one in jp.known]
        jp.tokens = [jp.keys_token(at=BEGINNING)]
        pk.notes = [jp.cosigned(pk.note())]
        code, words = run(write(tmp_path / "pk.ndjson", pk.export(jp)), *pinned(pk, jp))
        assert (code, "independent witnesses: 0" in words) == (0, True)

    def test_that_nobody_knows_are_passed_over(self, run, tmp_path):
        pk, jp = corridor()
        pk.notes.append(Node("zz").cosigned(pk.note()))
        code, words = run(exports(tmp_path, pk, jp)[0], *pinned(pk, jp))
        assert (code, "signatures of unknown keys, which do not count: checkpoints over 12 (1 in all)" in words) == (0, True)
        assert "independent witnesses: 1; jp" in words


class TestBothExports:
    def test_bear_each_other_out(self, run, tmp_path):
        pk, jp = corridor()
        here, there = exports(tmp_path, pk, jp)
        for one, other in ((here, there), (there, here)):
            code, words = run(one, "--against", other, *pinned(pk, jp), "--complete")
            assert (code, words.splitlines()[-1]) == (0, "whole; authenticated")
            assert words.count("12 leaves, 3 checkpoints") == 2

    def test_may_have_a_seal_that_did_not_open(self, run, tmp_path):
        pk, jp = corridor()
        send(pk, jp, opens=False)
        send(jp, pk, opens=False)
        here, there = exports(tmp_path, pk, jp)
        assert run(here, "--against", there, "--complete")[0] == 0

    def test_list_a_receipt_under_way(self, run, tmp_path):
        pk, jp = corridor()
        send(pk, jp, arrives="no receipt")
        here, there = exports(tmp_path, pk, jp)
        for one, other in ((here, there), (there, here)):
            code, words = run(one, "--against", other, *pinned(pk, jp))
            assert (code, "received pk to jp with the other half under way: leaves 12 (1 in all)" in words) == (0, True)
            code, words = run(one, "--against", other, *pinned(pk, jp), "--complete")
            assert (code, "leaf 12 (received pk to jp 7) is not in the other export" in words) == (1, True)

    def test_list_what_an_older_export_cannot_have(self, run, tmp_path):
        pk, jp = corridor(letters=8)
        older = write(tmp_path / "older.ndjson", jp.export(pk))
        send(pk, jp)
        send(jp, pk)
        newer = write(tmp_path / "newer.ndjson", pk.export(jp))
        code, words = run(newer, "--against", older)
        assert code == 0
        assert "sent pk to jp with the other half under way: leaves 8 (1 in all)" in words
        assert "received jp to pk with the other half under way: leaves 9 (1 in all)" in words

    def test_list_no_more_than_anyone_reads(self, run, tmp_path):
        pk, jp = corridor()
        for _ in range(41):
            send(pk, jp, arrives="no receipt")
        here, there = exports(tmp_path, pk, jp)
        code, words = run(here, "--against", there)
        assert (code, "leaves 12, 13, 14" in words, ", 51, ... (41 in all)" in words) == (0, True, True)

    def test_pass_over_the_streams_with_others(self, run, tmp_path):
        pk, jp, third = *corridor(), Node("zz")
        send(pk, third)
        send(third, jp)
        here, there = exports(tmp_path, pk, jp)
        assert run(here, "--against", there, "--complete")[0] == 0

    def test_are_compared_when_one_of_them_is_empty(self, run, tmp_path):
        pk, jp = corridor(letters=1)
        here, there = write(tmp_path / "pk.ndjson", pk.export(jp)), write(tmp_path / "jp.ndjson", Node("jp").export(pk))
        assert run(here, "--against", there)[0] == 0
        code, words = run(here, "--against", there, "--complete")
        assert (code, "leaf 0 (sent pk to jp 1) is not in the other export" in words) == (1, True)


class TestForks:
    """Two envelopes for place 7 of Pakistan's stream, because Pakistan was restored: Japan stored one, the other was kept."""

    @staticmethod
    def forked(*, behind: bool = False):
        pk, jp = corridor()
        send(pk, jp, arrives="no receipt")
        if behind:
            send(pk, jp, arrives="no receipt")
        send(pk, jp, seq=7, words="kept")
        send(pk, jp, seq=8, words="kept")
        pk.checkpoint(jp)
        jp.checkpoint(pk)
        return pk, jp

    @pytest.mark.parametrize("behind", [False, True])
    def test_leave_a_second_leaf_that_the_partner_bears_out(self, run, tmp_path, behind):
        pk, jp = self.forked(behind=behind)
        here, there = exports(tmp_path, pk, jp)
        code, words = run(there, "--against", here, *pinned(pk, jp), "--complete")
        assert code == 0
        second = "13 (1 in all)" if not behind else "14, 15 (2 in all)"
        assert f"second leaves for one place, after a fork: leaves {second}" in words

    def test_are_listed_where_there_is_no_other_export(self, run, tmp_path):
        pk, jp = self.forked()
        code, words = run(exports(tmp_path, pk, jp)[1], *pinned(pk, jp))
        assert (code, "second leaves for one place, after a fork: leaves 13 (1 in all)" in words) == (0, True)

    def test_may_leave_both_leaves_with_the_sender(self, run, tmp_path):
        pk, jp = corridor()
        send(pk, jp)
        send(pk, jp, seq=7, words="kept")
        here, there = exports(tmp_path, pk, jp)
        assert run(here, "--against", there, "--complete")[0] == 0

    def test_may_leave_a_void_place_behind_them(self, run, tmp_path):
        pk, jp = corridor()
        send(pk, jp, arrives="no receipt")
        send(pk, jp, arrives="no receipt")
        send(pk, jp, seq=7, words="kept")
        here, there = exports(tmp_path, pk, jp)
        code, words = run(here, "--against", there, "--complete")
        assert (code, "received pk to jp with the other half under way: leaves 13 (1 in all)" in words) == (0, True)

    def test_are_no_fork_without_the_envelope_on_the_other_side(self, run, tmp_path):
        pk, jp = corridor()
        send(pk, jp)
        send(pk, jp, seq=7, words="invented", arrives="no receipt")
        here, there = exports(tmp_path, pk, jp)
        code, words = run(here, "--against", there)
        told = "leaf 13 (pk to jp 7) is a second leaf that the other export does not bear out"
        assert (code, told in words) == (1, True)

    def test_are_no_fork_with_the_same_envelope_twice(self, run, tmp_path):
        pk, jp = corridor()
        send(pk, jp)
        send(pk, jp, seq=7, arrives="no receipt")
        jp.leaves[-1] = jp.leaves[-2]
        here, there = exports(tmp_path, pk, jp)
        code, words = run(here, "--against", there)
        assert (code, "leaf 13 (pk to jp 7) is a second leaf" in words) == (1, True)


class TestRestarts:
    """Japan was restored and its journal begun anew: it holds nothing before place 4, and gave some receipts twice."""

    @staticmethod
    def restarted(receipt: str = ""):
        pk, old = corridor(letters=6, every=6)
        jp = Node("jp", number=2)
        jp.tokens = [*old.tokens, jp.keys_token(at=old.now())]
        jp.clock, jp.places = old.clock, old.places
        send(pk, jp)
        jp.leaves.clear()
        send(pk, jp, seq=4, receipt=receipt, arrives="no receipt")
        for _ in range(2):
            send(jp, pk)
            send(pk, jp)
        jp.checkpoint(pk)
        return pk, jp

    def test_begin_at_any_place(self, run, tmp_path):
        pk, jp = self.restarted(" again")
        here, there = exports(tmp_path, pk, jp)
        code, words = run(there, *pinned(jp, pk))
        assert (code, words.splitlines()[-1]) == (0, "whole; authenticated")
        code, words = run(here, "--against", there, *pinned(pk, jp), "--complete")
        assert code == 0
        assert "sent pk to jp before the other export begins: leaves 0, 2, 4 (3 in all)" in words
        assert "received jp to pk before the other export begins: leaves 1, 3, 5 (3 in all)" in words
        assert "sent pk to jp under another receipt than there: leaves 6 (1 in all)" in words

    @pytest.mark.parametrize(("number", "line"), [(4, "the envelope (line 4)"), (5, "the opened bytes (line 5)")])
    def test_excuse_no_other_content(self, run, tmp_path, number, line):
        pk, jp = self.restarted()
        jp.leaves[0] = with_line(jp.leaves[0], number, b"1" * 64)
        jp.notes = [pk.cosigned(jp.note())]
        here, there = exports(tmp_path, pk, jp)
        code, words = run(here, "--against", there, *pinned(pk, jp))
        assert code == 1
        assert "leaf 6 (sent, pk to jp 4) and leaf 0 of" in words
        assert f"differ in {line}, the time (line 7)\n" in words

    def test_excuse_no_hole(self, run, tmp_path):
        pk, jp = self.restarted()
        del jp.leaves[2]
        jp.notes = [pk.cosigned(jp.note())]
        code, words = run(exports(tmp_path, pk, jp)[1], *pinned(pk, jp))
        assert (code, "leaf 3 (received, pk to jp 6) stands where place 5 should" in words) == (1, True)

    def test_need_no_keys_token_that_names_the_new_origin_yet(self, run, tmp_path):
        pk, jp = self.restarted()
        del jp.tokens[1]
        assert run(exports(tmp_path, pk, jp)[1], *pinned(pk, jp))[0] == 0

    def test_still_take_part_in_the_whole_where_a_stream_is_empty(self, run, tmp_path):
        pk, jp = corridor(letters=4)[0], Node("jp", number=2)
        here, there = exports(tmp_path, pk, jp)
        code, words = run(here, "--against", there, "--complete")
        assert (code, "sent pk to jp before the other export begins: leaves 0, 2 (2 in all)" in words) == (0, True)
