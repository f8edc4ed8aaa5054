"""Loading all of the demo's content, once."""

from django.contrib.auth import get_user_model
from django.db import transaction

from home.demo import (
    appreciation,
    chain,
    conversation,
    pages,
    people,
    subscribers,
    team,
    translations,
    uses,
)
from home.demo.moments import Clock
from home.demo.shelf import Shelf
from home.setup import ensure_site

SINCE = 170  # days: a little longer than the oldest post


@transaction.atomic
def everything() -> bool:
    """Load the content, dated back from now; return ``False`` when it was there already.

    The editor's login is the last that is made, so it shows that all was loaded.
    Whatever someone changed or deleted in the demo since then stays as they left it.
    """
    if get_user_model().objects.filter(username=people.LAST_LOGIN).exists():
        return False
    clock, shelf = Clock(), Shelf()
    tree = ensure_site(at=clock.ago(days=SINCE))
    authors = people.authors(shelf)
    pages.dress(tree, shelf)
    pages.add_tools(tree, shelf, clock)
    pages.add_posts(tree, shelf, clock, authors)
    pages.write(tree, shelf)
    chain.add(tree, shelf, clock, authors)
    translations.add(tree, shelf, clock)
    people.accounts(authors)
    uses.add_all(tree, clock)
    conversation.add_all(tree, clock)
    appreciation.add_all()
    team.add_all(tree, clock)
    subscribers.add_all(clock)
    return True
