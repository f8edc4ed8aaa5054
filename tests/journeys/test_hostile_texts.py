"""What a browser makes of comments that attack it, on the page and on the desk."""

import json
import random
from pathlib import Path

import pytest

from tests.demo import Demo

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SAMPLE = 300

STORE = """
import json, sys
from django.utils import timezone
from blog.models import BlogPage
from community.comments import comments
page = BlogPage.objects.live().order_by("pk").last()
now = timezone.now()
for text in json.load(open({path!r})):
    text = text.replace("\\x00", "")[:3000]
    name = text[:50].replace("\\n", " ") or "x"
    for status in ("approved", "pending"):
        comments.insert(
            page=page, name=name, email="x@example.org", text=text, status=status,
            confirmed_at=now, decided_at=now if status == "approved" else None,
        )
print(page.get_url())
"""


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared test data are not here")
class TestHostileTexts:
    def test_run_nowhere(self, browser, own_demo: Demo, tmp_path):
        demo = own_demo
        payloads = (DATA / "xss-payloads.txt").read_text(encoding="utf-8", errors="replace")
        sample = random.Random(7).sample(payloads.splitlines(), SAMPLE)
        file = tmp_path / "payloads.json"
        file.write_text(json.dumps(sample))
        address = demo.manage("shell", "-c", STORE.format(path=str(file))).split()[-1]
        context = browser.new_context(base_url=demo.url)
        page, ran = context.new_page(), []
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        page.on("popup", lambda popup: ran.append(popup.url))

        page.goto("/admin/login/")
        page.locator("[name=username]").fill("moderator")
        page.locator("[name=password]").fill("estafette")
        page.locator("button[type=submit]").click()
        page.wait_for_url("**/admin/")
        seen = 0
        for path in [f"{address}?reacties={number}" for number in range(1, 9)] + [
            f"/admin/reacties/?p={number}" for number in range(1, 16)
        ]:
            page.goto(path)
            seen += page.locator(".comment, .desk__item").count()
            assert page.url.startswith(demo.url)

        assert ran == []
        assert seen >= 2 * SAMPLE
        context.close()
