import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data

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


class TestAnEditorWhoChangesTheChain:
    """In the Wagtail admin, after the first post was published and the next author was told."""

    @pytest.fixture(autouse=True)
    def begun(self, post, following, client):
        publish(post)
        client.force_login(UserFactory(is_superuser=True))

    def save(self, client, chain, links=None, **changes):
        """Send the form of ``chain`` with ``links``, by default as they are."""
        facts = {"name": chain.name, "slug": chain.slug, "question": chain.question, **changes}
        kept = list(chain.links.all())
        rows = [self.row(link) for link in kept] if links is None else links
        formset = inline_formset(rows, initial=len([row for row in rows if row["id"]]))
        data = {**facts, "introduction": "", "image": "", "links": formset}
        address = reverse("wagtailsnippets_blog_chain:edit", args=[chain.pk])
        assert client.post(address, nested_form_data(data)).status_code == 302

    def row(self, link, **changes) -> dict:
        pk = str(link.pk) if link.pk else ""
        post = str(link.post_id or "")
        row = {"id": pk, "author": str(link.author_id), "post": post, "due_date": ""}
        return row | {name: str(value) for name, value in changes.items()}

    def test_tells_nobody_anew_when_the_turn_stays(self, chain, following, client):
        self.save(client, chain, question="Wie besliste er dan wel mee?")

        assert told() == [following.email]

    def test_tells_who_takes_the_place_over(self, chain, following, client):
        heir = UserFactory()
        first, second = chain.links.all()
        taken = self.row(second, author=AuthorFactory(user=heir).pk)

        for _ in range(2):
            self.save(client, chain, [self.row(first), taken])

        assert told() == sorted([following.email, heir.email])
        assert "Een winter lang" in Message.objects.get(to=heir.email).text

    def test_tells_who_comes_first_now(self, chain, following, client):
        last = next_author(chain)
        first, second, third = chain.links.all()

        self.save(client, chain, [self.row(first), self.row(third), self.row(second)])

        assert told() == sorted([following.email, last.email])

    def test_tells_who_is_added_behind_all_that_is_written(self, chain, following, client):
        mine = factories.BlogPageFactory(author=chain.links.last().author, live=False)
        chain.links.filter(author__user=following).update(post=mine)
        publish(mine)
        added = LinkFactory.build(chain=chain, author=AuthorFactory(user=UserFactory()))

        self.save(client, chain, [self.row(link) for link in (*chain.links.all(), added)])

        assert told() == sorted([following.email, added.author.user.email])

    def test_tells_nobody_of_a_chain_that_has_not_begun(self, client):
        chain = ChainFactory()
        user = next_author(chain)

        self.save(client, chain)

        assert user.email not in told()

    def test_tells_nobody_whose_post_was_taken_off_the_site(self, client):
        chain = ChainFactory()
        LinkFactory(chain=chain, written=True)
        user = next_author(chain)
        gone = factories.BlogPageFactory(author=chain.links.last().author)
        chain.links.filter(author__user=user).update(post=gone)
        publish(gone)
        gone.refresh_from_db()
        gone.unpublish()

        self.save(client, chain)

        assert user.email not in told()

    def test_tells_of_a_chain_that_is_made_at_once(self, client):
        written = factories.BlogPageFactory()
        user = UserFactory()
        rows = [
            {"author": str(author.pk), "post": str(post or ""), "due_date": ""}
            for author, post in ((written.author, written.pk), (AuthorFactory(user=user), None))
        ]
        data = {"name": "Nieuw", "slug": "nieuw", "question": "Hoe?", "introduction": ""}

        client.post(
            reverse("wagtailsnippets_blog_chain:add"),
            nested_form_data({**data, "image": "", "links": inline_formset(rows)}),
        )

        assert user.email in told()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestFourPublishersAtOnce:
    def test_tell_it_once(self):
        chain = ChainFactory()
        LinkFactory(chain=chain, written=True)
        user = next_author(chain)
        post = chain.links.first().post

        together(4, turns.tell_next, post, now=timezone.now())

        assert told() == [user.email]
