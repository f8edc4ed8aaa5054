"""The pictures of WordPress, as they come in."""

import pytest

from blog.models import BlogPage
from core.models import CustomImage
from tests import wxr
from tests.exchange.importing import ATTACHMENT, POST, counts

pytestmark = pytest.mark.both


class TestMedia:
    def test_is_fetched_once_and_stands_in_the_post(self, run, web):
        given = run(wxr.item(1, POST), ATTACHMENT)

        assert given == counts(posts=1, media=1)
        assert web == ["https://oud.example.org/u/plein.png"]
        image = next(block for block in BlogPage.objects.get().body if block.block_type == "image")
        assert image.value["image"] == CustomImage.objects.get()
        assert image.value["alt_text"] == "Een plein met bomen"

    def test_is_unchanged_the_second_time(self, run, web):
        run(wxr.item(1, POST), ATTACHMENT)

        assert run(wxr.item(1, POST), ATTACHMENT) == counts(unchanged=2)
        assert CustomImage.objects.count() == 1

    def test_may_be_the_image_of_the_post(self, run, web):
        run(ATTACHMENT, wxr.item(1, extra=wxr.meta("_thumbnail_id", "5")))

        post = BlogPage.objects.get()
        assert post.image == CustomImage.objects.get()
        assert post.image_alt == "Een plein met bomen"

    def test_that_cannot_be_had_leaves_the_text(self, run, web):
        html = "<p>Voor</p><figure><img src='/weg.jpg'><figcaption>Het plein</figcaption></figure>"

        assert run(wxr.item(1, html)) == counts(posts=1, skipped=1)
        assert "".join(str(block.value) for block in BlogPage.objects.get().body).count("<p>") == 2

    def test_stays_away_with_no_media(self, run, web):
        given = run(wxr.item(1, POST), ATTACHMENT, arguments=("--no-media",))

        assert given == counts(posts=1, skipped=1)
        assert web == []

    def test_leaves_no_file_behind_when_its_post_fails(self, run, web, settings, monkeypatch):
        monkeypatch.setattr(BlogPage, "save_revision", lambda *args, **kwargs: 1 / 0)

        with pytest.raises(ZeroDivisionError):
            run(wxr.item(1, POST))

        assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
        assert not CustomImage.objects.exists()
