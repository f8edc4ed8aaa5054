"""A second pair of eyes: who decided first does not judge what is said against it."""

from django.contrib.auth import get_user_model
from django.db.models import Q

from community.comments.marks import MODERATE
from users.models import User


class AnotherEditor(Exception):
    """Who decided first does not judge the objection while there is someone else."""


def may_judge(editor: User, *, first: set[int]) -> bool:
    """Return whether ``editor`` may judge an objection to what ``first`` decided.

    Where nobody else may moderate, the same editor looks again. ``first`` are keys of
    accounts; a query only when ``editor`` is among them.
    """
    return editor.pk not in first or _is_alone(editor)


def _is_alone(editor: User) -> bool:
    others = get_user_model().objects.with_perm(MODERATE)
    return not others.filter(~Q(pk=editor.pk), is_active=True).exists()
