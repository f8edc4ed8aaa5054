import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from blog.models import BlogPage
from community.comments import bulk, comments
from community.comments.bulk import Draft
from community.comments.models import Comment
from tests.factories import BlogPageFactory

pytestmark = pytest.mark.both

OWN = {"id", "comment_ptr", "xtdcomment_ptr", "public_id", "path", "thread_id", "parent_id"}
OWN |= {"submission_key"}


@pytest.fixture
def post(blog_index) -> BlogPage:
    return BlogPageFactory()


def draft(post: BlogPage, **kwargs) -> Draft:
    facts = {
        "content_type": ContentType.objects.get_for_model(post),
        "page_id": post.pk,
        "name": "Lezer",
        "email": "lezer@example.org",
        "text": "Een **goed** punt.",
        "status": "approved",
        "at": timezone.now(),
    }
    return Draft(**{**facts, **kwargs})


class TestInsertAll:
    def test_writes_the_same_columns_as_one_insert(self, post):
        now = timezone.now()
        one = comments.insert(
            page=post,
            name="Lezer",
            email="lezer@example.org",
            text="Een **goed** punt.",
            status="approved",
            submitted_at=now,
            confirmed_at=now,
            decided_at=now,
        )
        [many] = bulk.insert_all([draft(post, at=now)])

        kept = Comment.objects.get(pk=many.comment.pk)
        for field in Comment._meta.concrete_fields:
            if field.name not in OWN | {"announced_at"}:
                assert getattr(kept, field.attname) == getattr(one, field.attname), field.name

    def test_puts_a_reply_under_its_parent(self, post):
        first = draft(post)
        reply = draft(post, parent=first)

        list(bulk.insert_all([first, reply]))

        above, below = Comment.objects.order_by("path")
        assert below.path.startswith(above.path)
        assert (below.parent_id, below.thread_id, below.level) == (above.pk, above.pk, 1)
        assert above.thread_count == 2

    def test_lets_a_thread_run_over_two_chunks(self, post, monkeypatch):
        monkeypatch.setattr(bulk, "CHUNK", 2)
        first = draft(post)
        drafts = [first, *(draft(post, parent=first) for _ in range(4))]

        list(bulk.insert_all(drafts))

        assert Comment.objects.get(level=0).thread_count == 5
        assert Comment.objects.filter(thread_id=first.comment.pk).count() == 5

    def test_leaves_room_for_the_next_comment(self, post):
        list(bulk.insert_all([draft(post) for _ in range(3)]))

        later = comments.insert(
            page=post, name="Lezer", email="a@example.org", text="Later", status="unconfirmed"
        )

        assert Comment.objects.order_by("path").last() == later
