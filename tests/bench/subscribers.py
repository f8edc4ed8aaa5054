"""Readers by the thousand, of twelve distinct selections, and the digest that each is due."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from community.digests import digests
from community.subscriptions import consent
from community.subscriptions.models import Choice, Subscription

SELECTIONS = 12
CHUNK = 2_000

# A million rows like the first one, by the database itself.
_MORE = """
WITH RECURSIVE numbers(number) AS (
    SELECT 2 UNION ALL SELECT number + 1 FROM numbers WHERE number < %s
)
INSERT INTO subscriptions_subscription ({columns})
SELECT {values} FROM numbers CROSS JOIN (SELECT * FROM subscriptions_subscription LIMIT 1) one
"""
_RANDOM = {
    "sqlite": "lower(hex(randomblob(16)))",
    "postgresql": "gen_random_uuid()",
}


def due(count: int) -> None:
    """Let ``count`` readers be due, who together chose `SELECTIONS` things, and no others."""
    from tests.bench import content  # much to load for who only opens periods

    blog = content.site().get_parent()
    Subscription.objects.all().delete()
    for start in range(0, count, CHUNK):
        numbers = range(start, min(start + CHUNK, count))
        made = Subscription.objects.bulk_create([_reader(number) for number in numbers])
        Choice.objects.bulk_create(
            choice
            for number, reader in zip(numbers, made, strict=True)
            for choice in _choices(reader, number % SELECTIONS, str(blog.pk))
        )


def many_due(count: int) -> None:
    """Let ``count`` readers be due as fast as the database can write them, and no others."""
    Subscription.objects.all().delete()
    _reader(1).save()
    names = [field.column for field in Subscription._meta.concrete_fields if field.column != "id"]
    other = {
        "email": "'lezer' || number || '@example.org'",
        "public_id": _RANDOM[connection.vendor],
    }
    values = [other.get(name, f"one.{name}") for name in names]
    with connection.cursor() as cursor:
        more = _MORE.format(columns=", ".join(names), values=", ".join(values))
        cursor.execute(more, [count])
        cursor.execute("ANALYZE")


def write() -> None:
    """Put the digest of everyone who is due in the outbox."""
    digests.send_due(now=timezone.now())


def _reader(number: int) -> Subscription:
    now = timezone.now()
    given = consent.given_on("/abonneren/")
    return Subscription(
        email=f"lezer{number}@example.org",
        language="nl",
        state=Subscription.State.CONFIRMED,
        consent_text=given.text,
        consent_version=given.version,
        consent_page=given.page,
        requested_at=now - timedelta(days=8),
        confirmed_at=now - timedelta(days=8),
        digested_until=(now - timedelta(days=7)).replace(microsecond=0, second=0),
        next_digest_at=now,
    )


def _choices(reader: Subscription, selection: int, blog: str) -> list[Choice]:
    if selection == 0:
        return [Choice(subscription=reader, kind="everything")]
    chosen = [("section", blog), ("tools", ""), ("tag", f"onderwerp-{selection}")]
    return [Choice(subscription=reader, kind=kind, key=key) for kind, key in chosen]
