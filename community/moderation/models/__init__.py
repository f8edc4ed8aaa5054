from community.moderation.models.acts import Act
from community.moderation.models.figures import FiguresPage
from community.moderation.models.notices import Case, Notice
from community.moderation.models.objections import OBJECTION_LENGTH, Objection
from community.moderation.models.reasons import Reason
from community.moderation.models.reminders import Reminder
from community.moderation.models.teamwork import Handling, Note

__all__ = [
    "OBJECTION_LENGTH",
    "Act",
    "Case",
    "FiguresPage",
    "Handling",
    "Note",
    "Notice",
    "Objection",
    "Reason",
    "Reminder",
]
