"""What every page shares: the base of pages, organisations and images."""

from core.models.conversations import CommentsAllowed, CommentsSection
from core.models.images import CustomImage, Rendition
from core.models.organisations import Organisation
from core.models.pages import BasePage

__all__ = [
    "BasePage",
    "CommentsAllowed",
    "CommentsSection",
    "CustomImage",
    "Organisation",
    "Rendition",
]
