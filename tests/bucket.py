"""A storage that speaks as much of S3 as uploads need, on a free port."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Bucket:
    """Keeps what is put into it in ``files``, by path; ``asked`` is every request line."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=[0.02])
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def _handler(bucket) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler has a self too
        class Handler(BaseHTTPRequestHandler):
            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                bucket.files[self.path] = body
                self.answer(200)

            def do_GET(self) -> None:
                found = bucket.files.get(self.path)
                self.answer(404 if found is None else 200, found or b"")

            do_HEAD = do_GET  # noqa: N815

            def do_DELETE(self) -> None:
                bucket.files.pop(self.path, None)
                self.answer(204)

            def answer(self, status: int, body: bytes = b"") -> None:
                bucket.asked.append(f"{self.command} {self.path}")
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Last-Modified", "Mon, 02 Mar 2026 12:00:00 GMT")
                self.send_header("Connection", "close")
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def log_message(self, *args) -> None:
                """Say nothing."""

        return Handler
