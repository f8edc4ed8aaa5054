"""Ways into the dossier of a comment."""

from django.urls import reverse
from django.utils import timezone

from community.comments.models import Comment
from community.moderation import (
    teamwork,
)
from community.moderation.models import Case, Notice, Reason
from tests.html import text_of

Status = Comment.Status


ACTIONS = ["assign", "note", "second_opinion", "text"]


def address(comment, name="dossier") -> str:
    return reverse(f"moderation:{name}", args=[comment.public_id])


def shown(client, comment) -> str:
    response = client.get(address(comment))
    assert response.status_code == 200
    return text_of(response)


def work_of(comment):
    return teamwork.teamwork_of([comment.pk])[comment.pk]


def notice(comment, text="Dit is geen sensor"):
    case = Case.objects.create(comment=comment, opened_at=timezone.now())
    reason = Reason.objects.get(code="misinformation")
    return Notice.objects.create(
        case=case, reason=reason, explanation=text, language="nl", at=timezone.now()
    )
