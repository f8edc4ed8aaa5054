"""What is brought in, and what the web would answer."""

import pytest

from exchange.wordpress import fetching
from tests import factories, wxr
from tests.exchange.importing import bring_in


@pytest.fixture
def run(tmp_path, blog_index):
    """Return a function that brings items in by the command, and gives the counts."""

    def command(*items: str, arguments: tuple = (), **settings) -> dict:
        path = tmp_path / "export.xml"
        path.write_text(wxr.document(*items, **settings))
        return bring_in(path, *arguments)

    return command


@pytest.fixture
def web(monkeypatch):
    """Answer for the web: a picture at every .png, and a list of what was asked for."""
    asked = []

    def picture(address: str) -> tuple[bytes, str]:
        asked.append(address)
        if not address.endswith(".png"):
            raise fetching.Unreachable("it answers 404")
        return factories.ImageFactory.build().file.read(), "png"

    monkeypatch.setattr(fetching, "picture", picture)
    return asked
