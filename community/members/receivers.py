"""What others tell us only by signals: allauth, and whoever deletes an account."""

from typing import Any

from allauth.account.signals import authentication_step_completed, password_reset
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from community.members import addresses, erasing
from users.models import User


@receiver(authentication_step_completed)
def claim_by_code(*, user: User, method: str, **kwargs: Any) -> None:
    """Someone filled in the code that we mailed to log in with."""
    if method == "code":
        addresses.claim(user)


@receiver(password_reset)
def claim_by_reset(*, user: User, **kwargs: Any) -> None:
    """Someone filled in the code that we mailed, and chose a new password."""
    addresses.claim(user, keep_password=True)


@receiver(pre_delete, sender=User)
def let_go(*, instance: User, **kwargs: Any) -> None:
    """An account is about to be deleted, here, in the admin or anywhere."""
    erasing.let_go(instance)
