"""What we do otherwise than allauth: mails, words, user names and the ways in."""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.comments.forms import NAME_LENGTH
from community.comments.text import one_line
from community.members import mailing
from core import networks
from users.models import User

_MISMATCH = _("This address and this password do not belong together.")
_WRONG_CODE = _("That is not the code that we mailed. Look at the newest mail.")
_TAKEN = _("Choose another address.")

# Of what allauth would say after an act, this is worth a line.
SAID: dict[str, str | Promise] = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("You can now log in with a password, too."),
    "account/messages/email_confirmed.txt": _("Your email address is confirmed."),
    "account/messages/email_confirmation_failed.txt": _TAKEN,
    "mfa/messages/webauthn_added.txt": _("The passkey is added. You can log in with it now."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is taken off your account."),
    "socialaccount/messages/account_connected.txt": _("You can log in that way, too."),
    "socialaccount/messages/account_connected_other.txt": _("That login belongs to someone else."),
    "socialaccount/messages/account_disconnected.txt": _("That login is taken off your account."),
}


class Adapter(DefaultAccountAdapter):
    """Accounts of members."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _MISMATCH,
        "email_taken": _TAKEN,
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": _("This is not your password."),
        "rate_limited": _("That goes a bit fast. Wait a moment and try again."),
        "same_as_current": _("This is your address already."),
        "too_many_login_attempts": _("That did not work too often. Try again in five minutes."),
        "username_password_mismatch": _MISMATCH,
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        mailing.send(template_prefix, to=email, context=context, request=self.request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | Promise | None = None,
    ) -> None:
        """Say little: a page that shows what happened needs no message."""
        said = message or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def generate_unique_username(self, txts: list[str | None], regex: str | None = None) -> str:
        """Return a name that says nothing about its owner; people log in with their address."""
        return f"lid-{secrets.token_hex(8)}"

    def get_client_ip(self, request: HttpRequest) -> str:
        return networks.client_address(request) or "unknown"

    def is_safe_url(self, url: str) -> bool:
        """Return whether ``url`` leads to this very site."""
        host = self.request.get_host()
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={host}, require_https=self.request.is_secure()
        )

    def get_login_stages(self) -> list[str]:
        """Return what must be passed on the way in. A passkey is a way in, not a second lock."""
        return ["allauth.account.stages.LoginByCodeStage", "community.members.stages.AddressStage"]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("members:home")


class PasskeyAdapter(DefaultMFAAdapter):
    """Passkeys of members."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That passkey does not open an account here."),
        "unverified_email": _("Confirm your email address first."),
    }

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002
        return gettext("My passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity = super().get_public_key_credential_rp_entity()
        return entity | {"name": settings.WAGTAIL_SITE_NAME}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:  # type: ignore[override]
        return {
            "id": user_pk_to_url_str(user).encode(),
            "display_name": str(user),
            "name": user.email or user.username,
        }


class ElsewhereAdapter(DefaultSocialAccountAdapter):
    """Members who log in elsewhere (OpenID Connect)."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": _TAKEN,
        "connected_other": _("That login belongs to someone else."),
    }

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict) -> User:
        """Take over the name and the address, and never the user name; keep nothing else."""
        sociallogin.account.extra_data = {}  # it may hold a birthday, or what no database takes
        name = data.get("name") or " ".join(
            filter(None, (data.get("first_name"), data.get("last_name")))
        )
        first, _space, last = one_line(name)[:NAME_LENGTH].partition(" ")
        names = {"username": "", "name": "", "first_name": first, "last_name": last}
        return super().populate_user(request, sociallogin, data | names)

    @transaction.atomic
    def save_user(
        self, request: HttpRequest, sociallogin: Any, form: BaseForm | None = None
    ) -> User:
        """Store the account and its address together: see `addresses.vouch`."""
        return super().save_user(request, sociallogin, form)
