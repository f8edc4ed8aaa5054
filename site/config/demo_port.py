"""Which port a demo listens on, for commands that are run beside it."""

import json
from pathlib import Path
from urllib.parse import urlsplit

USUAL = 8000


def port_of_demo(directory: Path) -> int:
    """Return the port that the demo in ``directory`` was last prepared for, or the usual one."""
    try:
        done = json.loads((directory / "prepared.json").read_text())
        return urlsplit(done["set_address"]).port or USUAL
    except (OSError, ValueError, KeyError):
        return USUAL
