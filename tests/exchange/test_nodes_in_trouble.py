"""Two real nodes whose clocks differ, and one whose database has no room (docs/protocol.md, what must be proven).

The clock of a node is set by `other_clock/sitecustomize.py`, which only these tests put into the environment of its programs.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.fault_line import Line
from tests.exchange.nodes import Pair, until
from tests.exchange.small_disk import NoSmallDisk, filled, small_disk
from tests.exchange.tangle import receipts_in

pytestmark = [pytest.mark.nodes, pytest.mark.sure]
MINUTES, HOURS = 120, 7200  # seconds
OTHER_CLOCK = Path(__file__).with_name("other_clock")
NO_ROOM = """
    create function no_room() returns trigger language plpgsql as $$
    begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$
"""
AT_ANY_WRITE = """
    do $$ declare name text; begin
        for name in select tablename from pg_tables where schemaname = 'public' loop
            execute format('create trigger no_room before insert or update on %I for each row execute function no_room()', name);
        end loop;
    end $$
"""
AT_THE_COMMIT = """
    create constraint trigger no_room after insert on base_auditentry
        deferrable initially deferred for each row execute function no_room()
"""


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trouble")
    made = Pair(folder, pk={"PYTHONPATH": str(OTHER_CLOCK), "OTHER_CLOCK": str(folder / "clock")})
    try:
        made.up()
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def said():
    """How many requests each contact point has asked so far."""
    return {"pk": 0, "jp": 0}


def say(pair, said, times=4):
    for node in pair.both:
        node.say("a text", times)
        said[node.name] += times


def set_clock(pair, seconds):
    """Starts pk anew with a clock so many seconds ahead of jp's; alarms of before are settled."""
    for node in pair.both:
        node.as_owner("update exchange_alarm set settled_at = raised_at where settled_at is null")
    pair.pk.down()
    (pair.folder / "clock").write_text(str(seconds))
    pair.pk.up()


def rings(pair):
    """Whether a node says that the clocks differ."""
    query = "select 1 from exchange_alarm where code = 'clock' and settled_at is null"
    return any(node.ask(query) for node in pair.both)


def refused(pair):
    """Envelopes that a node refused finally, or had to sign anew."""
    query = "select (select count(*) from exchange_refusedtoken) + (select count(*) from exchange_envelope where void)"
    return sum(node.ask(query)[0][0] for node in pair.both)


@pytest.mark.parametrize("seconds", [MINUTES, -MINUTES])
def test_clocks_two_minutes_apart_ring_and_refuse_nothing(pair, said, seconds):
    set_clock(pair, seconds)
    say(pair, said)
    pair.settle()
    pair.agree(**said)
    assert refused(pair) == 0
    until(lambda: rings(pair), "an alarm about the clocks")


@pytest.mark.parametrize("seconds", [HOURS, -HOURS])
def test_clocks_two_hours_apart_ring_and_lose_nothing(pair, said, seconds):
    set_clock(pair, seconds)
    say(pair, said)
    until(lambda: rings(pair), "an alarm about the clocks")
    assert all(node.unsettled() for node in pair.both), "something passed between clocks two hours apart"
    set_clock(pair, 0)
    pair.settle()
    pair.agree(**said)
    assert refused(pair) == 0


@pytest.fixture
def line(pair):
    """The way from jp to pk goes over a line of ours, which keeps what pk answers."""
    made = Line(pair.pk.port)
    url = "update exchange_partner set url = %(url)s returning 1"
    pair.jp.ask(url, url=f"http://127.0.0.1:{made.port}")
    yield made
    pair.jp.ask(url, url=pair.pk.url)
    made.close()


def holds(node, sender):
    """How much of a sender's stream a node holds: place, envelopes, statements, leaves."""
    return node.ask(
        "select (select seq from exchange_stream where sender = %(n)s), (select count(*) from exchange_envelope"
        " where sender = %(n)s), (select count(*) from exchange_told where sender = %(n)s),"
        " (select count(*) from exchange_leaf where sender = %(n)s)",
        n=sender,
    )


@pytest.mark.parametrize("moment", [AT_ANY_WRITE, AT_THE_COMMIT], ids=["at any write", "at the commit"])
def test_a_full_database_is_a_503_and_stores_nothing_by_halves(pair, said, line, moment):
    """The room that is missing is simulated: triggers made by the owner of the tables raise `disk_full` (53100).

    They do it at every write, as when a table cannot grow, or at the commit of every unit of work, when all was written.
    """
    if (pair.folder / "clock").is_file():
        set_clock(pair, 0)
    say(pair, said, 1)  # jp follows the clock of pk again, if it was another one
    pair.settle()
    before, heard = holds(pair.pk, "jp"), len(line.answers)
    pair.pk.as_owner(NO_ROOM, moment)
    try:
        pair.jp.say("a text", 4)
        said["jp"] += 4
        until(lambda: len(line.answers) >= heard + 2, "two tries")
        for status, headers, body in line.answers[heard:]:
            assert (status, receipts_in(body)) == (503, []), body
            assert {name.lower(): value for name, value in headers}["retry-after"].isdecimal()
        assert holds(pair.pk, "jp") == before
        assert pair.jp.ask("select receipt from exchange_envelope where sender = 'jp' order by seq desc limit 1") == [("",)]
    finally:
        pair.pk.as_owner("drop function no_room cascade")
    pair.settle()
    pair.agree(**said)


@pytest.fixture
def disk(pair):
    """The rows of pk on a file system that is a little larger than they are."""
    try:
        with small_disk(pair.pk.data, pair.pk.down, pair.pk.up):
            yield pair.pk.data
    except NoSmallDisk as why:
        pytest.skip(str(why))


def test_a_disk_that_is_really_full_loses_nothing_and_receipts_nothing_it_has_not(pair, said, disk, line):
    """No room at all on the file system of the database: it refuses writes, or ends and comes back as often as it is started."""
    pair.settle()
    with filled(disk):
        for _ in range(4):
            pair.jp.say("a text " * 400, 10)
            said["jp"] += 10
        until(lambda: sum(one[0] == 503 for one in line.answers) >= 2, "the partner is told to come again")
    if pair.pk.server.poll() is not None:  # it gave up starting its database; whoever watches over the node starts it again
        pair.pk.server = None
        pair.pk.up()
    until(pair.pk.is_ready, "pk is ready again")
    pair.settle()
    pair.agree(**said)
    given = {token for answer in line.answers for token in receipts_in(answer[2])}
    held = {row[0] for row in pair.pk.ask("select receipt from exchange_envelope where receiver = 'pk'")}
    assert given <= held
