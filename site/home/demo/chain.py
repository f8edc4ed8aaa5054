"""The chain of the demo: who wrote, and who has the baton now."""

from blog.models import Author, BlogPage, Chain, Link
from home.demo import pages
from home.demo.moments import Clock
from home.demo.shelf import Shelf
from home.setup import Tree

NEXT = "maud"
DAYS_LEFT = 20
FACTS = {
    "name": "Kettingvideobrief",
    "question": "Wat moest er eerst anders, voordat jouw slimme oplossing echt werkte?",
    "introduction": (
        "Een sensor, een platform, een rekenmodel: op papier werkt alles. In het echt blijkt dan "
        "dat er eerst een contract, een werkinstructie of een gewoonte moet veranderen. In deze "
        "ketting vertelt steeds iemand anders wat dat was, en wie het stokje krijgt."
    ),
}


def add(site: Tree, shelf: Shelf, clock: Clock, authors: dict[str, Author]) -> Chain:
    """Make the chain of the written posts, and give its last link to who is next."""
    facts = FACTS | {"image": shelf.picture("keten")}
    chain, _ = Chain.objects.get_or_create(slug="kettingvideobrief", defaults=facts)
    written = [found for found in pages.texts("nl", "posts") if "link" in found[1].head]
    for slug, text in sorted(written, key=lambda found: int(found[1].head["link"])):
        post = BlogPage.objects.child_of(site.blog).get(slug=slug)
        number = int(text.head["link"])
        Link.objects.create(chain=chain, author=post.author, post=post, sort_order=number)
    due = clock.day(-DAYS_LEFT)
    Link.objects.create(
        chain=chain, author=authors[NEXT], due_date=due, sort_order=len(written) + 1
    )
    return chain
