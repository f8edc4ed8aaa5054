"""What every page shares: its base, organisations, images, and what waits for a worker."""

from core.models.background import BackgroundTask
from core.models.conversations import CommentsAllowed, CommentsSection
from core.models.images import CustomImage, Rendition
from core.models.organisations import Organisation
from core.models.pages import BasePage, BasePageQuerySet

__all__ = [
    "BackgroundTask",
    "BasePage",
    "BasePageQuerySet",
    "CommentsAllowed",
    "CommentsSection",
    "CustomImage",
    "Organisation",
    "Rendition",
]
