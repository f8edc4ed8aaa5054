import pytest
from django.utils import timezone

from community.comments import posting
from community.comments.models import Comment
from community.comments.pipeline import Submission
from tests import crowds, factories
from tests.races import together
from tests.submissions import open_to, submission


@pytest.mark.long
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
class TestEightWritersAtOnce:
    def test_lose_nothing_in_one_thread(self):
        post = factories.BlogPageFactory()
        roots = [factories.comment(post) for _ in range(4)]
        writers = iter(range(8))

        def write_ten() -> list[posting.Answer]:
            writer = next(writers)
            return [posting.post(draft(post, roots[0], writer, n)) for n in range(10)]

        results = together(8, write_ten)

        paths = list(Comment.objects.on(post).values_list("path", flat=True))
        assert results == [[posting.Answer.CONFIRM] * 10] * 8
        assert len(paths) == len(set(paths)) == 84

    @pytest.mark.parametrize("round_number", range(3))
    def test_who_are_placed_or_approved_meanwhile_are_counted_exactly(self, round_number):
        outcome = crowds.gather()

        assert outcome.errors == []
        assert outcome.statuses == ["approved"] * 84
        assert len(outcome.paths) == 84
        assert outcome.counts == outcome.recounted == [81, 1, 1, 1]
        assert outcome.acts == 40
        assert outcome.faults == 0

    def test_of_the_same_words_store_them_once(self):
        post = factories.BlogPageFactory()

        results = together(8, posting.post, draft(post, None, 1, 1))

        assert results == [posting.Answer.CONFIRM] * 8
        assert Comment.objects.count() == 1

    def test_of_the_same_words_by_who_is_trusted_hear_that_they_are_placed(self):
        post, member = factories.BlogPageFactory(), factories.UserFactory()
        post = open_to(post, "first")
        for _ in range(2):
            factories.comment(post, user=member, email=member.email)
        words = submission(post, user=member, email=member.email, is_proven=True)

        results = together(8, posting.post, words)

        assert results == [posting.Answer.PLACED] * 8
        assert Comment.objects.filter(comment=words.text).count() == 1


def draft(page, parent, writer: int, number: int) -> Submission:
    return Submission(
        page=page,
        parent=parent,
        name=f"Schrijver {writer}",
        email=f"schrijver{writer}@example.org",
        text=f"Antwoord {number}",
        language="nl",
        now=timezone.now(),
    )
