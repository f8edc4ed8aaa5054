"""Change one's address."""

from allauth.account import views as account
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from community.comments.views.people import member_of
from community.members import addresses


@login_required
def change(request: HttpRequest) -> HttpResponse:
    """Show the address and take another one, which a mailed code must prove."""
    user = member_of(request)
    if user is not None:
        addresses.vouch(user)
    return account.email(request)
