"""What a subscription is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.subscriptions.models.subscriptions import Subscription

EVERYTHING = "everything"


class Choice(models.Model):
    """One thing that a subscription is about; its digest is about all of them together.

    ``key`` names the thing: the primary key of a blog, chain, author, organisation or
    page; the slug of a tag; the filter of the tool library as a query string, empty for
    the whole of it. What it names may be gone.
    """

    class Kind(models.TextChoices):
        EVERYTHING = EVERYTHING, _("everything")
        SECTION = "section", _("a blog")
        CHAIN = "chain", _("a chain letter")
        AUTHOR = "author", _("an author")
        ORGANISATION = "organisation", _("an organisation")
        TAG = "tag", _("a tag")
        TOOLS = "tools", _("the tool library")
        CONVERSATION = "conversation", _("a conversation")

    subscription = models.ForeignKey(
        Subscription,
        verbose_name=_("subscription"),
        on_delete=models.CASCADE,
        related_name="choices",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=150, blank=True)

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        default_permissions = ()
        ordering = ["kind", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "kind", "key"], name="choice_once_per_subscription"
            ),
            models.CheckConstraint(
                name="choice_everything_is_not_something",
                condition=~models.Q(kind="everything") | models.Q(key=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
