import pytest
from django.db import transaction

from mail import outbox, rendering
from mail.models import Body, Message
from mail.rendering import Circular, Copy

TEMPLATE = "notifications/mail/already"
LINK = "https://estafette.example.org/x/?a=1&b=2"


@pytest.fixture
def circular(home) -> Circular:
    # `link` stands where a template of ours would have put {{ own_link }}
    context = {"page": {"title": "Een & ander"}, "link": "https://estafette.example.org/y/"}
    made = rendering.render(TEMPLATE, "nl", context)
    parts = {name: part.replace(context["link"], "0" * 32) for name, part in made.items()}
    return Circular(kind="tests.many", language="nl", parts=parts, marks={"own_link": "0" * 32})


class TestAMail:
    @pytest.mark.parametrize(
        ("language", "front_page"),
        [("nl", "https://estafette.example.org/"), ("en", "https://estafette.example.org/en/")],
    )
    def test_leads_to_the_front_page_in_the_language_of_its_reader(
        self, english_home, language, front_page
    ):
        context = {"page": {"title": "Een & ander"}, "link": LINK}

        parts = rendering.render(TEMPLATE, language, context)

        assert parts["html"].count(f'href="{front_page}"') == 2
        assert f"Estafette: {front_page}\n" in parts["text"]


class TestACircular:
    def test_gives_each_copy_its_own_link_escaped_where_that_is_due(self, circular):
        parts = circular.parts_for(Copy(to="lezer@example.org", own_link=LINK))

        assert LINK in parts["text"]
        assert LINK.replace("&", "&amp;") in parts["html"]
        assert circular.marks["own_link"] not in "".join(parts.values())

    @pytest.mark.parametrize("many", [2, 50])
    def test_is_written_down_once_and_its_copies_in_one_insert(
        self, db, circular, many, django_assert_num_queries
    ):
        copies = [
            Copy(to=f"lezer{n}@example.org", own_link=f"{LINK}{n}", headers={"X-Nummer": str(n)})
            for n in range(many)
        ]

        with django_assert_num_queries(1 + 1 + 1):  # is it there, what all say, copies
            written = outbox.enqueue_copies(circular, copies)

        messages = Message.objects.order_by("pk")
        assert [message.pk for message in messages] == written
        assert len({message.key for message in messages}) == many
        assert Body.objects.count() == 1
        assert [message.headers["X-Nummer"] for message in messages[:2]] == ["0", "1"]
        assert messages[0].state == Message.State.QUEUED
        for message, copy in zip(messages, copies, strict=True):
            parts = {name: getattr(message, name) for name in ("subject", "text", "html")}
            assert parts == circular.parts_for(copy)

    def test_in_several_goes_is_still_written_down_once(self, db, circular):
        for go in range(3):
            copies = [Copy(to=f"lezer{go}-{n}@example.org", own_link=LINK) for n in range(2)]
            outbox.enqueue_copies(circular, copies)

        assert Body.objects.get().messages.count() == 6

    def test_of_one_copy_is_a_mail_like_any_other(self, db, circular, django_assert_num_queries):
        copy = Copy(to="lezer@example.org", own_link=LINK)

        with django_assert_num_queries(1):
            [key] = outbox.enqueue_copies(circular, [copy])

        message = Message.objects.get(pk=key)
        assert message.body is None
        assert message.text == circular.parts_for(copy)["text"]

    def test_is_forgotten_for_all_when_what_it_is_about_is(self, db, circular):
        copies = [
            Copy(to=f"lezer{n}@example.org", own_link=LINK, about=f"comment:{n % 2}")
            for n in range(4)
        ]
        keys = outbox.enqueue_copies(circular, copies)

        outbox.forget(about="comment:0")

        message = Message.objects.get(pk=keys[0])
        assert (message.subject, message.text, message.html) == ("", "", "")
        assert Body.objects.exists()
        outbox.forget(about="comment:1")
        assert not Body.objects.exists()

    @pytest.mark.parametrize(
        "copy",
        [
            Copy(to="a@example.org\r\nBcc: b@example.org", own_link=LINK),
            Copy(to="a@example.org", own_link=LINK, headers={"X": "a\r\nBcc: b@example.org"}),
        ],
    )
    def test_with_a_line_end_in_a_header_is_refused(self, db, circular, copy):
        with pytest.raises(ValueError, match="one line"):
            outbox.enqueue_copies(circular, [copy])

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    def test_is_refused_outside_the_transaction_of_what_caused_it(self, circular):
        assert not transaction.get_connection().in_atomic_block

        with pytest.raises(outbox.TransactionRequired):
            outbox.enqueue_copies(circular, [])
