from datetime import date
from ipaddress import ip_network

import pytest
from django.test import RequestFactory

from core import networks

DAY = date(2026, 11, 9)


def request(address: str, forwarded: str = ""):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


class TestKey:
    def test_is_one_for_a_network_and_another_for_its_neighbour(self):
        key = networks.key(request("203.0.113.7"), day=DAY)

        assert key == networks.key(request("203.0.113.250"), day=DAY)
        assert key == networks.key(request("::ffff:203.0.113.7"), day=DAY)
        assert key != networks.key(request("203.0.114.7"), day=DAY)

    def test_of_ipv6_is_of_a_64(self):
        key = networks.key(request("2001:db8:1:2:3::1"), day=DAY)

        assert key == networks.key(request("2001:db8:1:2:ffff::9"), day=DAY)
        assert key != networks.key(request("2001:db8:1:3::1"), day=DAY)

    def test_changes_daily(self):
        keys = {networks.key(request("203.0.113.7"), day=date(2026, 11, day)) for day in (8, 9)}

        assert len(keys) == 2

    @pytest.mark.parametrize("address", ["", "onzin", "127.0.0.1", "::1"])
    def test_of_what_tells_nothing_is_empty(self, address):
        assert networks.key(request(address), day=DAY) == ""


class TestAround:
    def around(self, address: str, *, day: date = DAY) -> str:
        return networks.around(networks.key(request(address), day=day))

    def test_is_one_for_a_48_of_ipv6(self):
        here = self.around("2001:db8:1:2::1")

        assert here == self.around("2001:db8:1:ffff::1")
        assert here != self.around("2001:db8:2:2::1")

    def test_of_ipv4_is_of_the_network_itself(self):
        assert self.around("203.0.113.7") == self.around("203.0.113.8")
        assert self.around("203.0.113.7") != self.around("203.0.114.7")

    def test_changes_daily(self):
        assert self.around("2001:db8::1") != self.around("2001:db8::1", day=date(2026, 11, 10))

    def test_of_what_tells_nothing_is_empty(self):
        assert self.around("127.0.0.1") == ""


class TestKeys:
    @pytest.mark.parametrize(
        ("network", "number"),
        [
            ("203.0.113.0/24", 1),
            ("203.0.112.0/22", 4),
            ("203.0.113.7/32", 1),
            ("2001:db8::/60", 16),
        ],
    )
    def test_are_those_of_all_that_is_in_the_network(self, network, number):
        wanted = ip_network(network)

        keys = networks.keys(wanted, days=[DAY])

        assert len(keys) == networks.size(wanted) == number
        assert networks.key(request(str(wanted.network_address)), day=DAY) in keys

    def test_are_others_each_day(self):
        days = [date(2026, 11, day) for day in (8, 9, 10)]

        assert len(networks.keys(ip_network("203.0.113.0/24"), days=days)) == 3

    @pytest.mark.parametrize(
        ("network", "known_as"),
        [("203.0.113.7/32", "203.0.113.0/24"), ("203.0.112.0/22", "203.0.112.0/22")],
    )
    def test_of_a_small_network_are_those_of_what_is_kept(self, network, known_as):
        assert networks.known_as(ip_network(network)) == ip_network(known_as)


class TestClientAddress:
    def test_believes_nobody_without_a_trusted_proxy(self):
        assert networks.client_address(request("203.0.113.7", "198.51.100.1")) == "203.0.113.7"

    def test_believes_trusted_proxies_and_no_further(self, settings):
        settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]

        found = networks.client_address(request("10.0.0.2", "1.1.1.1, 198.51.100.1, 10.0.0.3"))

        assert found == "198.51.100.1"
