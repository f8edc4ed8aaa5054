"""Invented comments for the spam filter to learn from, and the real ones it is held against."""

import csv
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from django.utils import timezone

from community.comments.models import SpamModel
from community.comments.spam import training

FILE = Path(__file__).resolve().parents[2] / "shared" / "data" / "comment-spam.csv"

_OPENINGS = [
    "Mooi verhaal.",
    "Dank hiervoor.",
    "Herkenbaar.",
    "Bij ons ging het anders.",
    "Helder.",
]
_GOOD = [
    "De aanbesteding kostte ons een half jaar.",
    "Wie beheert de sensoren na de proef?",
    "Onze raad vroeg ook naar privacy.",
    "In onze wijk hangen ze nu aan de lantaarns.",
    "Staat dat ergens op papier?",
]
_BAD = [
    "Gratis geld verdienen? Klik hier: https://snel.example/geld",
    "Abonneer je op mijn kanaal!!!",
    "Goedkope leningen op www.lening.example, bestel nu",
    "Win een gratis telefoon: https://prijs.example/win",
    "Bekijk mijn webshop voor korting",
]


def texts() -> list[tuple[str, bool]]:
    """Return 25 good comments and 25 that are spam, each another one."""
    return [(f"{opening} {good}", False) for opening, good in product(_OPENINGS, _GOOD)] + [
        (f"{opening} {bad}", True) for opening, bad in product(_OPENINGS, _BAD)
    ]


def train() -> SpamModel:
    """Store a version that learned from `texts`."""
    return training.learn_from_examples(texts(), now=timezone.now())[0]


def real() -> Iterator[tuple[str, str, bool]]:
    """Yield the video, the text and whether it is spam, for each real comment."""
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["video"], row["text"], row["is_spam"] == "1"
