"""A door in front of a server: open, shut, or one behind which nobody ever answers."""

import contextlib
import socket
import threading
from enum import Enum


class Mode(Enum):
    OPEN = "open"
    REFUSES = "refuses"  # nobody listens
    HANGS = "hangs"  # whoever comes is let in, and hears nothing


class Gate:
    """Hands connections to a port of this machine on to a Unix socket, or does not."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._mode = Mode.OPEN
        self._held: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._door = self._listen(0)
        self.port = self._door.getsockname()[1]

    @property
    def mode(self) -> Mode:
        return self._mode

    def turn(self, mode: Mode) -> None:
        """Change how comers are met; whoever is inside is cut off, or hears nothing more."""
        was, self._mode = self._mode, mode
        if mode is Mode.HANGS:
            return
        self._hang_up()
        if mode is Mode.REFUSES:
            self._close(self._door)
        elif was is Mode.REFUSES:
            self._door = self._listen(self.port)

    def close(self) -> None:
        self._mode = Mode.REFUSES
        self._close(self._door)
        self._hang_up()

    def _listen(self, port: int) -> socket.socket:
        door = socket.create_server(("127.0.0.1", port), backlog=64)
        threading.Thread(target=self._welcome, args=[door], daemon=True).start()
        return door

    def _welcome(self, door: socket.socket) -> None:
        with contextlib.suppress(OSError):  # the door was shut
            while True:
                comer, _address = door.accept()
                self._keep(comer)
                if self._mode is Mode.OPEN:
                    self._lead_in(comer)

    def _lead_in(self, comer: socket.socket) -> None:
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        server.connect(self._target)
        self._keep(server)
        for ends in ((comer, server), (server, comer)):
            threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if self._mode is Mode.OPEN:
                    target.sendall(data)
        if self._mode is Mode.OPEN:
            self._close(source)
            self._close(target)

    def _keep(self, end: socket.socket) -> None:
        with self._lock:
            self._held.add(end)

    def _hang_up(self) -> None:
        with self._lock:
            held, self._held = self._held, set()
        for end in held:
            self._close(end)

    @staticmethod
    def _close(end: socket.socket) -> None:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
