import pytest
from django.urls import reverse
from django.utils import timezone

from community.comments import states
from community.comments.mails import about
from community.comments.models import Comment
from community.moderation import decisions, noting, rewording, second_opinions, withdrawing
from community.moderation.models import Act, Note
from community.notifications.models import Follow
from mail.models import Message
from tests import factories
from tests.notifying import announce
from tests.writers import SAME_ORIGIN, ask


def waiting_words() -> str:
    """Return the texts of the mails that have still to leave."""
    return str([mail.text for mail in Message.objects.filter(state="queued")])


@pytest.fixture
def announced(db) -> Comment:
    """A comment whose follower has a mail about it that has not left yet."""
    first = factories.comment(email="volger@example.org", follow="replies")
    announce()
    reply = factories.comment(
        first.page.specific, parent=first, at=timezone.now(), text="Te snel geschreven"
    )
    announce()
    assert "Te snel geschreven" in waiting_words()
    return reply


class TestWithdraw:
    def test_drops_the_mails_that_have_not_left(self, announced):
        withdrawing.withdraw(announced, now=timezone.now())

        assert "Te snel" not in waiting_words()

    @pytest.mark.parametrize("state", ["queued", "deferred", "sent", "failed"])
    def test_leaves_none_of_the_words_in_any_mail(self, db, state):
        post, moderator = factories.BlogPageFactory(), factories.UserFactory(moderator=True)
        factories.FollowFactory(page=post)
        comment, _ = ask(post, text="Mijn eigen woorden", name="Noor van Dam")
        states.change(comment, to="pending", now=timezone.now())
        decisions.approve(comment, by=moderator)
        announce()
        decisions.reject(comment, by=moderator, reason="offensive")
        other, _ = ask(post)
        mails = Message.objects.exclude(about=about(other))
        sent_at = timezone.now() if state == "sent" else None
        Message.objects.update(state=state, sent_at=sent_at)
        assert {mail.kind for mail in mails} >= {"comments.confirm", "notifications.refused"}

        withdrawing.withdraw(comment, now=timezone.now())

        for mail in mails.all():
            assert mail.subject + mail.text + mail.html + str(mail.headers) == "{}"
            assert mail.state == ("cancelled" if state in {"queued", "deferred"} else state)
        assert Message.objects.get(about=about(other)).text

    def test_ends_the_mails_about_answers(self, announced):
        first = Comment.objects.get(path=announced.parent_path)
        assert Follow.objects.filter(comment=first).exists()

        withdrawing.withdraw(first, now=timezone.now())

        assert not Follow.objects.exists()

    def test_takes_the_notes_of_editors_along(self, db):
        comment = factories.comment()
        editor = factories.UserFactory(moderator=True)
        noting.add(comment, by=editor, text="Zij schreef: …", now=timezone.now())

        withdrawing.withdraw(comment, now=timezone.now())

        assert not Note.objects.exists()

    def test_leaves_no_word_of_theirs_in_the_log(self, db):
        comment = factories.comment()
        editor, colleague = factories.UserFactory.create_batch(2, moderator=True)
        now = timezone.now()
        second_opinions.ask(comment, by=editor, text="Zij schreef: …", now=now)
        second_opinions.give(comment, by=colleague, text="Ja: …", now=now)

        withdrawing.withdraw(comment, now=now)

        assert not Note.objects.exists()
        assert [act.note for act in Act.objects.all()] == ["", ""]

    def test_takes_a_wish_to_follow_back(self, db):
        comment = factories.comment(status="unconfirmed", follow="page")

        withdrawing.withdraw(comment, now=timezone.now())
        announce()

        assert not Follow.objects.exists()


class TestReword:
    def test_drops_the_mails_with_the_text_that_waits_again(self, announced):
        rewording.reword(announced, text="Rustig geschreven", now=timezone.now())

        assert "Te snel" not in waiting_words()


class TestThePageAfterPosting:
    def test_leads_a_member_to_the_own_comment(self, client, db):
        client.force_login(factories.UserFactory())
        post = factories.BlogPageFactory()
        address = reverse("comments:post", args=[post.pk])

        response = client.post(address, {"comment": "Mijn woorden"}, headers=SAME_ORIGIN)

        page = client.get(response.url).content.decode()
        assert reverse("own:state", args=[Comment.objects.get().public_id]) in page

    def test_leads_a_stranger_nowhere(self, client, db):
        post = factories.BlogPageFactory()
        factories.comment(post)

        response = client.get(reverse("comments:posted", args=[post.pk]), {"staat": "geplaatst"})

        assert "/stand/" not in response.content.decode()
        assert not response.cookies
