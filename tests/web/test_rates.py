"""Tries are counted by address and by account, also when they come at the same moment."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import RequestFactory

from rahdari.base.refusal import Refused
from rahdari.base.tries import forget_tries
from rahdari.web.rates import Rate, address_of, limit

RATE = Rate("tests", minutes=10, by_address=4, by_account=2)
AT = dt.datetime(2026, 11, 25, 10, 3, tzinfo=dt.UTC)


def tries(number, **told):
    """How many of so many tries were let through."""
    through = 0
    for _number in range(number):
        try:
            limit(RATE, at=told.get("at", AT), address=told.get("address", "198.51.100.1"), account=told.get("account", ""))
        except Refused:
            continue
        through += 1
    return through


@pytest.mark.django_db
class TestLimit:
    def test_lets_so_many_through_from_one_address(self):
        assert tries(10) == 4
        assert tries(10, address="198.51.100.2") == 4

    def test_lets_fewer_through_for_one_account_from_anywhere(self):
        assert sum(tries(1, account="a@b.invalid", address=f"198.51.100.{number}") for number in range(6)) == 2

    def test_knows_an_account_in_any_case(self):
        assert tries(2, account="A@B.invalid") + tries(2, account="a@b.INVALID") == 2

    def test_opens_again_with_the_next_window(self):
        assert tries(5) == 4
        assert tries(5, at=AT + dt.timedelta(minutes=10)) == 4

    def test_says_how_many_minutes_are_left(self):
        with pytest.raises(Refused) as refused:
            for _number in range(5):
                limit(RATE, at=AT, address="198.51.100.1")
        assert refused.value.refusals[0].about == {"minutes": 7}

    def test_keeps_no_address_and_no_account(self):
        tries(1, account="a.khan@b.invalid")
        with connection.cursor() as cursor:
            cursor.execute("select string_agg(tries::text, ' ') from base_tries as tries")
            kept = cursor.fetchone()[0]
        assert "khan" not in kept and "198.51" not in kept

    def test_counts_are_forgotten_when_their_window_is_over(self):
        assert tries(5) == 4
        assert forget_tries(at=AT) == 0
        assert tries(5) == 0
        assert forget_tries(at=AT + dt.timedelta(minutes=11)) == 1


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_all_counted():
    def one(_number):
        try:
            return tries(1)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(24))) == RATE.by_address


class TestAddressOf:
    def ask(self, **meta):
        return address_of(RequestFactory().get("/", **meta))

    def test_believes_no_header_without_a_proxy_of_ours(self):
        assert self.ask(REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_FOR="198.51.100.9") == "203.0.113.7"

    def test_believes_only_what_our_proxies_wrote(self, settings):
        settings.RAHDARI_PROXIES = 1
        assert self.ask(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="made-up, 198.51.100.9") == "198.51.100.9"
        settings.RAHDARI_PROXIES = 2
        assert self.ask(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="x, 198.51.100.9, 10.0.0.1") == "198.51.100.9"

    def test_takes_a_network_for_one_visitor_in_ipv6(self):
        assert self.ask(REMOTE_ADDR="2001:db8:1:2:3::4") == self.ask(REMOTE_ADDR="2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"

    @pytest.mark.parametrize("address", ["", "unix", "1.2.3", "<script>"])
    def test_lumps_together_what_is_no_address(self, address):
        assert self.ask(REMOTE_ADDR=address) == "unknown"
