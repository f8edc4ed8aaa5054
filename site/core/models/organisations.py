"""The partners of the programme."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldRowPanel
from wagtail.search import index

from core import keys


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def partners_on(self, day: date) -> Self:
        """Organisations that are a member on ``day``, by name."""
        return self.filter(
            models.Q(member_from__isnull=True) | models.Q(member_from__lte=day),
            models.Q(member_until__isnull=True) | models.Q(member_until__gt=day),
        ).order_by("name", "pk")


class Organisation(index.Indexed, models.Model):
    """A partner: a municipality, a company, a knowledge institute and so on."""

    class Type(models.TextChoices):
        STATE = "rijk", _("central government")
        MUNICIPALITY = "gemeente", _("municipality")
        PROVINCE = "provincie", _("province")
        WATER_AUTHORITY = "waterschap", _("water authority")
        COMPANY = "bedrijf", _("company")
        KNOWLEDGE = "kennisinstelling", _("knowledge or education institute")
        SOCIETY = "maatschappelijk", _("civil society organisation")

    name = models.CharField(_("name"), max_length=120, unique=True)
    type = models.CharField(_("type"), max_length=20, choices=Type.choices)
    website = models.URLField(_("website"), blank=True)
    member_from = models.DateField(_("member from"), null=True, blank=True)
    member_until = models.DateField(
        _("member until"), null=True, blank=True, help_text=_("The first day without membership.")
    )

    objects = OrganisationQuerySet.as_manager()

    panels = ["name", "type", "website", FieldRowPanel(["member_from", "member_until"])]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="organisation_member_from_before_until",
                condition=models.Q(member_from__isnull=True)
                | models.Q(member_until__isnull=True)
                | models.Q(member_from__lt=models.F("member_until")),
                violation_error_message=_("The membership ends before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """How it stands in an address."""
        return keys.key(self.pk, self.name)
