"""OpenID Connect: one address in every language, for it is written down at the other site."""

from allauth.socialaccount.providers.openid_connect import views
from django.urls import path
from django.views.decorators.cache import never_cache

from community.members.views import entering

urlpatterns = [
    path("<str:provider_id>/", never_cache(entering.login_elsewhere), name="openid_connect_login"),
    path("<str:provider_id>/terug/", never_cache(views.callback), name="openid_connect_callback"),
]
