"""The addresses under ``/mijn/`` whose names allauth fixes; only the doors that we use."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as elsewhere
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from community.members.views import addresses, entering


def door(route: str, view: Any, name: str) -> URLPattern:
    """Return a path to a page that is never stored: a token or a person's own words are on it."""
    return path(route, never_cache(view), name=name)


urlpatterns = [
    door("inloggen/", entering.login, "account_login"),
    door("inloggen/code/", account.request_login_code, "account_request_login_code"),
    door("inloggen/code/invullen/", account.confirm_login_code, "account_confirm_login_code"),
    door("inloggen/passkey/", entering.login_by_passkey, "mfa_login_webauthn"),
    door("inloggen/gesloten/", account.account_inactive, "account_inactive"),
    door("inloggen/elders/afgebroken/", elsewhere.login_cancelled, "socialaccount_login_cancelled"),
    door("inloggen/elders/mislukt/", elsewhere.login_error, "socialaccount_login_error"),
    door("inloggen/nogmaals/", account.reauthenticate, "account_reauthenticate"),
    door(
        "inloggen/nogmaals/passkey/",
        passkeys.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
    ),
    door("uitloggen/", entering.logout, "account_logout"),
    door("aanmelden/", account.signup, "account_signup"),
    door("aanmelden/elders/", elsewhere.signup, "socialaccount_signup"),
    door(
        "aanmelden/bevestigen/", account.email_verification_sent, "account_email_verification_sent"
    ),
    door("e-mailadres/", addresses.change, "account_email"),
    door("wachtwoord/", account.password_change, "account_change_password"),
    door("wachtwoord/kiezen/", account.password_set, "account_set_password"),
    door("wachtwoord/vergeten/", account.password_reset, "account_reset_password"),
    door(
        "wachtwoord/vergeten/code/",
        account.confirm_password_reset_code,
        "account_confirm_password_reset_code",
    ),
    door(
        "wachtwoord/vergeten/nieuw/",
        account.complete_password_reset,
        "account_complete_password_reset",
    ),
    door(
        "wachtwoord/vergeten/klaar/",
        account.password_reset_from_key_done,
        "account_password_reset_completed",
    ),
    door("passkeys/", passkeys.list_webauthn, "mfa_list_webauthn"),
    door("passkeys/", passkeys.list_webauthn, "mfa_index"),
    door("passkeys/toevoegen/", passkeys.add_webauthn, "mfa_add_webauthn"),
    door("passkeys/<int:pk>/naam/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
    door("passkeys/<int:pk>/weghalen/", passkeys.remove_webauthn, "mfa_remove_webauthn"),
    door("logins-elders/", elsewhere.connections, "socialaccount_connections"),
]
