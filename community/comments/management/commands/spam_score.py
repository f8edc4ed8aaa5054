"""``manage.py spam_score``: what the newest version thinks of texts, one a line."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from community.comments.spam import scoring


class Command(BaseCommand):
    help = (
        'Reads lines such as {"text": "…"} from standard input, and writes a line with score '
        "(0 to 1), held and reasons for each. Without training the score is null."
    )

    def handle(self, **options: object) -> None:
        judge = scoring.newest()
        if judge is None:
            self.stderr.write("There is no spam model yet: train_spam makes one.")
        for number, line in enumerate(sys.stdin.buffer, start=1):
            if line.strip():
                text = _text(line, number)
                self.stdout.write(_answer(judge.score(text) if judge else scoring.NO_OPINION))


def _text(line: bytes, number: int) -> str:
    """Return the text on ``line``; raises `CommandError`."""
    try:
        found: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CommandError(f"Line {number} is not JSON in UTF-8.") from error
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise CommandError(f'Line {number} is not an object with a "text".')
    return found["text"]


def _answer(score: scoring.Score) -> str:
    answer = {"score": score.value, "held": score.held, "reasons": list(score.reasons)}
    return json.dumps(answer, ensure_ascii=False)
