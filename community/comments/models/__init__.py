"""Comments, and what belongs to one; and what editors say of writers and words."""

from community.comments.models.appreciations import Appreciation
from community.comments.models.blocking import BlockRule
from community.comments.models.comments import Comment
from community.comments.models.confirmations import Confirmation
from community.comments.models.devices import Device
from community.comments.models.revisions import Revision
from community.comments.models.settings import ModerationSettings
from community.comments.models.spam import SpamLesson, SpamModel
from community.comments.models.trust import WriterTrust

__all__ = [
    "Appreciation",
    "BlockRule",
    "Comment",
    "Confirmation",
    "Device",
    "ModerationSettings",
    "Revision",
    "SpamLesson",
    "SpamModel",
    "WriterTrust",
]
