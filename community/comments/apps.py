"""Take the comments package's tables, and none of its habits."""

from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "community.comments"
    label = "comments"
    verbose_name = _("Comments")

    def ready(self) -> None:
        """Silence the package's receivers: they publish replies and mail by themselves.

        `django_comments_xtd.apps` connects the first in its own ``ready()``, which runs
        before this one because of the order in ``INSTALLED_APPS``.
        """
        from django_comments.signals import comment_was_posted
        from django_comments_xtd import models, views

        pre_save.disconnect(models.publish_or_unpublish_on_pre_save, sender=f"{self.label}.Comment")
        comment_was_posted.disconnect(views.on_comment_was_posted, sender=models.TmpXtdComment)
