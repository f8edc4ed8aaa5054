import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from community.comments import confirming, counters, deleting, editing, own, posting
from community.comments.models import Appreciation, Comment, Confirmation, Revision
from community.comments.pipeline import ParentGone, Submission
from community.comments.reading import Conversation
from mail.models import Message
from tests import factories
from tests.races import together

Status = Comment.Status
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


def press(client, comment, **data):
    data = {"sleutel": own.key(comment), **data}
    return client.post(reverse("own:delete", args=[comment.public_id]), data, headers=SAME_ORIGIN)


def answer(page, parent) -> Submission:
    return Submission(
        page=page,
        parent=parent,
        name="Noor",
        email="noor@example.org",
        text="Een antwoord",
        language="nl",
        now=timezone.now(),
    )


class TestDelete:
    @pytest.mark.parametrize("status", [each for each in Status.values if each != Status.DELETED])
    def test_leaves_a_row_without_words_name_address_or_history(self, post, status):
        member = factories.UserFactory()
        comment = factories.comment(
            post,
            status=status,
            at=timezone.now(),
            user=member,
            name="Geheime Naam",
            email="geheim@example.org",
            text="Geheime woorden",
            network_key="geheim",
            evidence={"phase": "geheim"},
        )
        Revision.objects.create(comment=comment, text="Geheim", replaced_at=timezone.now())
        Appreciation.objects.create(comment=comment, user=member)

        assert deleting.delete(comment, now=timezone.now())

        row = Comment.objects.values().get(pk=comment.pk)
        assert row["status"] == Status.DELETED
        assert "geheim" not in str(row).lower()
        assert (row["user_id"], row["writer_key"], row["appreciation"]) == (None, "", 0)
        assert not Revision.objects.exists()
        assert not Appreciation.objects.exists()

    def test_twice_is_harmless(self, post):
        comment = factories.comment(post)
        deleting.delete(comment, now=timezone.now())
        before = Comment.objects.values().get(pk=comment.pk)

        assert not deleting.delete(comment, now=timezone.now())

        assert Comment.objects.values().get(pk=comment.pk) == before

    def test_of_a_comment_that_is_gone_is_harmless(self, post):
        comment = factories.comment(post)
        Comment.objects.filter(pk=comment.pk).delete()

        assert not deleting.delete(comment, now=timezone.now())

    def test_leaves_every_other_comment_and_the_counters_right(self, post):
        root = factories.comment(post)
        middle = factories.comment(post, parent=root)
        leaf = factories.comment(post, parent=middle)

        deleting.delete(middle, now=timezone.now())

        states = dict(Comment.objects.on(post).values_list("pk", "status"))
        assert states == {
            root.pk: Status.APPROVED,
            middle.pk: Status.DELETED,
            leaf.pk: Status.APPROVED,
        }
        kept = Comment.objects.get(pk=root.pk).thread_count
        counters.recount(Comment.objects.on(post))
        assert kept == Comment.objects.get(pk=root.pk).thread_count == 2

    def test_lets_the_same_words_be_sent_anew(self, post):
        submission = answer(post, None)
        posting.post(submission)
        deleting.delete(Comment.objects.get(), now=timezone.now())

        posting.post(submission)

        assert Comment.objects.filter(status=Status.UNCONFIRMED).count() == 1


class TestTheConversation:
    def test_keeps_the_place_above_replies_and_says_who_deleted(self, post, client):
        parent = factories.comment(post, name="Weg", text="Niet meer te lezen")
        reply = factories.comment(post, parent=parent, text="Nog wel te lezen")

        deleting.delete(parent, now=timezone.now())

        page = client.get(post.url).content.decode()
        assert "Verwijderd door de schrijver" in page
        assert "Nog wel te lezen" in page
        assert "Niet meer te lezen" not in page
        [thread] = Conversation(post).threads(1).threads
        assert [each.public_id for each in thread.replies] == [reply.public_id]

    def test_keeps_no_place_where_nobody_answered(self, post, client):
        comment = factories.comment(post)

        deleting.delete(comment, now=timezone.now())

        assert Conversation(post).threads(1).threads == []
        assert "Verwijderd door de schrijver" not in client.get(post.url).content.decode()

    def test_says_of_what_an_editor_took_away_that_an_editor_did(self, post, client):
        parent = factories.comment(post, status="removed")
        factories.comment(post, parent=parent)

        assert "Weggehaald door een redacteur" in client.get(post.url).content.decode()

    def test_pays_one_query_for_any_number_of_kept_places(self, post, django_assert_num_queries):
        for _ in range(3):
            parent = factories.comment(post, status="deleted_by_author")
            factories.comment(post, parent=parent)

        with django_assert_num_queries(4):
            threads = Conversation(post).threads(1).threads

        assert [thread.why_gone for thread in threads] == [Status.DELETED] * 3

    def test_pays_none_where_every_comment_can_be_read(self, post, django_assert_num_queries):
        factories.comment(post, parent=factories.comment(post))

        with django_assert_num_queries(3):
            Conversation(post).threads(1)

    @pytest.mark.parametrize("name", ["permalink", "replies", "appreciate"])
    def test_has_no_address_for_it_any_more(self, post, client, name):
        comment = factories.comment(post)
        deleting.delete(comment, now=timezone.now())

        assert client.get(reverse(f"comments:{name}", args=[comment.public_id])).status_code == 404


class TestErased:
    def test_stays_erased_whatever_link_is_opened(self, post, client):
        comment = factories.comment(post, status="unconfirmed", at=timezone.now())
        with transaction.atomic():
            confirming.ask(comment, now=timezone.now())
        token = Message.objects.get().text.split("/bevestigen/")[1].split("/")[0]
        press(client, comment)

        for name in ("confirm", "ask_again"):
            answered = client.post(reverse(f"comments:{name}", args=[token]), headers=SAME_ORIGIN)
            assert answered.status_code == 404
        key = {"sleutel": own.key(comment), "comment": "Terug", "objection": "Terug"}
        for name in ("edit", "delete", "object"):
            address = reverse(f"own:{name}", args=[comment.public_id])
            client.post(address, key, headers=SAME_ORIGIN)

        fresh = Comment.objects.get()
        assert (fresh.status, fresh.comment, fresh.user_email) == (Status.DELETED, "", "")
        assert not Confirmation.objects.exists()
        assert not fresh.objections.exists()
        assert Message.objects.count() == 1

    def test_after_a_used_confirmation_the_link_shows_nothing(self, post, client):
        comment = factories.comment(post, status="unconfirmed", text="Weg hiermee")
        with transaction.atomic():
            confirming.ask(comment, now=timezone.now())
        token = Message.objects.get().text.split("/bevestigen/")[1].split("/")[0]
        confirming.confirm(token, now=timezone.now())
        press(client, comment)

        response = client.get(reverse("comments:confirm", args=[token]))

        assert response.status_code == 404
        assert "Weg hiermee" not in response.content.decode()


class TestTheButton:
    def test_is_asked_for_first(self, post, client):
        comment = factories.comment(post, text="Echt weg?")

        response = client.get(own.address(comment).replace("stand", "verwijderen"))

        page = response.content.decode()
        assert "Echt weg?" in page
        assert "<button" in page
        assert Comment.objects.get().status == Status.APPROVED

    def test_deletes_and_may_be_pressed_twice(self, post, client):
        member = factories.UserFactory()
        comment = factories.comment(post, user=member, text="Weg ermee")
        client.force_login(member)
        page = client.get(reverse("own:delete", args=[comment.public_id])).content.decode()
        word = page.split('name="sleutel" value="')[1].split('"')[0]

        first, second = (press(client, comment, sleutel=word) for _ in range(2))

        assert first.status_code == second.status_code == 200
        assert "Weg ermee" not in first.content.decode() + second.content.decode()
        assert Comment.objects.get().status == Status.DELETED

    def test_sets_no_cookie(self, post, client):
        comment = factories.comment(post)

        assert not press(client, comment).cookies


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestAtOnce:
    def test_a_reply_stands_or_is_told_that_its_parent_is_gone(self):
        for _ in range(5):
            post = factories.BlogPageFactory()
            root = factories.comment(post)
            parent = factories.comment(post, parent=root)
            acts = iter(
                [
                    lambda parent=parent: deleting.delete(parent, now=timezone.now()),
                    lambda post=post, parent=parent: posting.post(answer(post, parent)),
                ]
            )

            results = together(2, lambda turns=acts: next(turns)())

            assert Comment.objects.get(pk=parent.pk).status == Status.DELETED
            refused = [each for each in results if isinstance(each, ParentGone)]
            replies = Comment.objects.on(post).filter(level=2).count()
            assert replies == 1 - len(refused)
            assert {type(each) for each in results} <= {bool, posting.Answer, ParentGone}
            assert Conversation(post).count == 1

    def test_two_presses_delete_once(self):
        comment = factories.comment()

        results = together(8, lambda: deleting.delete(comment, now=timezone.now()))

        assert sorted(results) == [False] * 7 + [True]
        assert Conversation(comment.page.specific).count == 0

    def test_an_edit_does_not_bring_the_words_back(self):
        for _ in range(5):
            comment = factories.comment(status="pending", at=timezone.now(), text="Geheim")
            acts = iter(
                [
                    lambda comment=comment: deleting.delete(comment, now=timezone.now()),
                    lambda comment=comment: editing.edit(
                        comment, text="Ook geheim", now=timezone.now()
                    ),
                ]
            )

            together(2, lambda turns=acts: next(turns)())

            fresh = Comment.objects.get(pk=comment.pk)
            assert (fresh.status, fresh.comment, fresh.text_html) == (Status.DELETED, "", "")
            assert not fresh.revisions.exists()
