"""Tools, and who uses them."""

import factory
import wagtail_factories
from django.utils import timezone

from tests.factories.pages import OrganisationFactory, the_tool_index
from tools.models import ToolCriterion, ToolPage, ToolStep, ToolUse


class ToolPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = ToolPage

    parent = factory.LazyFunction(the_tool_index)
    title = factory.Sequence("Hulpmiddel {}".format)
    one_line = "Helpt gemeenten om samen te beslissen."
    process = "ontwerpen"
    category = "data"
    question = "Wie beslist er over sensoren op straat?"
    owner_organisation = factory.SubFactory(OrganisationFactory)


class ToolStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ToolStep

    tool = factory.SubFactory(ToolPageFactory)
    text = factory.Sequence("Stap {}".format)
    sort_order = factory.Sequence(int)


class ToolCriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ToolCriterion

    tool = factory.SubFactory(ToolPageFactory)
    criterion = "haalbaar"
    answer = "deels"
    why = "Het kost minder dan een week."


class ToolUseFactory(factory.django.DjangoModelFactory):
    """A use that everyone may read; ``waiting=True`` gives one that nobody has checked."""

    class Meta:
        model = ToolUse

    class Params:
        waiting = factory.Trait(verified_at=None, appeared_at=None)

    tool = factory.SubFactory(ToolPageFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    note = factory.Sequence("Wij leerden ervan, {} keer.".format)
    verified_at = factory.LazyFunction(timezone.now)
    appeared_at = factory.SelfAttribute("verified_at")
