"""What is measured, and the bounds: those of ``make bench``'s contract."""

import itertools
from collections.abc import Callable
from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from blog.models import BlogPage
from community.comments.templatetags import comments as tags
from community.notifications.models import Follow
from tests import factories
from tests.bench import broker, content, desk, kills, mailing, opening, package, race, spam
from tests.bench.measuring import Measure, Reader, cpu_ms, queries
from tests.killing import SECONDS, Outcome

SIZES = (10, 1_000, 10_000)
FOLLOWERS = 5_000
_numbers = itertools.count(1)


@cache
def reader() -> Reader:
    translation.activate("nl")
    return Reader()


def page(path: str) -> Callable[[], bytes]:
    """Return what reads the page at ``path`` of a site with content."""
    content.site()
    return lambda: reader().get(path)


def post() -> Callable[[], bytes]:
    return page(content.site().get_url())


def section(count: int, shape: str) -> Callable[[], str]:
    """Return what renders the conversation of a post with ``count`` comments."""
    on = BlogPage.objects.get(pk=content.post_with(count, shape).pk)
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    template = Template("{% load comments %}{% comments page %}")
    return lambda: template.render(Context({"request": request, "page": on}))


def most_queries() -> float:
    """Return the most queries among a few, many and very many comments, of every shape."""
    shapes = [(size, shape) for size in SIZES for shape in ("flat", "thread", "mixed")]
    return max(queries(section(size, shape)) for size, shape in shapes)


def many_vs_few() -> float:
    """Return what a whole page with 1,000 comments costs in CPU, in pages with 10."""
    many, few = (page(content.post_with(size, "mixed").get_url()) for size in (1_000, 10))
    return cpu_ms(many) / cpu_ms(few)


def most_kib() -> float:
    """Return the size of the largest page of comments, before it is compressed."""
    pages = (section(10_000, shape)() for shape in ("flat", "thread", "mixed"))
    return max(len(html.encode()) for html in pages) / 1024


def first_cpu_ms() -> float:
    """Return the most CPU for a page of 10,000 comments that this process never showed before."""

    def first(work: Callable[[], str]) -> Callable[[], str]:
        def forget_and_work() -> str:
            tags._rendered.cache_clear()
            return work()

        return forget_and_work

    shapes = ("flat", "thread", "mixed")
    return max(cpu_ms(first(section(10_000, shape))) for shape in shapes)


def comment() -> Callable[[], bytes]:
    """Return what posts a comment as a reader without account, each time another one."""
    path = f"/reacties/{content.site().pk}/"

    def send() -> bytes:
        number = next(_numbers)
        form = {
            "name": f"Lezer {number}",
            "email": f"nieuw{number}@example.org",
            "comment": f"{number}. {' '.join(content.SENTENCES)}",
        }
        return reader().post(path, form)

    return send


def comment_of_member() -> Callable[[], bytes]:
    """Return what posts an answer as a member, each time another one by the next member."""
    page = content.site()
    answered = factories.comment(page)
    readers = itertools.cycle([Reader(member) for member in content.members()])

    def send() -> bytes:
        words = f"{next(_numbers)}. {' '.join(content.SENTENCES)}"
        form = {"comment": words, "reply_to": str(answered.public_id)}
        return next(readers).post(f"/reacties/{page.pk}/", form)

    return send


def comment_that_is_followed() -> Callable[[], bytes]:
    """Return what posts a comment that appears at once, in a conversation that many follow."""
    page = factories.BlogPageFactory(title="Gevolgd", slug="gevolgd")
    follows = (factories.FollowFactory.build(page=page, language="nl") for _ in range(FOLLOWERS))
    Follow.objects.bulk_create(follows)
    moderator = Reader(factories.UserFactory(moderator=True))

    def send() -> bytes:
        words = f"{next(_numbers)}. {' '.join(content.SENTENCES)}"
        return moderator.post(f"/reacties/{page.pk}/", {"comment": words})

    return send


def package_at_10_000() -> float:
    """Return the ratio where the package takes half a minute, so once and cold."""
    return package.times_our_cost(10_000, repetitions=1, warm_ups=0)


def killed(name: str, outcome: Callable[[], Outcome]) -> list[Measure]:
    """Return what came of mails whose senders were killed; ``name`` has a place for what."""
    return [
        Measure(name.format("lost"), "mails", 0, lambda: outcome().lost),
        Measure(name.format("double_per_kill"), "mails", 1, lambda: outcome().double_per_kill),
        Measure(name.format("copies"), "mails", 2, lambda: outcome().copies),
        Measure(name.format("misnamed"), "mails", 0, lambda: outcome().misnamed),
        Measure(name.format("last_s"), "s", SECONDS, lambda: outcome().seconds),
        # How many there were to survive; more is better.
        Measure(name.format("senders"), "senders", 30, lambda: outcome().kills),
    ]


ALL = [
    Measure("page.post_queries", "queries", 12, lambda: queries(post())),
    Measure("page.post_cpu_ms", "ms", 10, lambda: cpu_ms(post())),
    Measure("page.home_queries", "queries", 12, lambda: queries(page("/"))),
    Measure("page.index_queries", "queries", 12, lambda: queries(page("/blog/"))),
    Measure("page.tools_queries", "queries", 12, lambda: queries(page("/hulpmiddelen/"))),
    Measure("comments.queries", "queries", 6, most_queries),
    Measure("comments.cpu_ms.flat_10000", "ms", 60, lambda: cpu_ms(section(10_000, "flat"))),
    Measure("comments.cpu_ms.thread_10000", "ms", 60, lambda: cpu_ms(section(10_000, "thread"))),
    Measure("comments.first_cpu_ms_10000", "ms", 60, first_cpu_ms),
    Measure("comments.page_1000_vs_10", "times", 2, many_vs_few),
    Measure("comments.kib_10000", "KiB", 150, most_kib),
    Measure("comments.vs_package_tree", "times", 10, lambda: package.times_our_cost(1_000)),
    Measure("comments.vs_package_tree_10000", "times", 10, package_at_10_000),
    # The package needs 17 queries for a reply; WordPress about 24 ms for a comment.
    Measure("comments.post_queries", "queries", 12, lambda: queries(comment())),
    Measure("comments.post_cpu_ms", "ms", 25, lambda: cpu_ms(comment())),
    Measure("comments.post_queries_member", "queries", 12, lambda: queries(comment_of_member())),
    Measure("comments.post_cpu_ms_member", "ms", 25, lambda: cpu_ms(comment_of_member())),
    Measure("comments.race_lost.postgresql", "comments", 0, race.lost_on_postgresql),
    Measure("comments.race_lost.sqlite", "comments", 0, race.lost),
    # For these two, more is better.
    Measure("spam.f1_5fold", "F1", 0.95, spam.f1_5fold),
    Measure("spam.recall_at_fpr2", "recall", 0.90, spam.recall_at_fpr2),
    Measure("queue.queries_100000", "queries", 12, desk.page_queries),
    Measure("queue.cpu_ms_100000", "ms", 150, desk.page_cpu_ms),
    Measure("queue.act_queries", "queries", 10, desk.act_queries),
    Measure("queue.act_cpu_ms", "ms", 25, desk.act_cpu_ms),
    Measure("queue.bulk_1000_s", "s", 3, desk.bulk_seconds),
    Measure("notify.broker_away_adds_s", "s", 0.3, lambda: broker.adds_seconds(comment())),
    Measure("notify.post_queries_5000", "queries", 12, lambda: queries(comment_that_is_followed())),
    # Mails each second, against a bare smtplib loop with the same bytes; more is better.
    Measure("digest.rate_vs_raw.sqlite", "times", 1.0, lambda: mailing.sqlite().vs_raw),
    Measure("digest.rate_vs_raw_plain.sqlite", "times", 0.5, lambda: mailing.sqlite().plain_vs_raw),
    Measure("digest.rate_vs_raw.postgresql", "times", 0.3, lambda: mailing.postgresql().vs_raw),
    Measure("digest.rate_vs_send_loop", "times", 5, lambda: mailing.sqlite().vs_send_loop),
    Measure("digest.cpu_ms_per_mail", "ms", 0.5, lambda: mailing.sqlite().cpu_ms),
    Measure("digest.open_1m_s.sqlite", "s", 10, lambda: opening.sqlite().seconds),
    Measure("digest.open_1m_s.postgresql", "s", 60, lambda: opening.postgresql().seconds),
    Measure("digest.open_1m_mib", "MiB", 150, lambda: opening.postgresql().mib),
    Measure("digest.open_1m_again", "rows", 0, lambda: opening.postgresql().again),
    *killed("digest.kills.{}", kills.sqlite),
    *killed("digest.kills.{}.postgresql", kills.postgresql),
]


def names() -> list[str]:
    return [measure.name for measure in ALL]
