"""The words that tools are described by. Source: the programme's own terms (README)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Process(models.TextChoices):
    """What kind of work on the city a tool changes."""

    DESIGN = "ontwerpen", _("designing")
    BUILD = "inrichten", _("building")
    MAINTAIN = "beheren", _("maintaining")
    GOVERN = "besturen", _("governing")


class Category(models.TextChoices):
    """What a tool is about."""

    DATA = "data", _("working with data and data literacy")
    INTERPRETING = "interpreteren", _("interpreting data")
    GOVERNANCE = "bestuur", _("governance and organisation")
    DESIGN = "ontwerp", _("design")
    MOBILITY = "mobiliteit", _("smart mobility")


class Stage(models.TextChoices):
    """Where a tool is in its life."""

    DEVELOP = "ontwikkelen", _("developing")
    TEST = "toetsen", _("testing")
    IMPLEMENT = "implementeren", _("implementing")
    SECURE = "borgen", _("embedding")
    SCALE = "opschalen", _("scaling up")


class Evidence(models.TextChoices):
    """How much is known of a tool's use, after the relay model of NL Design System."""

    WANTED = "gezocht", _("help wanted")
    COMMUNITY = "community", _("community")
    CANDIDATE = "kandidaat", _("candidate")
    PROVEN = "bewezen", _("proven")
    RETIRED = "vervallen", _("retired")


class Experience(models.TextChoices):
    """How an organisation gets on with a tool."""

    TRIAL = "proef", _("is trying it out")
    WORKS = "werkt", _("works well")
    PARTLY = "deels", _("works in part")
    STOPPED = "gestopt", _("has stopped using it")


FOR_REAL = (Experience.WORKS, Experience.PARTLY)
"""How those get on who use a tool in their daily work: what makes a candidate of it."""


class Origin(models.TextChoices):
    OWN = "eigen", _("made by the programme")
    EXISTING = "bestaand", _("existed already")


class Cost(models.TextChoices):
    FREE = "gratis", _("free")
    LOW = "laag", _("up to 1,000 euros")
    MEDIUM = "midden", _("1,000 to 10,000 euros")
    HIGH = "hoog", _("more than 10,000 euros")


class Skill(models.TextChoices):
    BASIC = "basis", _("no prior knowledge")
    SOME = "enige", _("some experience")
    EXPERT = "expert", _("specialist")


class Criterion(models.TextChoices):
    """Three conditions and two principles that each tool is held against."""

    FEASIBLE = "haalbaar", _("feasible")
    SCALABLE = "schaalbaar", _("scalable")
    SHAREABLE = "deelbaar", _("shareable")
    DEMOCRATIC = "democratisch", _("democratic")
    SUSTAINABLE = "duurzaam", _("sustainable")


CRITERION_MEANS = {
    Criterion.FEASIBLE: _(
        "Gives a result within an agreed time and budget, and is usable in everyday practice."
    ),
    Criterion.SCALABLE: _("Standardised, and built on norms that exist."),
    Criterion.SHAREABLE: _("Widely usable, and without ties to one supplier."),
    Criterion.DEMOCRATIC: _(
        "Protects privacy, autonomy, safety, control over technology, human dignity, "
        "justice and a balance of power."
    ),
    Criterion.SUSTAINABLE: _("Helps to make a city inclusive, safe, resilient and sustainable."),
}


class Answer(models.TextChoices):
    NO = "nee", _("no")
    PARTLY = "deels", _("partly")
    YES = "ja", _("yes")
