"""Bringing a file of WordPress in, and what there is in it."""

import io
import json

from django.core.management import call_command

from tests import wxr

KETTING = wxr.term("Kettingvideobrief", domain="category")
ATTACHMENT = wxr.item(
    5,
    title="Plein",
    post_type="attachment",
    status="inherit",
    attachment_url="https://oud.example.org/u/plein.png",
    extra=wxr.meta("_wp_attachment_image_alt", "Een plein met bomen"),
)
POST = '<p>Voor</p><img src="/u/plein-300x200.png"><p>Na</p>'


def bring_in(path, *arguments) -> dict:
    out = io.StringIO()
    call_command("import_wordpress", str(path), *arguments, stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue().splitlines()[-1])


def counts(**given: int) -> dict:
    names = ["posts", "pages", "comments", "held", "tags", "media", "unchanged", "skipped"]
    return dict.fromkeys(names, 0) | given
