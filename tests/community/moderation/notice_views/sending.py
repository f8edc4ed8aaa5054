"""The form of a notice, as a browser sends it."""

from django.urls import reverse

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
WHAT = {"reason": "hate", "explanation": "Hier wordt een groep weggezet.", "good_faith": "on"}
WHO = {"name": "Sam de Wit", "email": "sam@example.org"}


def form_of(comment) -> str:
    return reverse("own:notify", args=[comment.public_id])


def send(browser, comment, **data):
    return browser.post(form_of(comment), {**WHAT, **WHO, **data})
