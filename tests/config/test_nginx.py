"""What the web server in front writes down about readers, and which uploads it shows."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver
from django.utils.translation import override

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
            "$uri",
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

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_leaves_out_each_token_of_an_address(self, language):
        with override(language):
            paths = list(with_token("geheim.0-9_a", get_resolver()))

        assert len(paths) > 9
        assert [path for path in paths if "geheim" in (mapped("$page", path) or path)] == []

    @pytest.mark.parametrize("path", ["/", "/blog/melding/", "/abonneren/", "/en/blog/a-post/"])
    def test_names_a_page_in_full(self, path):
        assert mapped("$page", path) is None


class TestUploads:
    @pytest.mark.parametrize("path", ["/media/images/plein.webp", "/media/documents.txt"])
    def test_are_shown(self, path):
        assert "alias /media/;" in location(path)

    @pytest.mark.parametrize(
        "path",
        [
            "/media/documents/notulen.pdf",
            "/media/documents/a/b.pdf",
            "/media/original_images/plein.jpg",
        ],
    )
    def test_that_may_not_be_for_everyone_are_not(self, path):
        assert location(path).strip() == "return 404;"


def location(path: str) -> str:
    """Return what nginx does at ``path``: the longest beginning counts."""
    blocks = dict(re.findall(r"^    location (\S+) \{(.+?)^    \}", CONFIGURATION, re.S | re.M))
    return blocks[max((start for start in blocks if path.startswith(start)), key=len)]


def with_token(token: str, resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    """Yield every address of the site that a token is part of, with ``token`` in it."""
    for part in resolver.url_patterns:
        path = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from with_token(token, part, path)
        elif "<str:token>" in path:
            yield path.replace("<str:token>", token)


def shortened(address: str) -> str | None:
    """Return the network of ``address`` as it is logged; ``None`` is the default."""
    return mapped("$network", address)


def mapped(variable: str, text: str) -> str | None:
    """Do with ``text`` what nginx does with the map of ``variable``; ``None`` is the default."""
    lines = re.search(rf"^map \S+ {re.escape(variable)} \{{(.+?)^\}}", CONFIGURATION, re.S | re.M)[
        1
    ]
    for pattern, value in re.findall(r"^    ~(\S+) (\S+);$", lines, re.MULTILINE):
        if found := re.search(pattern, text):
            return re.sub(r"\$(\w+)", lambda name: found[name[1]], value)
    return None
