"""Wishes to be mailed, wishes not to be, and news that waits to be mailed with other news."""

from community.notifications.models.follows import Follow, FollowQuerySet
from community.notifications.models.kinds import Kind
from community.notifications.models.news import News, NewsQuerySet
from community.notifications.models.silences import Silence
from community.notifications.models.turns import ToldTurn

__all__ = ["Follow", "FollowQuerySet", "Kind", "News", "NewsQuerySet", "Silence", "ToldTurn"]
