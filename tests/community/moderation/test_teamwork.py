from django.utils import timezone

from community.moderation import assigning, noting, second_opinions
from community.moderation.teamwork import teamwork_of
from tests import factories


def busy(page, editor):
    comment = factories.comment(page, status="pending")
    now = timezone.now()
    assigning.assign(comment, to=editor, by=editor, now=now)
    noting.add(comment, by=editor, text="Een notitie", now=now)
    second_opinions.ask(comment, by=editor, text="", now=now)
    return comment


class TestTeamwork:
    def test_of_a_comment_without_any_is_empty(self, db):
        comment = factories.comment()

        work = teamwork_of([comment.pk])[comment.pk]

        assert (work.assignee, work.is_asked, work.notes) == (None, False, [])

    def test_of_ten_costs_two_queries(self, db, django_assert_num_queries):
        page, editor = factories.BlogPageFactory(), factories.UserFactory(moderator=True)
        comments = [busy(page, editor) for _ in range(10)]

        with django_assert_num_queries(2):
            found = teamwork_of([comment.pk for comment in comments])
            assert all(work.notes[0].author == editor for work in found.values())
            assert all(work.assignee == work.asked_by == editor for work in found.values())
