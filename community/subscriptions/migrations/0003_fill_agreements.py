"""Write down as an agreement what each subscription was asked for.

Step 2 of 2: 0002 adds the table. An agreement gets the public id of its subscription,
because that stands in the links that were mailed to confirm it.
"""

from django.db import migrations

BATCH = 1000
TERMS = (
    "frequency",
    "language",
    "consent_text",
    "consent_version",
    "consent_page",
    "requested_at",
)


def fill_agreements(apps, schema_editor):
    Subscription = apps.get_model("subscriptions", "Subscription")
    Agreement = apps.get_model("subscriptions", "Agreement")
    without = Subscription.objects.filter(agreements__isnull=True).order_by("pk")
    last = 0
    while batch := list(without.filter(pk__gt=last)[:BATCH]):
        Agreement.objects.bulk_create(_agreement(Agreement, each) for each in batch)
        last = batch[-1].pk


def _agreement(model, subscription):
    confirmed_at = subscription.confirmed_at
    return model(
        public_id=subscription.public_id,
        subscription_id=subscription.pk,
        confirmed_at=confirmed_at,
        ended_at=subscription.ended_at if confirmed_at else None,
        **{name: getattr(subscription, name) for name in TERMS},
    )


class Migration(migrations.Migration):
    dependencies = [("subscriptions", "0002_agreements")]

    operations = [
        migrations.RunPython(fill_agreements, migrations.RunPython.noop, elidable=True),
    ]
