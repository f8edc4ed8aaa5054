"""What every mail of the site has in common, whatever it is about."""

import email
import email.policy
import itertools
import re
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.db import transaction

from mail import composing, outbox
from mail.models import Message
from tests.factories import MessageFactory

TEMPLATES = sorted(
    str(path.parent.relative_to(settings.ROOT_DIR / "templates"))
    for path in settings.ROOT_DIR.glob("templates/*/mail/*/body.txt")
)
CONTEXT = {
    "link": "https://estafette.example.org/x/?a=1&b=2",
    "page": {"title": "Een & ander, " + "met een lange titel " * 9},
    "days": 7,
    "hours": 48,
    "mine": 2,
    "count": 12,
    "more": 2,
    "code": "123456",
}
LIST = {
    "List-Unsubscribe": "<https://estafette.example.org/afmelden/x/>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}


def enqueue(template: str, language: str = "nl", **kwargs) -> Message:
    room, _mail, name = template.split("/")
    with transaction.atomic():
        return outbox.enqueue(
            kind=f"{room}.{name}",
            to="lezer@example.org",
            language=language,
            template=template,
            context=CONTEXT,
            **kwargs,
        )


def wire(message: Message) -> bytes:
    return composing.compose(message).message().as_bytes()


def parsed(message: Message) -> EmailMessage:
    mail = email.message_from_bytes(wire(message), policy=email.policy.default)
    assert [part.defects for part in mail.walk() if part.defects] == []
    return mail


@pytest.mark.django_db
@pytest.mark.parametrize(("template", "language"), list(itertools.product(TEMPLATES, ["nl", "en"])))
class TestEveryMail:
    def test_parses_and_has_no_line_that_is_too_long(self, home, template, language):
        message = enqueue(template, language)

        mail = parsed(message)

        assert mail["Subject"].strip()
        assert mail.get_content_type() == "multipart/alternative"
        assert max(map(len, wire(message).splitlines())) <= 998
        assert mail["Auto-Submitted"] == "auto-generated"

    def test_says_why_it_came_in_text_and_in_html(self, home, template, language):
        message = enqueue(template, language)
        why = {"nl": r"Je krijgt dit|Je krijgt deze mail", "en": r"You get this"}[language]

        assert re.search(why, message.text.partition("-" * 40)[2])
        assert re.search(why, message.html.partition('class="foot"')[2])

    def test_breaks_a_word_that_is_wider_than_a_telephone(self, home, template, language):
        cell = re.search(r'<td class="content"[^>]*>', enqueue(template, language).html)

        assert cell is not None
        assert "overflow-wrap: anywhere" in cell[0]


@pytest.mark.django_db
class TestAMailOfAList:
    def test_says_which_and_how_to_stop_it_with_one_click(self):
        mail = parsed(MessageFactory(kind="moderation.waiting", headers=LIST))

        assert mail["List-Id"] == "<moderation.estafette.example.org>"
        assert mail["List-Unsubscribe"] == LIST["List-Unsubscribe"]
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["Precedence"] == "bulk"

    def test_keeps_the_name_that_it_was_given(self):
        mail = parsed(MessageFactory(headers=LIST | {"List-Id": "<digest.example.org>"}))

        assert mail.get_all("List-Id") == ["<digest.example.org>"]

    def test_promises_one_click_only_where_it_is_so(self):
        only_a_page = {"List-Unsubscribe": LIST["List-Unsubscribe"]}

        assert parsed(MessageFactory(headers=only_a_page))["List-Unsubscribe-Post"] is None


@pytest.mark.django_db
class TestAMailThatSomebodyAskedFor:
    def test_belongs_to_no_list(self):
        mail = parsed(MessageFactory(kind="comments.confirm"))

        assert mail["List-Id"] is None
        assert mail["Precedence"] is None


@pytest.mark.django_db
class TestTheMessageId:
    def test_is_each_mails_own_and_the_same_each_time(self):
        messages = MessageFactory.create_batch(20)

        first = [parsed(message)["Message-ID"] for message in messages]
        again = [parsed(message)["Message-ID"] for message in Message.objects.order_by("pk")]

        assert len(set(first)) == 20
        assert first == again

    def test_is_known_again_in_a_report(self):
        message = MessageFactory()

        [(key, host)] = composing.MESSAGE_KEY.findall(composing.message_id(message))

        assert (key, host) == (str(message.key), composing.host())
