"""The task queue: who rings which bell, and when.

The queue carries knocks on the door and nothing else. What is to be done stands
in the database, so a lost or a doubled knock is harmless, and any number of
beats may run. No request ever publishes to the broker.
"""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("estafette")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

KNOCK_EVERY = 2  # seconds between two looks into the outbox, and at what requests left behind
ANNOUNCE_EVERY = 5  # seconds between two looks for comments that followers were not told of
WRITE_EVERY = 10  # seconds between two looks for digests that are still to be written

app.conf.beat_schedule = {
    "deliver due mail": {
        "task": "mail.tasks.deliver_due",
        "schedule": KNOCK_EVERY,
        "options": {"expires": KNOCK_EVERY * 5},  # knocks of a night without worker do not pile up
    },
    "announce comments": {
        "task": "community.notifications.tasks.announce",
        "schedule": ANNOUNCE_EVERY,
        "options": {"expires": ANNOUNCE_EVERY * 5},
    },
    "run background tasks": {
        "task": "config.tasks.run_background",
        "schedule": KNOCK_EVERY,
        "options": {"expires": KNOCK_EVERY * 5},
    },
    "publish scheduled pages": {
        "task": "blog.tasks.publish_scheduled",
        "schedule": crontab(),
        "options": {"expires": 60},
    },
    "send due digests": {
        "task": "community.digests.tasks.send_due_digests",
        "schedule": crontab(minute="2-59/10"),  # two past every hour, and for who wants it at once
        "options": {"expires": 60 * 10},
    },
    "write digests that are open": {
        "task": "community.digests.tasks.write_digests",
        "schedule": WRITE_EVERY,
        "options": {"expires": WRITE_EVERY * 2},
    },
    "remind moderators of what waits": {
        "task": "community.moderation.tasks.remind",
        "schedule": crontab(minute=2),
        "options": {"expires": 60 * 60},
    },
    "draft the figures of last year": {
        "task": "community.moderation.tasks.draft_figures",
        "schedule": crontab(month_of_year=1, day_of_month=2, hour=5, minute=27),
        "options": {"expires": 60 * 60 * 24},
    },
    "forget networks of mails": {
        "task": "mail.tasks.forget_networks",
        "schedule": crontab(hour=4, minute=7),
        "options": {"expires": 60 * 60 * 6},
    },
    "forget old mails": {
        "task": "mail.tasks.forget_old",
        "schedule": crontab(hour=3, minute=37),
        "options": {"expires": 60 * 60 * 6},
    },
    "purge wishes to follow": {
        "task": "community.notifications.tasks.purge",
        "schedule": crontab(hour=4, minute=12),
        "options": {"expires": 60 * 60 * 6},
    },
    "purge subscriptions that nobody confirmed": {
        "task": "community.subscriptions.tasks.purge",
        "schedule": crontab(hour=4, minute=27),
        "options": {"expires": 60 * 60 * 6},
    },
    "forget where old periods touched": {
        "task": "community.digests.tasks.purge",
        "schedule": crontab(hour=4, minute=47),
        "options": {"expires": 60 * 60 * 6},
    },
    "mail links that had to wait": {
        "task": "community.comments.tasks.ask_waiting",
        "schedule": crontab(minute=32),
        "options": {"expires": 60 * 60},
    },
    "learn spam from editors": {
        "task": "community.moderation.tasks.learn_spam",
        "schedule": crontab(hour=3, minute=42),
        "options": {"expires": 60 * 60 * 6},
    },
    "purge old comments and links": {
        "task": "community.comments.tasks.purge",
        "schedule": crontab(hour=4, minute=17),
        "options": {"expires": 60 * 60 * 6},
    },
    "forget who noticed comments": {
        "task": "community.moderation.tasks.forget_notifiers",
        "schedule": crontab(hour=4, minute=27),
        "options": {"expires": 60 * 60 * 6},
    },
    "purge accounts that nobody confirmed": {
        "task": "community.members.tasks.purge",
        "schedule": crontab(hour=4, minute=22),
        "options": {"expires": 60 * 60 * 6},
    },
}
