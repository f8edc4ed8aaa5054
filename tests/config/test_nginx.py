"""What the web server in front writes down about readers."""

import re

import pytest
from django.conf import settings

CONFIGURATION = (settings.ROOT_DIR / "deploy" / "nginx.conf").read_text()
FORMAT = re.search(r"log_format sparing (.+?);", CONFIGURATION, re.DOTALL)[1]


class TestTheLog:
    def test_of_every_server_is_in_our_format(self):
        servers = re.findall(r"^server \{.*?^\}", CONFIGURATION, re.DOTALL | re.MULTILINE)

        assert len(servers) == 2
        assert [server for server in servers if " sparing;" not in server] == []
        assert CONFIGURATION.count("access_log") == len(servers)

    @pytest.mark.parametrize(
        "variable",
        [
            '$request"',
            "$request ",
            "$request_uri",
            "$args",
            "$query_string",
            "$http_referer",
            "$remote_addr",
        ],
    )
    def test_keeps_no_query_no_origin_and_no_address(self, variable):
        assert variable not in FORMAT

    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("203.0.113.7", "203.0.113.0"),
            ("2001:db8:12:34::1", "2001:db8::"),
            ("2001:db8::1", "2001:db8::"),
            ("::1", None),
            ("unix:", None),
        ],
    )
    def test_shortens_an_address_to_its_network(self, address, network):
        assert shortened(address) == network


def shortened(address: str) -> str | None:
    """Do with ``address`` what nginx does with the map; ``None`` is the default."""
    for pattern, value in re.findall(r"^    ~(\S+) (\S+);$", CONFIGURATION, re.MULTILINE):
        if found := re.search(pattern, address):
            return value.replace("$start", found["start"])
    return None
