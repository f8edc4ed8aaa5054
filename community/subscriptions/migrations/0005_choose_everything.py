"""Write down that each subscription that was confirmed is about everything, as it always was.

Step 2 of 2: 0004 adds the table. One that waits gets its choices when it is confirmed.
"""

from django.db import migrations

BATCH = 1000
EVERYTHING = "everything"


def choose_everything(apps, schema_editor):
    Subscription = apps.get_model("subscriptions", "Subscription")
    Choice = apps.get_model("subscriptions", "Choice")
    without = Subscription.objects.filter(confirmed_at__isnull=False, choices__isnull=True)
    keys = without.order_by("pk").values_list("pk", flat=True)
    last = 0
    while batch := list(keys.filter(pk__gt=last)[:BATCH]):
        Choice.objects.bulk_create(
            Choice(subscription_id=key, kind=EVERYTHING, key="") for key in batch
        )
        last = batch[-1]


class Migration(migrations.Migration):
    dependencies = [("subscriptions", "0004_choices")]

    operations = [
        migrations.RunPython(choose_everything, migrations.RunPython.noop, elidable=True),
    ]
