"""What we keep about a member, as plain data (GDPR, article 15 and 20)."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from community.comments.models import Appreciation, Comment
from community.members import addresses, belonging
from community.moderation.models import Notice
from community.notifications import silences
from community.notifications.models import Follow
from community.subscriptions import exporting as subscribed
from community.subscriptions.models import Subscription
from core.addresses import absolute
from users.models import User

_AROUND = ("case__comment", "reason")  # of a notice


def everything(user: User) -> dict[str, Any]:
    """Return the profile, comments, appreciation, subscriptions, wishes and notices of ``user``.

    Subscriptions come with their choices and agreements. Moments are in UTC, by ISO 8601.
    """
    comments = belonging.comments_of(user).select_related("page")
    return {
        "profile": _profile(user),
        "comments": [_comment(it) for it in comments.prefetch_related("revisions")],
        "appreciation": [_appreciation(given) for given in belonging.appreciation_of(user)],
        "subscriptions": [subscribed.of(it) for it in _subscriptions(user)],
        "follows": [_follow(it) for it in belonging.follows_of(user).select_related("page")],
        "mails_switched_off": sorted(silences.chosen_by(user)),
        "notices": [_notice(it) for it in belonging.notices_of(user).select_related(*_AROUND)],
    }


def _profile(user: User) -> dict[str, Any]:
    keys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    elsewhere = SocialAccount.objects.filter(user=user)
    return {
        "name": user.get_full_name(),
        "user_name": user.username,
        "email": user.email,
        "email_is_proven": addresses.has_proven(user),
        "joined": user.date_joined,
        "last_login": user.last_login,
        "has_password": user.has_usable_password(),
        "passkeys": [
            {"name": str(key), "added": key.created_at, "last_used": key.last_used_at}
            for key in keys.order_by("pk")
        ],
        "logins_elsewhere": list(elsewhere.order_by("pk").values("provider", "uid")),
        "remembered_devices": list(
            belonging.devices_of(user).order_by("pk").values("created_at", "revoked_at")
        ),
    }


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "address": absolute(comment.get_absolute_url()),
        "page": comment.page.title,
        "name": comment.user_name,
        "text": comment.comment,
        "status": comment.status,
        "language": comment.language,
        "written": comment.submit_date,
        "confirmed": comment.confirmed_at,
        "decided": comment.decided_at,
        "changed": comment.edited_at,
        "appreciation": comment.appreciation,
        "earlier_texts": [
            {"text": earlier.text, "replaced": earlier.replaced_at}
            for earlier in comment.revisions.all()
        ],
    }


def _appreciation(given: Appreciation) -> dict[str, Any]:
    return {"comment": absolute(given.comment.get_absolute_url())}


def _subscriptions(user: User) -> list[Subscription]:
    if not addresses.has_proven(user):
        return []
    return list(Subscription.objects.for_address(user.email))


def _follow(follow: Follow) -> dict[str, Any]:
    fields = ("language", "consent_text", "requested_at", "active_at")
    about = {"page": follow.page.title, "scope": follow.scope.label}
    return about | {name: getattr(follow, name) for name in fields}


def _notice(notice: Notice) -> dict[str, Any]:
    case, fields = notice.case, ("name", "email", "explanation", "objection", "language")
    about = {
        "comment": absolute(case.comment.get_absolute_url()),
        "case": case.number,
        "reason": notice.reason.name,
        "noticed": notice.at,
        "objected": notice.objected_at,
    }
    outcome = {"decided": case.closed_at, "outcome": case.outcome, "answer": case.answer}
    return about | outcome | {name: getattr(notice, name) for name in fields}
