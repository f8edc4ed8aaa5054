"""What the tests of cases do again and again."""

from django.utils import timezone

from community.comments.models import Comment
from community.moderation import cases
from community.moderation.models import Act, Case, Notice

Status, Outcome = Comment.Status, Case.Outcome


WRITER = "noor@example.org"


def keep(case, by, answer="Dit mag hier gezegd worden.", **kwargs) -> Act:
    return cases.keep(case, by=by, answer=answer, **{"now": timezone.now(), **kwargs})


def object_to(notice, text="Kijk nog eens") -> Case:
    fresh = Notice.objects.get(pk=notice.pk)
    return cases.object_to(fresh, text=text, now=timezone.now())
