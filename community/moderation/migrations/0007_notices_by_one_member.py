"""Let a member who has more to say about a comment give notice of it again.

`noticing` keeps the same words once, in the transaction that holds the comment.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("moderation", "0006_notice_once_per_member")]

    operations = [
        migrations.RemoveConstraint(model_name="notice", name="notice_once_per_member"),
    ]
