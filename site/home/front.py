"""What the front page shows, beside the editor's own words."""

from blog import chains
from blog.models import BlogPage

POSTS_ON_FRONT = 3


def contents(locale_id: int) -> dict:
    """Return the current chain with its places, whose turn it is, and the newest posts."""
    chain = chains.current()
    places = chains.places(chain) if chain else []
    return {
        "chain": chain,
        "places": places,
        "turn": chains.turn(places),
        "posts": newest_posts(locale_id),
    }


def newest_posts(locale_id: int) -> list[BlogPage]:
    """Return the newest posts in that locale; where it has none, the newest in any language."""
    posts = BlogPage.objects.published().with_card_fields()
    found = list(posts.filter(locale_id=locale_id)[:POSTS_ON_FRONT])
    return found or list(posts[:POSTS_ON_FRONT])
