"""Accounts that are not kept: those of which nobody ever proved the address."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from users.models import User

UNPROVEN_KEPT_FOR = timedelta(days=7)


@transaction.atomic
def purge_unproven(*, now: datetime) -> int:
    """Delete what was signed up for and never confirmed within a week; return how many.

    Who has proven an address keeps the account, and so does whoever got it from an
    administrator, for that has no row for the address.
    """
    fresh = User.objects.filter(last_login__isnull=True, date_joined__lt=now - UNPROVEN_KEPT_FOR)
    signed_up = fresh.filter(emailaddress__isnull=False, is_staff=False, is_superuser=False)
    unproven = signed_up.exclude(emailaddress__verified=True).distinct()
    pks = list(unproven.values_list("pk", flat=True))
    return User.objects.filter(pk__in=pks).delete()[1].get("users.User", 0)


def purge_sessions(*, now: datetime) -> int:
    """Delete sessions that have ended, with the codes and addresses in them; return how many."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]
