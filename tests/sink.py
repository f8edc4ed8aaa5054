"""A mail server that takes everything as fast as it can, as a program of its own.

``python -m tests.sink FILE [plain] [slow]`` prints its port. Before it says 250 it writes
the recipient, the Message-ID and the moment on a line of FILE, so that the file tells who
got what even if everyone is killed. The moment is that of `time.monotonic`, which is the
same in all processes. With ``plain`` it does not allow commands together (RFC 2920), with
``slow`` it thinks for a while before it answers to a text. While FILE.refuse exists it
hangs up on whoever comes or goes on.
"""

import asyncio
import os
import re
import sys
import time
from pathlib import Path

_ID = re.compile(rb"^Message-ID: *(\S+)", re.IGNORECASE | re.MULTILINE)
_END = b"\r\n.\r\n"
SLOW = 0.05  # seconds


class Conversation(asyncio.Protocol):
    """One connection; commands and texts as they come in, in whatever pieces."""

    def __init__(self, log: int, refuse: Path, hello: bytes, pause: float) -> None:
        self.log, self.refuse, self.hello, self.pause = log, refuse, hello, pause
        self.waiting = bytearray()
        self.to = b""
        self.is_text = False

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport
        if self.refuse.exists():
            transport.abort()
        else:
            transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        searched = max(0, len(self.waiting) - len(_END))
        self.waiting += data
        answers, had_text = b"", self.is_text
        while (end := self._end(searched)) >= 0:
            part = bytes(self.waiting[:end])
            del self.waiting[: end + (len(_END) if self.is_text else 2)]
            answers += self._take(part) if self.is_text else self._obey(part)
            searched = 0
        if answers and had_text and self.pause:
            asyncio.get_running_loop().call_later(self.pause, self.transport.write, answers)
        elif answers:
            self.transport.write(answers)

    def _end(self, searched: int) -> int:
        return self.waiting.find(_END if self.is_text else b"\r\n", searched)

    def _take(self, text: bytes) -> bytes:
        self.is_text = False
        found = _ID.search(text[:4000])
        line = b"%b %b %f\n" % (self.to, found[1] if found else b"-", time.monotonic())
        os.write(self.log, line)
        return b"250 taken\r\n"

    def _obey(self, command: bytes) -> bytes:
        word = command[:4].upper()
        if word == b"EHLO":
            return self.hello
        if word == b"MAIL" and self.refuse.exists():
            self.transport.abort()
            return b""
        if word == b"RCPT":
            self.to = command.split(b"<")[1].split(b">")[0]
        if word == b"DATA":
            self.is_text = True
            return b"354 go on\r\n"
        if word == b"QUIT":
            self.transport.close()
            return b""
        return b"250 OK\r\n"


async def main(name: str, *how: str) -> None:
    log = os.open(name, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    hello = b"250 sink\r\n" if "plain" in how else b"250-sink\r\n250 PIPELINING\r\n"
    refuse = Path(f"{name}.refuse")
    loop = asyncio.get_running_loop()
    pause = SLOW if "slow" in how else 0
    server = await loop.create_server(
        lambda: Conversation(log, refuse, hello, pause), "127.0.0.1", 0, backlog=200
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
