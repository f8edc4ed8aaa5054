import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from community.notifications import silences, turns
from community.notifications.models import Kind
from mail.models import Message
from tests import factories
from tests.factories import AuthorFactory, ChainFactory, LinkFactory, UserFactory
from tests.races import together
from users.models import User

pytestmark = pytest.mark.both


@pytest.fixture
def chain(db):
    return ChainFactory(name="Sensoren op straat", question="Wie besliste er mee?")


@pytest.fixture
def post(chain):
    """The first post of the chain, which is not published yet."""
    author = AuthorFactory(name="Noor")
    draft = factories.BlogPageFactory(title="Een winter lang", live=False, author=author)
    LinkFactory(chain=chain, author=author, post=draft)
    return draft


@pytest.fixture
def following(chain, post) -> User:
    """Who has the place after that."""
    return next_author(chain)


def next_author(chain, **changes) -> User:
    user = UserFactory()
    LinkFactory(chain=chain, author=AuthorFactory(user=user), **changes)
    return user


def publish(page) -> None:
    page.save_revision().publish()


def told() -> list[str]:
    return sorted(Message.objects.filter(kind="notifications.turn").values_list("to", flat=True))


class TestTheNextAuthor:
    def test_hears_it_when_the_post_before_is_published(self, post, following):
        publish(post)

        [mail] = Message.objects.all()
        assert mail.to == following.email
        assert "Sensoren op straat" in mail.subject
        assert "Wie besliste er mee?" in mail.text
        assert "Noor" in mail.text
        assert "/keten/sensoren" in mail.text or "/keten/keten-" in mail.text
        assert post.get_absolute_url() in mail.html

    def test_hears_it_once_for_each_place(self, post, following):
        publish(post)
        publish(post)
        post.unpublish()
        publish(post)

        assert told() == [following.email]

    def test_is_told_until_when(self, chain, post):
        next_author(chain, due_date=dt.date(2026, 12, 24))

        publish(post)

        assert "24 december 2026" in Message.objects.get().text

    def test_reads_it_in_the_own_language(self, post, following):
        from wagtail.users.models import UserProfile

        profile = UserProfile.get_for_user(following)
        profile.preferred_language = "en"
        profile.save()

        publish(post)

        mail = Message.objects.get()
        assert mail.subject.startswith("It is your turn")
        assert "/en/keten/" in mail.text

    def test_is_someone_else_when_the_place_was_handed_over(self, post, chain, following):
        publish(post)
        heir = UserFactory()
        link = chain.links.get(author__user=following)
        link.author = AuthorFactory(user=heir)
        link.save()

        publish(post)

        assert told() == sorted([following.email, heir.email])

    def test_can_switch_it_off_by_the_link(self, post, following, client):
        publish(post)
        stop = Message.objects.get().headers["List-Unsubscribe"].strip("<>")

        assert client.get(stop).status_code == 200
        assert not silences.has(Kind.TURN, user=following)
        assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200

        assert silences.has(Kind.TURN, user=following)


class TestNobodyIsTold:
    def test_who_has_switched_it_off(self, post, following):
        silences.begin(Kind.TURN, user=following, now=timezone.now())

        publish(post)

        assert told() == []

    @pytest.mark.parametrize("changes", [{"is_active": False}, {"email": ""}])
    def test_who_cannot_be_mailed(self, post, following, changes):
        User.objects.filter(pk=following.pk).update(**changes)

        publish(post)

        assert told() == []

    def test_who_has_no_account(self, chain, post):
        LinkFactory(chain=chain)

        publish(post)

        assert told() == []

    def test_when_only_some_may_read_the_post_before(self, post, following):
        PageViewRestriction.objects.create(page=post, restriction_type="login")

        publish(post)

        assert told() == []

    def test_when_the_place_before_is_still_open(self, chain, post, following):
        later = factories.BlogPageFactory(live=False)
        LinkFactory(chain=chain, author=later.author, post=later)
        last = next_author(chain)

        publish(later)

        assert last.email not in told()

    def test_of_a_post_that_is_in_no_chain(self, db):
        publish(factories.BlogPageFactory(live=False))

        assert told() == []

    def test_at_the_end_of_a_chain(self, post):
        publish(post)

        assert told() == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestFourPublishersAtOnce:
    def test_tell_it_once(self):
        chain = ChainFactory()
        LinkFactory(chain=chain, written=True)
        user = next_author(chain)
        post = chain.links.first().post

        together(4, turns.tell_next, post, now=timezone.now())

        assert told() == [user.email]
