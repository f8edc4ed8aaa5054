import json
from pathlib import Path

import pytest

from core.blocks import StoryBlock
from home import manuscripts
from home.manuscripts import Library, Manuscript

LIBRARY = Library(image=lambda name: 7, page=lambda key: {"blog/een": 11}[key])
TEXT = """---
title: Wie beslist: jij
---

Een **alinea** met een [link](page:blog/een).

Nog een.

### Kleine kop

> Iemand zei dit,
> over twee regels.
> — Buurvrouw

![Een plein
met mensen](plein "Ons plein")

::: callout Let op
- Eerst dit
- dan *dat*
:::

::: links Verder
- [Hier](page:blog/een)
- [Daar](https://example.org/)
:::

::: steps
1. Kijk.
:::

Een slot voor {wie}.
"""


@pytest.fixture
def written(tmp_path: Path) -> Manuscript:
    path = tmp_path / "tekst.md"
    path.write_text(TEXT, encoding="utf-8")
    return manuscripts.read(path, wie="iedereen")


class TestRead:
    def test_takes_the_head_apart(self, written):
        assert written.head == {"title": "Wie beslist: jij"}

    def test_keeps_the_order_of_the_blocks(self, written):
        kinds = [kind for kind, _, _ in written.blocks]

        assert kinds == ["text", "heading", "quote", "image", "callout", "links", "text"]

    def test_sets_apart_what_the_page_type_knows(self, written):
        assert written.sections == {"steps": "1. Kijk."}


class TestStream:
    def test_is_what_wagtail_stores(self, written):
        text, heading, quote, image, callout, links, last = json.loads(written.stream(LIBRARY))

        first = (
            '<p>Een <b>alinea</b> met een <a linktype="page" id="11">link</a>.</p><p>Nog een.</p>'
        )
        assert text["value"] == first
        assert heading["value"] == {"text": "Kleine kop", "level": "h3"}
        assert quote["value"] == {
            "text": "Iemand zei dit, over twee regels.",
            "source": "Buurvrouw",
        }
        assert image["value"] == {
            "image": 7,
            "alt_text": "Een plein met mensen",
            "caption": "Ons plein",
        }
        assert "<i>dat</i>" in callout["value"]["text"]
        assert [link["page"] for link in links["value"]["links"]] == [11, None]
        assert last["value"] == "<p>Een slot voor iedereen.</p>"

    def test_is_read_by_the_pages_own_blocks(self, written):
        block = StoryBlock()

        value = block.to_python(json.loads(written.stream(LIBRARY)))

        assert len(value) == 7
