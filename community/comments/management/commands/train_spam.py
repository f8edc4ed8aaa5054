"""``manage.py train_spam``: learn from a file of examples."""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from community.comments.spam import files, learning, training
from core import progress


class Command(BaseCommand):
    help = (
        "Learns what spam is from a CSV file with the columns text and is_spam (0 or 1); other "
        "columns are ignored. The new version judges from then on. The last line of output is a "
        "JSON object; 'recall' is the part of the spam that is held, judged from the rest."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            texts = files.read(file)
            model, learned = training.learn_from_examples(
                texts, now=timezone.now(), progress=progress.bar
            )
        except files.NotReadable as error:
            raise CommandError(f"{file} cannot be read: {error}.") from error
        except learning.OneKindOnly as error:
            raise CommandError(f"{file} needs both spam and texts that are none.") from error
        summary = {
            "version": model.version,
            "ham": model.ham,
            "spam": model.spam,
            "threshold": round(model.threshold, 4),
            "recall": round(learned.recall, 4),
        }
        self.stdout.write(json.dumps(summary))
