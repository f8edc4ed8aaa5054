"""Whose address is it? What a member has proven, and what an administrator vouches for."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.db import transaction

from users.models import User


def is_proven(email: str) -> bool:
    """Return whether someone with an account has proven to read mail at ``email``."""
    if EmailAddress.objects.filter(email=email.lower(), verified=True).exists():
        return True
    made_by_hand = get_user_model().objects.filter(emailaddress__isnull=True)
    return made_by_hand.filter(email__iexact=email).exists()


def has_proven(user: User) -> bool:
    """Return whether the address of ``user`` is known to be theirs."""
    own = EmailAddress.objects.filter(user=user)
    return own.filter(email=user.email.lower(), verified=True).exists() or (
        bool(user.email) and not own.exists()
    )


def vouch(user: User) -> None:
    """Take the address of an account that an administrator made as proven.

    Whoever signs up gets a row for the address in the same transaction, so an
    account without one was made by hand. Harmless twice.
    """
    if not user.email or EmailAddress.objects.filter(user=user).exists():
        return
    address = EmailAddress(user=user, email=user.email.lower(), primary=True)
    address.verified = address.can_set_verified()
    address.save()


@transaction.atomic
def claim(user: User, *, keep_password: bool = False) -> None:
    """Leave out of a fresh account what somebody else may have put into it.

    Anyone can sign up with anyone's address. Who proves by a mailed code to read
    that mail, and not in the browser that signed up, gets the account without the
    password and the other logins that it came with. An account that was used
    before by who proved an address, and one that an administrator made, stays as it is.
    """
    own = EmailAddress.objects.filter(user=user)
    is_used = user.last_login is not None and own.filter(verified=True).exists()
    if is_used or not own.exists():
        return
    SocialAccount.objects.filter(user=user).delete()
    if not keep_password:
        user.set_unusable_password()
        user.save(update_fields=["password"])
