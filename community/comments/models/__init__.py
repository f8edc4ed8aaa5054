"""Comments, and what belongs to one: confirmations, earlier texts, appreciation."""

from community.comments.models.appreciations import Appreciation
from community.comments.models.comments import Comment
from community.comments.models.confirmations import Confirmation
from community.comments.models.devices import Device
from community.comments.models.revisions import Revision
from community.comments.models.spam import SpamLesson, SpamModel

__all__ = [
    "Appreciation",
    "Comment",
    "Confirmation",
    "Device",
    "Revision",
    "SpamLesson",
    "SpamModel",
]
