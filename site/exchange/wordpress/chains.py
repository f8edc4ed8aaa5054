"""Giving an imported post its place in a chain."""

from datetime import date

from django.utils.translation import gettext as _

from blog.models import Author, BlogPage, Chain, Link

CATEGORY = "kettingvideobrief"  # posts in this category of WordPress are links of a chain


def chain_for(*, slug: str, name: str) -> Chain:
    """Return the chain called ``slug``, made when there is none yet."""
    question = _("What are you changing, and who do you pass the baton to?")
    chain, _made = Chain.objects.get_or_create(
        slug=slug[:120], defaults={"name": name[:120], "question": question}
    )
    return chain


def add_link(chain: Chain, *, post: BlogPage, author: Author) -> Link:
    """Return the link of ``post``, placed by date among the written links when it is new.

    Links that nobody has written yet stay behind those that are written. A post that
    is a link already, of this chain or another, stays where it is.
    """
    found = Link.objects.filter(post=post).first()
    if found is not None:
        return found
    links = list(Link.objects.filter(chain=chain).with_people())
    link = Link(chain=chain, author=author, post=post)
    links.insert(_position(links, post.date), link)
    for number, one in enumerate(links):
        one.sort_order = number
    link.save()
    Link.objects.bulk_update([one for one in links if one is not link], ["sort_order"])
    return link


def _position(links: list[Link], day: date) -> int:
    dated = [(number, link.post.date) for number, link in enumerate(links) if link.post]
    later = [number for number, date_of in dated if date_of > day]
    return later[0] if later else dated[-1][0] + 1 if dated else 0
