"""That an editor has seen what a rule would have caught, before it is saved."""

import hashlib
import json
from datetime import timedelta

from django.core import signing

from community.comments.blocking.rules import FIELDS
from community.comments.models import BlockRule
from users.models import User

VALID_FOR = timedelta(hours=1)
SALT = "community.moderation.rules"


def proof(rule: BlockRule, *, by: User, version: int) -> str:
    """Return a proof that ``by`` saw what ``rule``, as it is now, would have caught.

    ``version`` is the stamp of the rule as it is stored: the proof does not outlive a
    change by a colleague.
    """
    return signing.TimestampSigner(salt=SALT).sign(_digest(rule, by, version))


def is_proven(token: str, rule: BlockRule, *, by: User, version: int) -> bool:
    """Return whether ``token`` is a proof for exactly this rule, of the last hour."""
    try:
        seen = signing.TimestampSigner(salt=SALT).unsign(token, max_age=VALID_FOR)
    except signing.BadSignature:
        return False
    return seen == _digest(rule, by, version)


def _digest(rule: BlockRule, by: User, version: int) -> str:
    values = [str(getattr(rule, name)) for name in FIELDS]
    parts = json.dumps([rule.pk, by.pk, version, *values])
    return hashlib.sha256(parts.encode()).hexdigest()
