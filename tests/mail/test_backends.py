import pytest
from django.core.mail import EmailMultiAlternatives, send_mail

from config import mailers
from mail.models import Message

WHY = "Je krijgt deze mail omdat je een account hebt bij Estafette."


@pytest.fixture
def _as_in_production(settings):
    for name, value in mailers.mail_through().items():
        setattr(settings, name, value)


@pytest.mark.django_db
@pytest.mark.usefixtures("_as_in_production")
class TestOutboxBackend:
    def test_writes_a_row_for_each_recipient_and_sends_nothing(self, mailoutbox):
        send_mail("Er wacht werk", "Tekst", None, ["a@example.org", "b@example.org"])

        rows = Message.objects.order_by("to")
        assert [(row.to, row.subject, row.text, row.state) for row in rows] == [
            ("a@example.org", "Er wacht werk", f"Tekst\n\n-- \n{WHY}\n", "queued"),
            ("b@example.org", "Er wacht werk", f"Tekst\n\n-- \n{WHY}\n", "queued"),
        ]
        assert mailoutbox == []

    @pytest.mark.parametrize(
        ("html", "kept"),
        [
            ("<p>Tekst</p>", f"<p>Tekst</p><p>{WHY}</p>"),
            ("<body><p>Tekst</p></body>\n", f"<body><p>Tekst</p><p>{WHY}</p></body>\n"),
        ],
    )
    def test_keeps_the_html_and_says_why_it_came(self, html, kept):
        message = EmailMultiAlternatives("Onderwerp", "Tekst", None, ["a@example.org"])
        message.attach_alternative(html, "text/html")
        message.send()

        assert Message.objects.get().html == kept
