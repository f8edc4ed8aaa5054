"""Who gets digests, and who follows a conversation."""

import datetime as dt

import factory
from django.utils import timezone

from community.notifications.models import Follow
from community.subscriptions.models import TERMS, Agreement, Choice, Subscription
from tests.factories.posts import BlogPageFactory
from tests.factories.users import UserFactory


class SubscriptionFactory(factory.django.DjangoModelFactory):
    """A weekly subscription that waits for its confirmation.

    The link that confirms it holds its own public id, which its agreement has too.
    """

    class Meta:
        model = Subscription
        skip_postgeneration_save = True

    class Params:
        confirmed = factory.Trait(
            state="confirmed",
            confirmed_at=factory.LazyFunction(timezone.now),
            digested_until=factory.LazyAttribute(lambda it: it.confirmed_at - dt.timedelta(days=7)),
            next_digest_at=factory.SelfAttribute("confirmed_at"),
        )
        ended = factory.Trait(state="ended", ended_at=factory.SelfAttribute("requested_at"))

    email = factory.Sequence("abonnee{}@example.org".format)
    language = "nl"
    consent_text = "Ja, stuur mij het overzicht."
    consent_version = "1"
    consent_page = "/abonneren/"
    requested_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def agreement(self, create, extracted, **kwargs):
        if create:
            terms = {name: getattr(self, name) for name in TERMS}
            Agreement.objects.create(
                subscription=self,
                public_id=self.public_id,
                confirmed_at=self.confirmed_at,
                ended_at=self.ended_at if self.confirmed_at else None,
                **terms,
            )

    @factory.post_generation
    def choices(self, create, extracted, **kwargs):
        """What it is about, as kinds and keys; everything, unless said otherwise."""
        if create:
            about = [("everything", "")] if extracted is None else extracted
            Choice.objects.bulk_create(
                Choice(subscription=self, kind=kind, key=key) for kind, key in about
            )


class AgreementFactory(factory.django.DjangoModelFactory):
    """One time that somebody asked for digests, not confirmed."""

    class Meta:
        model = Agreement

    subscription = factory.SubFactory(SubscriptionFactory)
    frequency = "weekly"
    language = "nl"
    consent_text = "Ja, stuur mij het overzicht."
    consent_version = "1"
    consent_page = "/abonneren/"
    requested_at = factory.LazyFunction(timezone.now)


class FollowFactory(factory.django.DjangoModelFactory):
    """Someone without account who has followed a page's whole conversation for a day."""

    class Meta:
        model = Follow

    class Params:
        member = factory.Trait(user=factory.SubFactory(UserFactory), email="")
        unconfirmed = factory.Trait(active_at=None)

    page = factory.SubFactory(BlogPageFactory)
    email = factory.Sequence("volger{}@example.org".format)
    language = "nl"
    consent_text = "Mail mij bij elke nieuwe reactie in dit gesprek"
    requested_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1))
    active_at = factory.SelfAttribute("requested_at")
