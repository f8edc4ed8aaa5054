"""People with accounts, and what they find in their mailbox."""

import re
from collections.abc import Callable

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from mail.models import Message
from tests import factories
from users.models import User

PASSWORD = "een goed verhaal"


@pytest.fixture(autouse=True)
def _nobody_asked_before():
    """Give every test its own counters: they are kept in memory."""
    cache.clear()


@pytest.fixture
def later():
    """Turn the clock on, by a `timedelta`."""
    with time_machine.travel(timezone.now()) as clock:
        yield clock.shift


@pytest.fixture
def member(db, home) -> User:
    user = factories.UserFactory(
        username="lid", first_name="Sam", last_name="de Wit", email="sam@example.org"
    )
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def mails(db) -> Callable[..., list[Message]]:
    """Return what the outbox holds for an address, oldest first."""
    return lambda to: list(Message.objects.to_address(to).order_by("pk"))


@pytest.fixture
def code_for(mails) -> Callable[[str], str]:
    """Return the code in the newest mail for an address."""

    def find(to: str) -> str:
        return re.search(r"^[A-Z]{4}-[A-Z]{4}$", mails(to)[-1].text, re.M)[0]

    return find
