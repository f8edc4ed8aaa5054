import pytest
from django.core.mail import EmailMultiAlternatives, send_mail

from mail.models import Message


@pytest.fixture
def _as_in_production(settings):
    settings.EMAIL_BACKEND = "mail.backends.OutboxBackend"


@pytest.mark.django_db
@pytest.mark.usefixtures("_as_in_production")
class TestOutboxBackend:
    def test_writes_a_row_for_each_recipient_and_sends_nothing(self, mailoutbox):
        send_mail("Er wacht werk", "Tekst", None, ["a@example.org", "b@example.org"])

        rows = Message.objects.order_by("to").values_list("to", "subject", "text", "state")
        assert list(rows) == [
            ("a@example.org", "Er wacht werk", "Tekst", "queued"),
            ("b@example.org", "Er wacht werk", "Tekst", "queued"),
        ]
        assert mailoutbox == []

    def test_keeps_the_html(self):
        message = EmailMultiAlternatives("Onderwerp", "Tekst", None, ["a@example.org"])
        message.attach_alternative("<p>Tekst</p>", "text/html")
        message.send()

        assert Message.objects.get().html == "<p>Tekst</p>"
