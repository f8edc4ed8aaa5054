"""Whom a page's restrictions let through."""

from typing import Self

from django.contrib.auth import get_user_model
from django.db import models
from wagtail.models import PageViewRestriction


class ReadersQuerySet(models.QuerySet):
    """Rows with a ``user``, which is empty for an address."""

    def that_may_read(self, restrictions: list[PageViewRestriction]) -> Self:
        """Rows of people who pass each of a page's ``restrictions``."""
        return self.filter(people_who_pass(restrictions)) if restrictions else self


def people_who_pass(restrictions: list[PageViewRestriction]) -> models.Q:
    """Return what holds for rows whose ``user`` passes each of a page's ``restrictions``.

    A password is known to a browser and to nobody's mailbox, so it lets nobody
    through here.
    """
    passes = models.Q()
    for restriction in restrictions:
        if restriction.restriction_type == PageViewRestriction.PASSWORD:
            return models.Q(pk__in=[])
        passes &= models.Q(user__isnull=False)
        if restriction.restriction_type == PageViewRestriction.GROUPS:
            members = models.Q(groups__in=restriction.groups.all())
            people = get_user_model().objects.filter(members | models.Q(is_superuser=True))
            passes &= models.Q(user__in=people.order_by().values("pk"))
    return passes
