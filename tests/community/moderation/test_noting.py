import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.users.models import UserProfile

from community.moderation import noting, teamwork
from community.moderation.models import Note
from mail.models import Message
from tests import factories


@pytest.fixture
def editor(db):
    return factories.UserFactory(moderator=True, username="ed")


@pytest.fixture
def colleague(db):
    return factories.UserFactory(moderator=True, username="mo.derator", email="mo@example.org")


@pytest.fixture
def comment(db):
    return factories.comment(status="pending", text="Woorden van de lezer")


def add(comment, by, text):
    return noting.add(comment, by=by, text=text, now=timezone.now())


class TestAdd:
    def test_keeps_notes_in_their_order(self, comment, editor, colleague):
        add(comment, editor, "Eerst")
        add(comment, colleague, "Dan")

        notes = teamwork.teamwork_of([comment.pk])[comment.pk].notes
        assert [(note.author, note.text) for note in notes] == [
            (editor, "Eerst"),
            (colleague, "Dan"),
        ]

    @pytest.mark.parametrize(
        "text",
        ["@mo.derator kijk je mee?", "Dit is er een voor @MO.Derator.", "(@mo.derator)"],
    )
    def test_mails_a_link_to_whom_it_names(self, comment, editor, colleague, text):
        add(comment, editor, text)

        message = Message.objects.get()
        assert (message.to, message.kind) == ("mo@example.org", "moderation.mention")
        assert f"/admin/reacties/{comment.public_id}/" in message.text
        assert comment.page.title in message.text

    def test_mails_no_words_of_a_reader_nor_of_the_note(self, comment, editor, colleague):
        add(comment, editor, "@mo.derator Zie: Woorden van de lezer")

        message = Message.objects.get()
        for words in (message.subject, message.text, message.html):
            assert "Woorden van de lezer" not in words

    @pytest.mark.parametrize(
        "text",
        [
            "mail ze op x@mo.derator",
            "@niemand",
            "@mo",
            "@ed let op jezelf",
            "@",
            "@@mo.derator",
            "a@",
        ],
    )
    def test_mails_nobody_else(self, comment, editor, colleague, text):
        add(comment, editor, text)

        assert not Message.objects.exists()

    def test_mails_each_once(self, comment, editor, colleague):
        add(comment, editor, "@mo.derator en nog eens @mo.derator")

        assert Message.objects.count() == 1

    def test_does_not_mail_who_may_not_moderate(self, comment, editor):
        factories.UserFactory(username="lid")

        add(comment, editor, "@lid")

        assert not Message.objects.exists()

    def test_mails_in_the_language_of_the_colleague(self, comment, editor, colleague):
        UserProfile.objects.create(user=colleague, preferred_language="en")

        add(comment, editor, "@mo.derator")

        assert Message.objects.get().language == "en"
        assert "named you in a note" in Message.objects.get().text

    def test_is_for_those_who_may(self, comment, db):
        with pytest.raises(PermissionDenied):
            add(comment, factories.UserFactory(), "Ik ook")

        assert not Note.objects.exists()
