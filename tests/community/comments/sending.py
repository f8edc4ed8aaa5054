"""The form for a comment, as a browser sends it."""

from django.urls import reverse

from community.comments.models import Comment

Status = Comment.Status


def send(client, page, **changes):
    """Send the form as a browser does."""
    data = {
        "name": "Noor",
        "email": "noor@example.org",
        "comment": "Wat een *goed* verhaal.",
        "reply_to": "",
        "website": "",
        **changes,
    }
    address = reverse("comments:post", args=[page.pk])
    return client.post(address, data, headers={"Sec-Fetch-Site": "same-origin"})
