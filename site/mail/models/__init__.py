"""What the mail room keeps."""

from mail.models.bodies import Body
from mail.models.counts import MonthlyCount
from mail.models.messages import BY_FORMS, FORM_KINDS, Batch, Message, MessageQuerySet
from mail.models.refusals import Bounce, Suppression

__all__ = [
    "BY_FORMS",
    "FORM_KINDS",
    "Batch",
    "Body",
    "Bounce",
    "Message",
    "MessageQuerySet",
    "MonthlyCount",
    "Suppression",
]
