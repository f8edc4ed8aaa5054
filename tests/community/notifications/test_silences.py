import pytest
from django.utils import timezone

from community.moderation import bulk, decisions, objections
from community.moderation.sightings import Seen
from community.notifications import links, silences
from community.notifications.models import Kind, News, Silence
from mail.models import Message
from tests import factories
from tests.factories import FollowFactory, UserFactory
from tests.notifying import announce
from users.models import User


@pytest.fixture
def author(db) -> User:
    return UserFactory()


@pytest.fixture
def post(author):
    writer = factories.AuthorFactory(user=author)
    return factories.BlogPageFactory(title="Een winter lang", author=writer)


class TestACommentOnTheOwnPost:
    def test_is_mailed_to_the_author(self, post, author):
        comment = factories.comment(post, text="Wat een goed verhaal")

        announce()

        [mail] = Message.objects.all()
        assert (mail.to, mail.kind) == (author.email, "notifications.own_post")
        assert "op je bericht “Een winter lang”" in mail.subject
        assert "Wat een goed verhaal" in mail.text
        assert str(comment.public_id) in mail.text
        assert "omdat je “Een winter lang” hebt geschreven" in mail.text

    @pytest.mark.parametrize("as_member", [True, False])
    def test_is_not_mailed_when_it_is_the_authors(self, post, author, as_member):
        factories.comment(post, user=author if as_member else None, email=author.email.upper())

        announce()

        assert not Message.objects.exists()

    @pytest.mark.parametrize("changes", [{"is_active": False}, {"email": ""}])
    def test_is_not_mailed_to_who_cannot_be(self, post, author, changes):
        User.objects.filter(pk=author.pk).update(**changes)
        factories.comment(post)

        announce()

        assert not Message.objects.exists()

    def test_is_named_once_when_the_author_follows_too(self, post, author):
        FollowFactory(page=post, user=author, email="")
        factories.comment(post)

        announce()

        assert Message.objects.get().kind == "notifications.own_post"


class TestTheLinkThatSwitchesOff:
    @pytest.fixture
    def stop(self, post, author) -> str:
        factories.comment(post)
        announce()
        return Message.objects.get().headers["List-Unsubscribe"].strip("<>")

    def test_asks_first_and_changes_nothing(self, stop, client, author):
        page = client.get(stop).content.decode()

        assert "Reacties op mijn eigen bericht" in page
        assert not Silence.objects.exists()

    def test_works_for_a_mail_program_at_once(self, stop, client, author, post):
        response = client.post(stop, {"List-Unsubscribe": "One-Click"})
        factories.comment(post)
        announce()

        assert response.status_code == 200
        assert not response.cookies
        assert not Message.objects.filter(state=Message.State.QUEUED).exists()

    def test_works_twice(self, stop, client):
        for _ in range(2):
            assert client.post(stop).status_code == 200

        assert Silence.objects.count() == 1

    def test_works_when_the_account_is_gone(self, stop, client, author):
        author.delete()

        assert client.get(stop).status_code == 200
        assert client.post(stop).status_code == 200
        assert not Silence.objects.exists()

    @pytest.mark.parametrize("change", ["", "x", "\x00", "~", "own_post-u1", "é", "a" * 9000])
    def test_with_anything_added_is_not_known(self, stop, client, change):
        stop = stop.rstrip("/")
        for address in (f"{stop}{change or 'x'}/", f"{stop.rpartition('/')[0]}/{change or 'x'}/"):
            for response in (client.get(address), client.post(address)):
                assert response.status_code == 404
        assert not Silence.objects.exists()

    def test_does_not_name_a_page_that_may_not_be_seen(self, client, db):
        follow = FollowFactory(page=factories.BlogPageFactory(title="Besloten stuk", live=False))
        address = links.switch_off(follow.public_id.hex, "nl")

        for response in (client.get(address), client.post(address)):
            assert response.status_code == 200
            assert "Besloten stuk" not in response.content.decode()


class TestAMember:
    @pytest.mark.parametrize("kind", [Kind.REPLIES, Kind.PAGE, Kind.OWN_POST])
    def test_hears_nothing_of_a_kind_that_is_switched_off(self, author, post, kind):
        mine = factories.comment(post, user=author, announced=True)
        if kind == Kind.REPLIES:
            FollowFactory(page=post, comment=mine, user=author, email="")
        elif kind == Kind.PAGE:
            FollowFactory(page=post, user=author, email="")
        others = {Kind.REPLIES, Kind.PAGE, Kind.OWN_POST} - {kind}
        silences.choose(author, silent=[kind], now=timezone.now())
        factories.comment(post, parent=mine)

        announce()

        kinds = {mail.kind.rpartition(".")[2] for mail in Message.objects.all()}
        assert kinds <= others
        assert kind not in kinds

    def test_loses_what_waits_of_a_kind_that_is_switched_off(self, author, post):
        factories.comment(post)
        announce()
        factories.comment(post)
        News.objects.create(
            comment=factories.comment(post),
            kind="own_post",
            reader="x@example.org",
            user=author,
            language="nl",
            at=timezone.now(),
        )

        silences.begin(Kind.OWN_POST, user=author, now=timezone.now())

        assert not News.objects.exists()
        assert not Message.objects.filter(state=Message.State.QUEUED).exists()

    def test_can_switch_on_again(self, author, post):
        silences.choose(author, silent=["own_post"], now=timezone.now())
        silences.choose(author, silent=[], now=timezone.now())
        factories.comment(post)

        assert announce() == 1


class TestAnAddress:
    def test_is_kept_as_a_key_only(self, db):
        wish = silences.wish(Kind.PAGE, address="Lezer@Example.org")

        one = silences.read(wish)

        assert one is not None
        silences.begin(one.kind, address_key=one.address_key, now=timezone.now())
        assert silences.has(Kind.PAGE, address="lezer@example.org")
        assert not silences.has(Kind.PAGE, address="ander@example.org")
        assert "example" not in Silence.objects.get().address_key


class TestAWriter:
    @pytest.fixture(params=["member", "address"])
    def comment(self, request, db):
        who = {"user": UserFactory()} if request.param == "member" else {}
        return factories.comment(status="pending", **who)

    @staticmethod
    def stop(kind: str) -> str:
        mail = Message.objects.filter(kind=kind).latest("pk")
        stop = mail.headers["List-Unsubscribe"].strip("<>")
        assert stop in mail.text
        assert f'href="{stop}"' in mail.html
        return stop

    @pytest.mark.parametrize("way", ["plain", "at the desk", "together"])
    def test_can_switch_off_what_is_decided_about_a_comment(self, comment, client, way):
        by = UserFactory(moderator=True)
        decisions.approve(comment, by=by)
        client.post(self.stop("notifications.approved"))
        Message.objects.all().delete()
        other = factories.comment(status="pending", user=comment.user, email=comment.user_email)

        if way == "together":
            bulk.approve([Seen.of(other)], by=by, now=timezone.now())
        elif way == "plain":
            decisions.reject(other, by=by, reason="offensive")
        else:
            decisions.approve(decisions.with_signs().get(pk=other.pk), by=by)

        assert not Message.objects.exists()

    def test_still_hears_what_comes_of_an_objection(self, comment, client):
        by, now = UserFactory(moderator=True), timezone.now()
        decisions.reject(comment, by=by, reason="offensive")
        client.post(self.stop("notifications.refused"))
        said = objections.object_to(comment, text="Toch", language="nl", now=now)

        objections.deny(said, by=by, answer="Nee", now=now)

        assert Message.objects.filter(kind="notifications.objection_denied").exists()
        client.post(self.stop("notifications.objection_denied"))
        assert Silence.objects.count() == 2

    def test_of_a_bulk_decision_has_a_link_of_the_own(self, comment, client):
        other = factories.comment(comment.page.specific, status="pending")

        bulk.approve(
            [Seen.of(comment), Seen.of(other)],
            by=UserFactory(moderator=True),
            now=timezone.now(),
        )

        links_of = {mail.headers["List-Unsubscribe"] for mail in Message.objects.all()}
        assert len(links_of) == 2
        client.post(self.stop("notifications.approved"))
        assert Silence.objects.count() == 1


class TestWhoNoticed:
    @pytest.mark.parametrize("as_member", [True, False])
    def test_can_switch_off_what_comes_of_it(self, db, client, as_member):
        by = UserFactory(moderator=True)
        who = {"user": UserFactory()} if as_member else {"email": "melder@example.org"}
        first, second = factories.comment(), factories.comment()
        for comment in (first, second):
            factories.notice(comment, **who)
        Message.objects.all().delete()
        decisions.reject(first, by=by, reason="offensive")
        told = Message.objects.filter(kind="moderation.decided")

        client.post(told.get().headers["List-Unsubscribe"].strip("<>"))
        decisions.reject(second, by=by, reason="offensive")

        assert told.count() == 1
