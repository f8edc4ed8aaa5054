"""What one can be mailed about at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """A kind of notification, in the words of the form in which a member switches it off."""

    REPLIES = "replies", _("Answers to my comment")
    OWN_POST = "own_post", _("Comments on my own post")
    PAGE = "page", _("New comments in a conversation that I follow")
    DECISION = "decision", _("What an editor decides about my comment")
    OUTCOME = "outcome", _("What comes of my objection or my notice")
    TURN = "turn", _("My turn in a chain letter")
    DRAFT = "draft", _("A draft of mine that comes back from an editor")
    WAITING = "waiting", _("What waits for me as a moderator")


ABOUT_COMMENTS = (Kind.REPLIES, Kind.OWN_POST, Kind.PAGE)  # the narrowest first
