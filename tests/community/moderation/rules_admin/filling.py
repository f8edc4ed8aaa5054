"""What an editor fills in about a rule, and how it is saved."""

import re

from django.test import Client

LIST, NEW = "/admin/reacties/regels/", "/admin/reacties/regels/nieuw/"
HOSTILE = ["", "\u0661", "\x00", "' or 1=1", "<script>", "9" * 30, "\ufffd", "🎰"]


def filled(**changes) -> dict[str, str]:
    """Return what an editor fills in about a good rule."""
    return {
        "kind": "word",
        "pattern": "casino",
        "act": "hold",
        "reason": "Reclame voor gokken",
        **changes,
    }


def look(desk: Client, path: str = NEW, **changes):
    """Ask for the preview; return its response and the proof that it was seen."""
    response = desk.post(path, filled(**changes))
    found = re.search('name="gezien" value="([^"]+)"', response.content.decode())
    return response, found[1] if found else ""


def save(desk: Client, path: str = NEW, **changes):
    """See what a rule would have caught, and save it."""
    _response, proof = look(desk, path, **changes)
    return desk.post(path, filled(gezien=proof, **changes), follow=True)
