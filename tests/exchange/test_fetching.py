import http.server
import io
import threading

import pytest
from PIL import Image

from exchange.wordpress import fetching

PUBLIC = "93.184.215.14"


def png(width: int = 4, height: int = 4) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, "PNG")
    return out.getvalue()


ANSWERS = {
    "/a.png": (200, png(), {}),
    "/pagina": (200, b"<html>", {}),
    "/tekening.svg": (200, b"<svg onload='alert(1)'/>", {}),
    "/weg": (404, b"", {}),
    "/door": (302, b"", {"Location": "/a.png"}),
    "/naar-binnen": (302, b"", {"Location": "http://10.0.0.1/a.png"}),
    "/naar-bestand": (302, b"", {"Location": "file:///etc/passwd"}),
    "/rond": (302, b"", {"Location": "/rond"}),
    "/groot": (200, b"x" * 2000, {}),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        status, body, headers = ANSWERS.get(self.path, (404, b"", {}))
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Stay quiet."""


@pytest.fixture
def server(monkeypatch):
    """A web server on this machine, which passes for one elsewhere under the name "elders"."""
    found = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=found.serve_forever, args=[0.02])
    thread.start()
    real = fetching.check
    monkeypatch.setattr(
        fetching, "check", lambda host, port: "127.0.0.1" if host == "elders" else real(host, port)
    )
    yield f"http://elders:{found.server_port}"
    found.shutdown()
    thread.join()
    found.server_close()


class TestPicture:
    @pytest.mark.parametrize("path", ["/a.png", "/door"])
    def test_is_fetched(self, server, path):
        assert fetching.picture(server + path) == (png(), "png")

    @pytest.mark.parametrize(
        ("path", "why"),
        [
            ("/pagina", "no picture"),
            ("/tekening.svg", "no picture"),
            ("/weg", "404"),
            ("/naar-binnen", "not a public one"),
            ("/naar-bestand", "no web address"),
            ("/rond", "redirects too often"),
        ],
    )
    def test_is_refused_with_a_reason(self, server, path, why):
        with pytest.raises(fetching.Unreachable, match=why):
            fetching.picture(server + path)

    def test_is_refused_when_it_is_too_large(self, server, monkeypatch):
        monkeypatch.setattr(fetching, "MAX_BYTES", 1000)

        with pytest.raises(fetching.Unreachable, match="larger"):
            fetching.picture(server + "/groot")

    def test_is_refused_when_it_takes_too_long(self, server, monkeypatch):
        monkeypatch.setattr(fetching, "DEADLINE", -1)

        with pytest.raises(fetching.Unreachable, match="too long"):
            fetching.picture(server + "/a.png")

    def test_is_refused_when_it_has_too_many_pixels(self, server, monkeypatch):
        monkeypatch.setattr(fetching, "MAX_PIXELS", 15)

        with pytest.raises(fetching.Unreachable, match="pixels"):
            fetching.picture(server + "/a.png")

    @pytest.mark.parametrize(
        "address",
        [
            "http://127.0.0.1/",
            "http://localhost/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://10.1.2.3/",
            "http://192.168.1.1/",
            "http://169.254.169.254/latest/meta-data",
            "http://100.64.0.1/",
            "http://0.0.0.0/",
            "http://2130706433/",
            "http://[fe80::1%25eth0]/",
            "http://[2002:7f00:1::]/",
            "http://224.0.0.1/",
            "ftp://example.org/a.png",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "//example.org",
            "http://",
            "http://[",
            "http://example.org:99999/",
            "",
        ],
    )
    def test_is_never_sought_inside_our_own_network(self, address, monkeypatch):
        monkeypatch.setattr(fetching.socket, "create_connection", lambda *a, **k: pytest.fail("!"))

        with pytest.raises(fetching.Unreachable):
            fetching.picture(address)


class TestCheck:
    def test_refuses_a_name_with_one_private_address(self, monkeypatch):
        rows = [(0, 0, 0, "", (PUBLIC, 80)), (0, 0, 0, "", ("10.0.0.1", 80))]
        monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *a, **k: rows)

        with pytest.raises(fetching.Unreachable):
            fetching.check("elders.example", 80)

    def test_gives_the_address_to_connect_to(self, monkeypatch):
        rows = [(0, 0, 0, "", (PUBLIC, 80))]
        monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *a, **k: rows)

        assert fetching.check("elders.example", 80) == PUBLIC
