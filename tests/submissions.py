"""Comments on their way in."""

from django.utils import timezone

from community.comments.pipeline import Submission


def submission(page, **changes) -> Submission:
    """Return an ordinary comment by Noor that comes to ``page`` now."""
    defaults = {
        "page": page,
        "text": "Een gewone reactie",
        "name": "Noor",
        "email": "noor@example.org",
        "language": "nl",
        "now": timezone.now(),
    }
    return Submission(**{**defaults, **changes})


def open_to(page, mode: str):
    """Let the section of ``page`` hold less back, and return the page afresh."""
    section = page.get_parent().specific
    section.moderation_mode = mode
    section.save()
    return type(page).objects.get(pk=page.pk)
