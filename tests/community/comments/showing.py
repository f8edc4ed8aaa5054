"""A conversation as a stranger sees it."""

from community.comments.models import Comment

Status = Comment.Status
