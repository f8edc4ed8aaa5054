"""A mail server that answers as a test tells it to, on a free port."""

import email
import email.policy
import socketserver
import threading
from email.message import EmailMessage

from config import mailers


class MailServer:
    """Takes mail over real SMTP. The dicts and sets name addresses, in lower case.

    ``replies`` answers RCPT, ``data_replies`` answers the whole message;
    ``drops`` hangs up after having taken the message, ``once`` forgets such a
    rule after its first use. ``silent`` never says a word. ``pipelining`` says in EHLO
    that commands may come together (RFC 2920).
    """

    def __init__(self) -> None:
        self.replies: dict[str, str] = {}
        self.data_replies: dict[str, str] = {}
        self.sender_reply = "250 OK"
        self.drops: set[str] = set()
        self.once = False
        self.pipelining = False
        self.silent = False
        self.connections = 0
        self.taken: list[tuple[str, bytes]] = []
        self.asleep = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Conversation)
        self._server.script = self
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True)
        self._thread.start()

    @property
    def addresses(self) -> list[str]:
        """Who got mail, in order."""
        return [to for to, _ in self.taken]

    @property
    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=email.policy.default) for _, raw in self.taken]

    def becomes_the_way_out(self, settings, *, timeout: float = mailers.TIMEOUT) -> None:
        """Make the site send its mail here, whichever Django this is."""
        way = mailers.mail_through(host="127.0.0.1", port=self.port, timeout=timeout)
        for name, value in way.items():
            setattr(settings, name, value)

    def close(self) -> None:
        self.asleep.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    script: MailServer


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        script = self.server.script
        script.connections += 1
        if script.silent:
            script.asleep.wait(30)
            return
        self.say("220 test")
        to = ""
        while line := self.rfile.readline().decode("ascii").strip():
            word = line.split(" ")[0].upper()
            if word == "MAIL":
                self.say(script.sender_reply)
            elif word == "RCPT":
                to = line.split("<")[1].split(">")[0].lower()
                self.say(self.rule(script.replies, to) or "250 OK")
            elif word == "DATA":
                if not self.take(to):
                    return
            elif word == "EHLO" and script.pipelining:
                self.say("250-test\r\n250 PIPELINING")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 OK")

    def take(self, to: str) -> bool:
        script = self.server.script
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # they left without a goodbye
            lines.append(line[1:] if line.startswith(b".") else line)
        reply = self.rule(script.data_replies, to) or "250 OK"
        if reply.startswith("250"):
            script.taken.append((to, b"".join(lines)))
        if to in script.drops:
            if script.once:
                script.drops.discard(to)
            return False
        self.say(reply)
        return True

    def rule(self, rules: dict[str, str], to: str) -> str | None:
        return rules.pop(to, None) if self.server.script.once else rules.get(to)

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")
