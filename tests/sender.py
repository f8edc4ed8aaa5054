"""A worker's way of sending, as a program that can be killed: ``python -m tests.sender PORT``.

It sends what is due in the database of the environment until nothing waits, with a lease
of two seconds, so that a test need not wait for two minutes. It prints the seconds of CPU
that it took. ``WAIT=1`` makes it say that it is ready and begin when told to.
"""

import os
import sys
import time
from datetime import timedelta


def main(port: int) -> None:
    from mail import delivering
    from mail.models import Message

    aim(port)
    if os.environ.get("WAIT"):
        print("ready", flush=True)
        sys.stdin.readline()
    before = time.process_time()
    while Message.objects.exclude(state="sent").exists():
        if not delivering.deliver_all().sent:
            time.sleep(0.1)
    print(time.process_time() - before, flush=True)


def aim(port: int) -> None:
    """Let this process send to the mail server at ``port``, with leases that end soon."""
    from django.conf import settings

    from config import mailers
    from mail import retrying, states

    for name, value in mailers.mail_through(host="127.0.0.1", port=port).items():
        setattr(settings, name, value)
    states.LEASE = timedelta(seconds=float(os.environ.get("LEASE", "2")))
    retrying.LOST = retrying.AWAY = timedelta(seconds=0.5)


def start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django
    from django.conf import settings
    from django.db import connection

    django.setup()
    if name := os.environ.get("TEST_DATABASE"):
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


if __name__ == "__main__":
    start_django()
    main(int(sys.argv[1]))
