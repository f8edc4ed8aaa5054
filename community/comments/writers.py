"""Telling one writer from another without keeping more than is there already."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils.crypto import salted_hmac

SALT = "community.comments.writers"


def key(*, user: AbstractBaseUser | None, email: str) -> str:
    """Return 32 characters that are the same for every comment of one member or address."""
    who = f"user:{user.pk}" if user else f"mail:{email.strip().lower()}"
    return salted_hmac(SALT, who, algorithm="sha256").hexdigest()[:32]
