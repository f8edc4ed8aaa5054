from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    """Deliveries used to be written down together with their mails."""
    deliveries = apps.get_model("digests", "Delivery").objects.filter(written_at__isnull=True)
    deliveries.update(written_at=F("until"))


class Migration(migrations.Migration):
    dependencies = [("digests", "0006_open_deliveries")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
