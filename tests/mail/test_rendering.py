import pytest
from django.db import transaction

from mail import outbox, rendering
from mail.models import Message
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

    def test_is_written_down_for_many_in_one_insert(self, db, circular, django_assert_num_queries):
        copies = [
            Copy(to=f"lezer{n}@example.org", own_link=f"{LINK}{n}", headers={"X-Nummer": str(n)})
            for n in range(50)
        ]

        with django_assert_num_queries(1):
            assert outbox.enqueue_copies(circular, copies) == 50

        messages = Message.objects.order_by("pk")
        assert len({message.key for message in messages}) == 50
        assert [message.headers["X-Nummer"] for message in messages[:2]] == ["0", "1"]
        assert messages[0].state == Message.State.QUEUED

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
