"""What must be proven (docs/protocol.md, section 7) with two real nodes and two databases: kills, restores, a week without a link.

Each story stands on the one before it, on the same two nodes; so they are one test.
"""

from __future__ import annotations

import random
import signal
import time

import pytest

from tests.exchange.nodes import Pair, until

pytestmark = [pytest.mark.nodes, pytest.mark.sure]
SECRET = "zebra crossing at midnight"


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    made = Pair(tmp_path_factory.mktemp("two nodes"))
    try:
        made.up()
        yield made
    finally:
        made.close()


def say(pair, said, name, times, text=SECRET):
    getattr(pair, name).say(text, times)
    said[name] += times


def told(pair):
    """How many requests of jp pk has taken up."""
    return pair.pk.ask("select count(*) from cooperation_request where home = 'jp'")[0][0]


def tell_each_other_everything_once(pair, said):
    say(pair, said, "pk", 12)
    say(pair, said, "jp", 12)
    pair.settle()
    pair.agree(**said)


def lose_nothing_when_their_programs_are_killed(pair, said):
    chance = random.Random(20261128)
    for round_ in range(4):
        say(pair, said, "pk", 10, f"{SECRET} {round_}")
        say(pair, said, "jp", 10, f"{SECRET} {round_}")
        node = pair.both[round_ % 2]
        time.sleep(chance.uniform(0.0, 0.4))
        node.down(signal.SIGKILL)
        node.up()
    pair.settle()
    pair.agree(**said)


def lose_nothing_when_the_database_server_is_killed(pair, said):
    say(pair, said, "jp", 10)
    pair.pk.kill_database()
    pair.settle()
    pair.agree(**said)


def a_receiver_restored_from_an_older_backup_gets_everything_again(pair, said, tmp_path):
    pair.pk.down()
    pair.pk.back_up(tmp_path / "older")
    pair.pk.up()
    say(pair, said, "jp", 8)
    pair.settle()
    pair.pk.down()
    pair.pk.restore(tmp_path / "older")
    pair.pk.up()
    until(lambda: told(pair) == said["jp"], "everything came again")
    pair.settle()
    assert told(pair) == said["jp"]
    begin_a_new_journal(pair, "pk")


def a_sender_restored_from_an_older_backup_takes_its_own_back(pair, said, tmp_path):
    pair.jp.down()
    pair.jp.back_up(tmp_path / "older")
    pair.jp.up()
    say(pair, said, "jp", 6)
    pair.settle()
    pair.jp.down()
    pair.jp.restore(tmp_path / "older")
    pair.jp.up()
    until(lambda: pair.jp.ask("select seq = delivered from exchange_stream where sender = 'jp'") == [(True,)], "adopted")
    say(pair, said, "jp", 3)
    pair.settle()
    assert told(pair) == said["jp"]
    assert pair.jp.ask("select 1 from exchange_alarm where code = 'adopted'") == [(1,)]
    begin_a_new_journal(pair, "jp")


def begin_a_new_journal(pair, name):
    """The journal lost leaves that the partner had cosigned: it is begun anew, and both agree again."""
    node, other = getattr(pair, name), pair.both[name == "pk"]
    until(lambda: bool(node.ask("select 1 from exchange_alarm where code = 'journal_lost_leaves'")), "the loss is noticed")
    passphrase = str(node.home / "secrets" / "office_passphrase")
    node.command("journal", "restart", "--reason", "restored from a backup", "--passphrase-file", passphrase)
    pair.settle()
    origin = node.ask("select origin from exchange_journal where closed_at is null")[0][0]
    assert origin.endswith("/2")
    until(lambda: other.ask("select journal_origin from exchange_partner") == [(origin,)], "the partner knows the new origin")
    pair.verify(complete=False)


def a_week_without_a_link_is_bridged_by_files(pair, said, tmp_path):
    pair.pk.command("partner", "pause", "jp")
    pair.jp.command("partner", "pause", "pk")
    say(pair, said, "jp", 5)
    bundle, answer = tmp_path / "bundle", tmp_path / "answer"
    pair.jp.command("exchange", "export", "--to", "pk", str(bundle))
    assert SECRET.encode() not in bundle.read_bytes()
    pair.pk.command("exchange", "import", str(bundle), "--answer", str(answer))
    pair.jp.command("exchange", "import", str(answer))
    assert pair.jp.ask("select seq = delivered from exchange_stream where sender = 'jp'") == [(True,)]
    pair.pk.command("partner", "resume", "jp")
    pair.jp.command("partner", "resume", "pk")
    pair.settle()
    assert told(pair) == said["jp"]
    pair.verify(complete=False)


def nothing_plain_stands_in_a_log(pair):
    for node in pair.both:
        for log in (node.home / "logs").iterdir():
            assert SECRET.encode() not in log.read_bytes(), log.name


def test_two_nodes_lose_nothing_and_double_nothing(pair, tmp_path):
    said = {"pk": 0, "jp": 0}  # how many requests each contact point has asked so far
    tell_each_other_everything_once(pair, said)
    lose_nothing_when_their_programs_are_killed(pair, said)
    lose_nothing_when_the_database_server_is_killed(pair, said)
    a_receiver_restored_from_an_older_backup_gets_everything_again(pair, said, tmp_path)
    a_sender_restored_from_an_older_backup_takes_its_own_back(pair, said, tmp_path)
    a_week_without_a_link_is_bridged_by_files(pair, said, tmp_path)
    nothing_plain_stands_in_a_log(pair)
