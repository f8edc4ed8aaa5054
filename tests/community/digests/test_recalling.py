"""What a digest tells may be taken back while the digest waits for the mail server."""

import datetime as dt

import pytest
from django.utils import timezone

from blog.models import BlogPage
from community.comments import editing, states, unnaming
from community.comments.models import Comment
from community.digests import digests, holds, letters, recalling, writing
from community.digests.models import Delivery, Letter
from community.digests.tasks import purge, write_digests
from community.moderation import withdrawing
from community.subscriptions import subscriptions
from mail.delivering import deliver_all
from mail.models import Message
from tests import factories
from tests.community.digests.news import make_private
from tests.community.digests.sending import DAY, new_post, send
from tests.factories import SubscriptionFactory, ToolPageFactory, ToolUseFactory, UserFactory

State = Message.State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def post() -> BlogPage:
    return new_post(title="Sensoren op straat")


@pytest.fixture
def comment(post) -> Comment:
    return factories.comment(post, name="Saskia de Wit", text="Mijn adres is Kade 1.")


def back_again() -> None:
    """Let what is written have waited for a mail server that was away, and leave."""
    Message.objects.update(state=State.DEFERRED, attempts=3, due_at=timezone.now())
    deliver_all()
    write_digests()  # which lets them leave as well


def told(server) -> str:
    """Return what the only mail that left says."""
    [mail] = server.mails
    return mail.get_body("plain").get_content() + mail["Subject"]


WITHDRAWN = {
    "deleted by its writer": lambda it: withdrawing.withdraw(it, now=timezone.now()),
    "removed": lambda it: states.change(it, to=Comment.Status.REMOVED, now=timezone.now()),
    "held": lambda it: states.change(it, to=Comment.Status.PENDING, now=timezone.now()),
    "gone": lambda it: it.delete(),
    "edited": lambda it: editing.replace(it, text="Niets.", now=timezone.now(), by_editor=True),
}


class TestAComment:
    @pytest.mark.parametrize("happened", WITHDRAWN)
    def test_that_is_withdrawn_does_not_leave(self, server, post, comment, happened):
        SubscriptionFactory(confirmed=True)
        send()

        WITHDRAWN[happened](comment)
        back_again()

        assert "Sensoren op straat" in told(server)
        assert "Kade 1" not in told(server)

    def test_that_lost_its_name_leaves_without(self, server, comment):
        SubscriptionFactory(confirmed=True)
        send()

        unnaming.unname(comment)
        back_again()

        assert "Saskia" not in told(server)
        assert "Mijn adres" in told(server)

    def test_that_was_all_there_was_leaves_no_mail(self, server):
        page = new_post(title="Oud")
        BlogPage.objects.update(first_published_at=timezone.now() - 90 * DAY)
        comment = factories.comment(page, text="Het enige nieuws.")
        SubscriptionFactory(confirmed=True)
        assert send().mails == 1

        withdrawing.withdraw(comment, now=timezone.now())
        back_again()

        assert server.mails == []
        assert not Delivery.objects.exists()
        assert not Message.objects.undone().exists()


def unpublish(page) -> None:
    page.unpublish()


def delete(page) -> None:
    page.delete()


class TestAPage:
    @pytest.mark.parametrize("take_away", [unpublish, delete, make_private])
    def test_that_nobody_may_read_any_more_does_not_leave(self, server, post, take_away):
        gone = new_post(title="Ingetrokken")
        tool = ToolPageFactory(title="Weg ermee", first_published_at=timezone.now())
        SubscriptionFactory(confirmed=True)
        send()

        take_away(gone)
        take_away(tool)
        back_again()

        assert "Sensoren op straat" in told(server)
        assert "Ingetrokken" not in told(server)
        assert "Weg ermee" not in told(server)

    def test_that_is_hidden_takes_its_comments_along(self, server, post):
        old = new_post(title="Van vroeger")
        BlogPage.objects.filter(pk=old.pk).update(first_published_at=timezone.now() - 90 * DAY)
        factories.comment(old, text="Daaronder gezegd.")
        SubscriptionFactory(confirmed=True)
        send()

        make_private(old)
        back_again()

        assert "Sensoren op straat" in told(server)
        assert "Daaronder gezegd." not in told(server)


class TestTheUseOfATool:
    def test_that_is_withdrawn_does_not_leave(self, server, post):
        tool = ToolPageFactory(first_published_at=timezone.now() - 90 * DAY)
        use = ToolUseFactory(tool=tool, note="Werkt bij ons.", verified_at=timezone.now())
        SubscriptionFactory(confirmed=True)
        send()

        use.delete()
        back_again()

        assert "Sensoren op straat" in told(server)
        assert "Werkt bij ons." not in told(server)


class TestADigest:
    def test_of_which_nothing_was_taken_back_leaves_as_it_was_written(self, server, post, comment):
        ToolUseFactory(tool=ToolPageFactory(), verified_at=timezone.now())
        SubscriptionFactory.create_batch(3, confirmed=True, confirmed_at=timezone.now())
        send()
        written = set(Message.objects.values_list("pk", flat=True))

        deliver_all()

        assert set(Message.objects.values_list("pk", "state")) == {
            (pk, State.SENT) for pk in written
        }
        assert len(server.taken) == 3

    def test_is_one_for_each_reader_whatever_is_taken_back(self, server, post, comment):
        readers = SubscriptionFactory.create_batch(4, confirmed=True, confirmed_at=timezone.now())
        readers.append(SubscriptionFactory(confirmed=True, language="en"))
        send()

        comment.delete()
        back_again()

        assert sorted(server.addresses) == sorted(reader.email for reader in readers)
        assert not Delivery.objects.open().exists()

    def test_that_has_left_is_not_written_again(self, server, post, comment):
        SubscriptionFactory(confirmed=True)
        send()
        deliver_all()

        comment.delete()
        deliver_all()
        write_digests()

        assert len(server.taken) == 1
        assert Delivery.objects.get().message.state == State.SENT

    def test_is_not_written_again_for_who_left_meanwhile(self, server, post, comment):
        reader = SubscriptionFactory(confirmed=True)
        send()

        comment.delete()
        deliver_all()
        subscriptions.end(reader, now=timezone.now())
        write_digests()

        assert server.taken == []
        assert not Delivery.objects.open().exists()

    def test_waits_for_the_release_when_an_editor_holds_the_digests(self, server, post, comment):
        editor = UserFactory(digests=True)
        SubscriptionFactory(confirmed=True)
        send()
        holds.hold(by=editor, now=timezone.now())

        comment.delete()
        back_again()
        assert server.taken == []

        holds.release(by=editor, now=timezone.now())
        write_digests()
        assert "Kade 1" not in told(server)

    def test_that_no_more_is_known_of_leaves(self, server, post):
        SubscriptionFactory(confirmed=True)
        send()
        Letter.objects.all().delete()

        deliver_all()

        assert "Sensoren op straat" in told(server)

    def test_is_looked_up_anew_when_something_was_taken_back_during_the_run(
        self, post, comment, monkeypatch
    ):
        SubscriptionFactory.create_batch(3, confirmed=True, confirmed_at=timezone.now())
        monkeypatch.setattr(writing, "CHUNK", 1)
        copy = letters.copy

        def copy_and_delete(reader):
            Comment.objects.all().delete()
            return copy(reader)

        monkeypatch.setattr(letters, "copy", copy_and_delete)

        digests.send_due(now=timezone.now())

        texts = [message.text for message in Message.objects.order_by("pk")]
        assert ["Kade 1" in text for text in texts] == [True, False, False]

    def test_costs_as_many_queries_for_ten_as_for_one(self, post, comment, count_queries):
        def look() -> int:
            return count_queries(lambda: recalling.stale(Message.objects.all()))

        SubscriptionFactory(confirmed=True)
        send()
        one = look()
        for language in ("nl", "en"):
            for frequency in ("daily", "weekly", "monthly"):
                SubscriptionFactory(confirmed=True, language=language, frequency=frequency)
        send()

        assert look() == one


class TestWhatALetterTold:
    def test_is_forgotten_with_the_words_of_the_mails(self, post):
        SubscriptionFactory(confirmed=True)
        send()
        old, young = (timezone.now() - dt.timedelta(days=days) for days in (31, 29))

        Letter.objects.update(written_at=young)
        purge()
        assert Letter.objects.exists()

        Letter.objects.update(written_at=old)
        purge()
        assert not Letter.objects.exists()
        assert Message.objects.get().about == ""

    def test_holds_no_words_and_no_names(self, post, comment):
        SubscriptionFactory(confirmed=True)
        send()

        [letter] = Letter.objects.values()
        assert "Saskia" not in str(letter)
        assert "Kade" not in str(letter)
