"""Say of comments that can be read since when: what followers were told first, or decided.

Step 2 of 2: 0003 adds the column empty. A comment that was taken away and placed
again, or changed and read again, has a later decision; what its followers were
told of is not later than its first appearance but for some seconds.
"""

from django.db import migrations
from django.db.models.functions import Coalesce, Least


def fill_appeared_at(apps, schema_editor):
    comments = apps.get_model("comments", "Comment").objects
    comments.filter(status="approved", appeared_at__isnull=True).update(
        appeared_at=Coalesce(Least("announced_at", "decided_at"), "decided_at")
    )


class Migration(migrations.Migration):
    dependencies = [("comments", "0003_comment_appeared_at")]

    operations = [
        migrations.RunPython(fill_appeared_at, migrations.RunPython.noop, elidable=True),
    ]
