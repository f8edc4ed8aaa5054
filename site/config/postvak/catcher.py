"""A mail server that keeps everything and delivers nothing. Run by the supervisor."""

import asyncio
import os
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

MAX_BYTES = 25 * 1024 * 1024


class Keeper:
    """Writes each mail down as one file; its name sorts by the moment of arrival."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        keep(self.directory, recipients=envelope.rcpt_tos, content=envelope.original_content or b"")
        return "250 Kept"


def keep(directory: Path, *, recipients: list[str], content: bytes) -> Path:
    """Write a mail to a file that readers see whole or not at all."""
    delivered = "".join(f"Delivered-To: {recipient}\r\n" for recipient in recipients)
    path = directory / f"{time.time_ns():020d}-{os.urandom(3).hex()}.eml"
    new = path.with_suffix(".new")
    new.write_bytes(delivered.encode() + content)
    return new.replace(path)


async def serve(directory: Path) -> None:
    """Listen on a free port of this machine, and write that port into the folder."""
    directory.mkdir(parents=True, exist_ok=True)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(
            Keeper(directory),
            data_size_limit=MAX_BYTES,
            enable_SMTPUTF8=True,
            loop=asyncio.get_running_loop(),
        ),
        host="127.0.0.1",
        port=0,
    )
    new = directory / "port.new"
    new.write_text(str(server.sockets[0].getsockname()[1]))
    new.replace(directory / "port")
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
