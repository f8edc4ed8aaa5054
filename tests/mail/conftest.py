import pytest

from tests.smtp import MailServer


@pytest.fixture
def server(settings):
    """A mail server that takes everything until told otherwise."""
    server = MailServer()
    server.becomes_the_way_out(settings)
    yield server
    server.close()
