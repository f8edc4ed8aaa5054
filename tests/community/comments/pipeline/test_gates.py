import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from community.comments import pipeline
from community.comments.models import Comment
from community.comments.pipeline import gates
from tests import factories
from tests.submissions import submission

Status = Comment.Status


@pytest.fixture
def post(db):
    return factories.BlogPageFactory()


class TestAdmit:
    def test_lets_an_ordinary_comment_in(self, post):
        pipeline.admit(submission(post))

    def test_asks_whether_the_page_is_open_first_and_how_much_was_sent_last(self):
        names = [gate.__name__ for gate in pipeline.GATES]

        assert names == ["open_page", "length", "parent", "repeat", "rate"]

    @pytest.mark.parametrize("changes", [{"comments_mode": "closed"}, {"live": False}])
    def test_turns_away_what_comes_to_a_closed_page(self, db, changes):
        with pytest.raises(pipeline.Closed):
            pipeline.admit(submission(factories.BlogPageFactory(**changes)))

    def test_turns_away_who_may_not_see_the_page(self, post):
        with pytest.raises(pipeline.Closed):
            pipeline.admit(submission(post, sees_page=False))

    def test_turns_away_what_comes_after_the_days_of_the_section(self, post):
        section = post.get_parent().specific
        section.comments_days = 14
        section.save()
        published = timezone.now()
        post = factories.BlogPageFactory(first_published_at=published)

        pipeline.admit(submission(post))
        closes_at = post.conversation_rules.closes_at

        assert closes_at == published + timedelta(days=14)
        assert not post.conversation_rules.is_open(closes_at)
        assert post.conversation_rules.is_open(closes_at - timedelta(seconds=1))

    def test_turns_away_what_is_too_long(self, post):
        with pytest.raises(pipeline.Refused):
            pipeline.admit(submission(post, text="x" * 3001))

    def test_turns_away_more_than_one_person_can_write(self, post):
        for _ in range(20):
            factories.comment(post, email="noor@example.org", at=timezone.now())

        with pytest.raises(pipeline.TooFast):
            pipeline.admit(submission(post))
        pipeline.admit(submission(post, email="ander@example.org"))
        pipeline.admit(submission(post, now=timezone.now() + timedelta(minutes=11)))

    @pytest.mark.parametrize("status", ["unconfirmed", "spam"])
    def test_lets_in_who_proves_an_address_that_a_stranger_wrote_under(self, post, status):
        for _ in range(20):
            factories.comment(
                post,
                email="noor@example.org",
                status=status,
                network_key="a" * 32,
                at=timezone.now(),
            )

        pipeline.admit(submission(post, network_key="b" * 32))
        with pytest.raises(pipeline.TooFast):
            pipeline.admit(submission(post, network_key="a" * 32))

    def test_counts_what_was_proven_from_every_network(self, post):
        for number in range(20):
            factories.comment(
                post,
                email="noor@example.org",
                status="pending",
                network_key=f"{number:032}",
                at=timezone.now(),
            )

        with pytest.raises(pipeline.TooFast):
            pipeline.admit(submission(post, network_key="b" * 32))

    def test_turns_away_more_than_one_network_can_write(self, post):
        for _ in range(60):
            factories.comment(post, network_key="a" * 32, at=timezone.now())

        with pytest.raises(pipeline.TooFast):
            pipeline.admit(submission(post, network_key="a" * 32))
        pipeline.admit(submission(post, network_key="b" * 32))
        pipeline.admit(submission(post, network_key=""))

    def test_turns_away_more_than_the_networks_around_one_can_write(self, post):
        for number in range(240):
            key = "a" * 16 + f"{number:016}"
            factories.comment(post, status="unconfirmed", network_key=key, at=timezone.now())

        with pytest.raises(pipeline.TooFast):
            pipeline.admit(submission(post, network_key="a" * 32))
        pipeline.admit(submission(post, network_key="b" * 32))
        pipeline.admit(submission(post, network_key=""))

    def test_lets_in_whom_we_know_around_whom_strangers_write_too_much(self, post):
        for number in range(240):
            key = "a" * 16 + f"{number:016}"
            factories.comment(post, status="unconfirmed", network_key=key, at=timezone.now())

        pipeline.admit(submission(post, network_key="a" * 32, is_proven=True))

    def test_says_no_rule_to_the_writer(self, post):
        for refused in (pipeline.Closed(), pipeline.ParentGone(), pipeline.TooFast()):
            assert refused.message
            assert refused.phase not in refused.message


class TestAPageThatStrangersFlood:
    """Anyone can have many networks, and type in as many addresses."""

    @pytest.fixture
    def flooded(self, post, monkeypatch):
        monkeypatch.setattr(gates, "PER_PAGE", 30)
        monkeypatch.setattr(gates, "MOST_PER_PAGE", 40)
        self.flood(post, 30)
        return post

    def flood(self, post, number: int) -> None:
        for _ in range(number):
            stranger = {"status": "unconfirmed", "network_key": uuid.uuid4().hex}
            factories.comment(post, at=timezone.now(), **stranger)

    def test_takes_what_a_proven_writer_sends(self, flooded):
        self.flood(flooded, 20)

        pipeline.admit(submission(flooded, is_proven=True))

    def test_takes_the_first_comment_from_around_a_network_and_no_further_one(self, flooded):
        pipeline.admit(submission(flooded, network_key="a" * 32))

        key = "a" * 16 + "b" * 16
        factories.comment(flooded, status="unconfirmed", network_key=key, at=timezone.now())

        with pytest.raises(pipeline.TooFast):
            pipeline.admit(submission(flooded, network_key="a" * 32))

    def test_takes_nothing_of_a_stranger_from_nowhere(self, flooded):
        with pytest.raises(pipeline.TooFast):
            pipeline.admit(submission(flooded, network_key=""))

    def test_takes_no_endless_number_of_first_comments(self, flooded):
        self.flood(flooded, 10)

        with pytest.raises(pipeline.TooFast):
            pipeline.admit(submission(flooded, network_key="a" * 32))

    def test_tells_nobody_whose_address_is_known(self, flooded):
        factories.comment(flooded, email="noor@example.org", status="approved")

        with pytest.raises(pipeline.TooFast):
            pipeline.admit(submission(flooded, email="noor@example.org"))

    def test_takes_what_comes_later_or_to_another_page(self, flooded):
        pipeline.admit(submission(flooded, now=timezone.now() + timedelta(minutes=11)))
        pipeline.admit(submission(factories.BlogPageFactory()))

    def test_is_not_made_by_many_whom_we_know(self, post, monkeypatch):
        monkeypatch.setattr(gates, "PER_PAGE", 30)
        for _ in range(30):
            factories.comment(post, status="pending", at=timezone.now())

        pipeline.admit(submission(post))


class TestTheSameWordsAtTheSamePlace:
    def sent(self, page, **changes):
        """Store what Noor sent before."""
        sent = submission(page, **changes)
        return factories.comment(page, email=sent.email, text=sent.text, submission_key=sent.key)

    @pytest.mark.parametrize("status", [s for s in Status if s != Status.DELETED])
    def test_are_known_with_what_became_of_them(self, post, status):
        first = submission(post)
        factories.comment(post, status=status, submission_key=first.key)

        with pytest.raises(pipeline.Repeated) as repeated:
            pipeline.admit(submission(post))

        assert repeated.value.status == status

    def test_are_known_before_they_are_counted(self, post):
        self.sent(post)
        for _ in range(20):
            factories.comment(post, email="noor@example.org", at=timezone.now())

        with pytest.raises(pipeline.Repeated):
            pipeline.admit(submission(post))

    def test_come_after_what_is_wrong_with_them(self, post):
        self.sent(post)
        type(post).objects.filter(pk=post.pk).update(comments_mode="closed")

        with pytest.raises(pipeline.Closed):
            pipeline.admit(submission(type(post).objects.get(pk=post.pk)))

    def test_are_others_elsewhere_or_by_someone_else(self, post):
        self.sent(post)
        parent = factories.comment(post)

        pipeline.admit(submission(factories.BlogPageFactory()))
        pipeline.admit(submission(post, parent=parent))
        pipeline.admit(submission(post, email="ander@example.org"))

    def test_are_others_without_the_trap_that_a_password_manager_filled(self, post):
        self.sent(post, is_trapped=True)

        pipeline.admit(submission(post))
        with pytest.raises(pipeline.Repeated):
            pipeline.admit(submission(post, is_trapped=True))
