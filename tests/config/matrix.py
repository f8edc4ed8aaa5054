"""Who may enter where: every address of the site, by name. What is not listed may not be.

A new address fails `test_matrix` until it is listed here (readers) or in
`matrix_admin` (staff). Put its name under those who may enter; write ``POST name``
or ``GET name`` where the two differ. What its address asks for stands in `world`.
"""

NOBODY: frozenset[str] = frozenset()
ADMINS = frozenset({"admin"})
EDITORS = ADMINS | {"editor"}
MODERATORS = EDITORS | {"moderator"}
AUTHORS = EDITORS | {"author"}
STAFF = AUTHORS | MODERATORS
MEMBERS = STAFF | {"member"}
OWNER = frozenset({"member"})  # the comment and the passkey are the member's
OUTSIDERS = frozenset({"anonymous", "member"})
EVERYONE = MEMBERS | {"anonymous"}

FOR_READERS: dict[frozenset[str], str] = {
    EVERYONE: """
        wagtail_serve wagtailcore_authenticate_with_password
        wagtaildocs_serve wagtaildocs_authenticate_with_password
        health_live health_ready security_txt favicon robots_txt sitemap
        blog:feed blog:chains blog:chain blog:chain_feed
        blog:author blog:tag home:organisation
        tools:export_csv tools:export_json
        comments:confirm comments:ask_again comments:forget_device comments:feed
        comments:preview comments:post comments:page_feed comments:news comments:posted
        comments:own comments:permalink comments:replies
        own:notice own:notify
        GET comments:appreciate
        notifications:follow notifications:confirm notifications:stop
        notifications:stop_all
        subscriptions:subscribe subscriptions:confirm subscriptions:unsubscribe
        subscriptions:preferences subscriptions:export subscriptions:erase digests:edition
        members:login members:logout members:fragment members:erased
        account_login account_logout account_request_login_code account_confirm_login_code
        account_inactive account_signup account_reset_password account_complete_password_reset
        account_password_reset_completed socialaccount_login_cancelled socialaccount_login_error
    """,
    MEMBERS: """
        POST comments:appreciate
        members:home members:name members:notifications members:end_subscription
        members:export members:erase
        account_reauthenticate account_email account_email_verification_sent
        account_change_password account_set_password
        mfa_login_webauthn mfa_list_webauthn mfa_index mfa_add_webauthn
        GET mfa_reauthenticate_webauthn socialaccount_connections
    """,
    # Who has no passkey is led to another way to prove it, and who answers nothing to the start.
    STAFF: "POST mfa_reauthenticate_webauthn",
    OWNER: """
        own:state own:edit own:delete own:object own:again own:devices
        mfa_edit_webauthn mfa_remove_webauthn
    """,
    # In the middle of something that nobody here has begun, or only another way to the login.
    NOBODY: """
        wagtailcore_login
        account_confirm_password_reset_code socialaccount_signup
        openid_connect_login openid_connect_callback
    """,
}
