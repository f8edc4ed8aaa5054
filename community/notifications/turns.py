"""Telling the next author of a chain that it is their turn."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from blog import chains
from blog.chains import Place
from blog.models import BlogPage, Chain
from community.notifications import accounts
from community.notifications.models import Kind, ToldTurn
from core.addresses import absolute
from mail.models import Message
from users.languages import language_of
from users.models import User


def tell_next(post: BlogPage, *, now: datetime) -> Message | None:
    """Mail who has the turn in the chain of ``post``, once everyone can read what came before.

    Each author hears it once for each place in a chain, however often the post before
    is published. The first of a chain is not told: no post comes before.
    """
    places = chains.places_around(post)
    own, turn = chains.place_in(places, post), chains.turn(places)
    if own is None or turn is None or not own.is_written or turn.number < own.number:
        return None
    return _tell(turn, now)


def tell_current(chain: Chain, *, now: datetime) -> Message | None:
    """Mail who has the turn in ``chain`` now that an editor changed it, as `tell_next` does.

    Nobody as long as the chain has not begun, or when that author's post was out before:
    then it is for an editor to put it back.
    """
    turn = chains.turn(chains.places(chain))
    if turn is None or turn.previous is None or _was_out(turn):
        return None
    return _tell(turn, now)


def _was_out(turn: Place) -> bool:
    return turn.link.post is not None and turn.link.post.first_published_at is not None


@transaction.atomic
def _tell(turn: Place, now: datetime) -> Message | None:
    author = turn.link.author
    if author.user is None or not accounts.wants(Kind.TURN, author.user):
        return None
    _told, is_new = ToldTurn.objects.get_or_create(
        link=turn.link, author=author, defaults={"at": now}
    )
    return _mail(turn, author.user) if is_new else None


def _mail(turn: Place, author: User) -> Message:
    before = turn.previous
    post = before.post if before else None
    with translation.override(language_of(author)):
        context = {
            "chain": turn.link.chain,
            "due_date": turn.link.due_date,
            "before": before,
            "post_link": absolute(post.get_absolute_url()) if post else "",
            "chain_link": absolute(turn.link.chain.get_absolute_url()),
        }
    return accounts.tell(Kind.TURN, author, context)
