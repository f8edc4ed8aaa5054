"""Let 0 days mean never: until now it meant what empty means, so 0 becomes empty first."""

import django.core.validators
from django.db import migrations, models


def empty_zero_days(apps, schema_editor):
    pages = apps.get_model("tools", "ToolPage").objects
    pages.filter(comments_days=0).update(comments_days=None)


class Migration(migrations.Migration):

    dependencies = [
        ('tools', '0002_conversations'),
    ]

    operations = [
        migrations.RunPython(empty_zero_days, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='toolindexpage',
            name='comments_days',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Counted from publication. Empty or 0: never.', null=True, validators=[django.core.validators.MaxValueValidator(3650)], verbose_name='closes after days'),
        ),
        migrations.AlterField(
            model_name='toolpage',
            name='comments_days',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Counted from publication. Empty: as the section says; 0: never.', null=True, validators=[django.core.validators.MaxValueValidator(3650)], verbose_name='closes after days'),
        ),
    ]
