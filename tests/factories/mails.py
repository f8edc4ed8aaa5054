"""Mails in the outbox."""

import factory
from django.utils import timezone

from mail.models import Message


class MessageFactory(factory.django.DjangoModelFactory):
    """A mail that is due."""

    class Meta:
        model = Message

    class Params:
        sent = factory.Trait(state="sent", sent_at=factory.LazyFunction(timezone.now))

    kind = "tests.note"
    to = factory.Sequence("lezer{}@example.org".format)
    language = "nl"
    subject = "Een bericht"
    text = "De tekst van het bericht.\n"
    html = "<p>De tekst van het bericht.</p>"
    due_at = factory.LazyFunction(timezone.now)
