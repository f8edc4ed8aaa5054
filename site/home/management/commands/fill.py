"""Fill the database with made-up volume, for measuring."""

from collections import deque
from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import progress
from home.fill import conversations, pages, subscribers
from home.fill.words import Words

COUNTS = ("posts", "comments", "subscribers", "tools")
STATUSES = ("approved", "pending")


class Command(BaseCommand):
    help = "Adds made-up pages, comments and subscriptions, for measuring. Not for a real site."

    def add_arguments(self, parser: CommandParser) -> None:
        for name in COUNTS:
            parser.add_argument(f"--{name}", default=0, metavar="N")
        parser.add_argument("--comments-on", metavar="SLUG", help="default: spread over all posts")
        parser.add_argument("--shape", default="mixed", help="|".join(conversations.SHAPES))
        parser.add_argument("--status", default="approved", help="|".join(STATUSES))
        parser.add_argument("--seed", default=1, metavar="N")

    def handle(self, *args: object, **options) -> None:
        options |= {name: _number(name, options[name]) for name in (*COUNTS, "seed")}
        _one_of(conversations.SHAPES, "shape", options["shape"])
        _one_of(STATUSES, "status", options["status"])
        try:
            self._fill(options)
        except pages.NowhereToPut as problem:
            raise CommandError(f"There is no {problem} yet: run setup_site first.") from problem
        except conversations.NoSuchPage as problem:
            raise CommandError(f"There is no page to comment on: {problem}.") from problem

    def _fill(self, options: dict) -> None:
        words = Words(options["seed"])
        self._run("posts", pages.add_posts(options["posts"], words), options)
        self._run("tools", pages.add_tools(options["tools"], words), options)
        if options["comments"]:
            self._run("comments", self._comments(words, options), options)
        self._run("subscribers", subscribers.add(options["subscribers"]), options)

    def _comments(self, words: Words, options: dict) -> Iterator[object]:
        on = conversations.pages(options["comments_on"])
        shape, status = options["shape"], options["status"]
        return conversations.add(options["comments"], words, on, shape=shape, status=status)

    def _run(self, name: str, things: Iterator[object], options: dict) -> None:
        """Let ``things`` be made, with a progress bar on a terminal."""
        if total := options[name]:
            deque(progress.bar(things, total), maxlen=0)
            self.stdout.write(f"{total} {name}")


def _number(name: str, value: object) -> int:
    """Return ``value`` as a number that is not negative; `CommandError` for anything else."""
    text = str(value)
    if not text.isascii() or not text.isdigit():
        raise CommandError(f"--{name} {text!r} is not a number of 0 or more.")
    return int(text)


def _one_of(known: tuple[str, ...], name: str, value: str) -> None:
    if value not in known:
        raise CommandError(f"--{name} {value!r} is none of {', '.join(known)}.")
