"""Members' accounts (django-allauth)."""

from config import env, openid

AUTHENTICATION_BACKENDS = ["users.backends.Backend"]
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "members:login"
LOGIN_REDIRECT_URL = "members:home"
LOGOUT_REDIRECT_URL = "/"

# In: an address or a user name with a password, a mailed code, a passkey. A password is a
# choice. Mails hold codes and not links, so that a mail scanner can do nothing with them.
ACCOUNT_ADAPTER = "community.members.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# A mail may take some minutes.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 15 * 60

ACCOUNT_CHANGE_EMAIL = True  # one address; the old one holds until the new one is proven
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True  # a form says the same of a known and an unknown address
ACCOUNT_SESSION_REMEMBER = True
_FORMS = "community.members.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.entering.LoginForm",
    "signup": f"{_FORMS}.entering.SignupForm",
    "request_login_code": f"{_FORMS}.entering.AskCodeForm",
    "confirm_login_code": f"{_FORMS}.entering.LoginCodeForm",
    "confirm_email_verification_code": f"{_FORMS}.entering.AddressCodeForm",
    "reset_password": f"{_FORMS}.entering.ResetForm",
    "confirm_password_reset_code": f"{_FORMS}.entering.ResetCodeForm",
    "reset_password_from_key": f"{_FORMS}.entering.NewPasswordForm",
    "reauthenticate": f"{_FORMS}.account.AgainForm",
    "add_email": f"{_FORMS}.account.AddressForm",
    "change_password": f"{_FORMS}.account.PasswordForm",
    "set_password": f"{_FORMS}.account.FirstPasswordForm",
}

MFA_ADAPTER = "community.members.adapter.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_FORMS = {
    "add_webauthn": f"{_FORMS}.passkeys.PasskeyForm",
    "edit_webauthn": f"{_FORMS}.passkeys.PasskeyNameForm",
    "login_webauthn": f"{_FORMS}.passkeys.PasskeyLoginForm",
    "reauthenticate_webauthn": f"{_FORMS}.passkeys.PasskeyAgainForm",
}

SOCIALACCOUNT_ADAPTER = "community.members.adapter.ElsewhereAdapter"
SOCIALACCOUNT_FORMS = {
    "signup": f"{_FORMS}.entering.ElsewhereForm",
    "disconnect": f"{_FORMS}.account.DisconnectForm",
}
with env.or_stop():
    SOCIALACCOUNT_PROVIDERS = openid.providers()
