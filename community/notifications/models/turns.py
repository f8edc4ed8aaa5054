"""Which authors have heard that it is their turn."""

from django.db import models

from blog.models import Author, Link


class ToldTurn(models.Model):
    """That ``author`` was told to have the turn at ``link``, so that it is told once."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(name="told_turn_once", fields=["link", "author"])]

    def __str__(self) -> str:
        return f"{self.link_id}: {self.author_id}"
