"""Another organisation's login, as small as can be (OpenID Connect)."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt

CLIENT = "estafette"


@dataclass
class Provider:
    """A provider at ``url``, where ``person`` logs in; ``asked`` is what it was asked."""

    url: str
    person: dict
    asked: list[str] = field(default_factory=list)

    @property
    def settings(self) -> dict:
        app = {
            "provider_id": "oidc",
            "name": "Gemeente Voorbeeld",
            "client_id": CLIENT,
            "secret": "geheim",
            "settings": {"server_url": self.url},
        }
        return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}

    def answer(self, path: str) -> dict:
        self.asked.append(path)
        if path == "/token":
            return {"access_token": "x", "token_type": "Bearer", "id_token": self._id_token()}
        if path == "/userinfo":
            return self.person
        names = ("authorization", "token", "userinfo")
        paths = ("authorize", "token", "userinfo")
        ends = {
            f"{name}_endpoint": f"{self.url}/{path}"
            for name, path in zip(names, paths, strict=True)
        }
        return {"issuer": self.url, "jwks_uri": f"{self.url}/keys", **ends}

    def _id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, **self.person}
        return jwt.encode(claims, "a key of enough length for any algorithm", algorithm="HS256")


@contextmanager
def running(person: dict) -> Iterator[Provider]:
    """Run a provider on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(provider.answer(self.path)).encode()
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}", person)
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
