"""Subscriptions in the Wagtail admin: look someone up, and end what they ask to end."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.widgets.button import Button

from community.subscriptions import subscriptions
from community.subscriptions.models import Agreement, Subscription
from core.listings import LookingViewSet


class SubscriptionIndexView(IndexView):
    @property
    def header_more_buttons(self) -> list[Button]:
        """Offer the list as a file to those who may see it, and a way in to those who may add."""
        ways = [
            (_("Export as CSV"), "subscribers:export", "download", "view"),
            (_("Import subscribers"), "subscribers:import", "upload", "add"),
        ]
        may = self.request.user.has_perm
        return super().header_more_buttons + [
            Button(label, url=reverse(name), icon_name=icon)
            for label, name, icon, action in ways
            if may(f"subscriptions.{action}_subscription")
        ]

    def get_list_more_buttons(self, instance: Subscription) -> list[MenuItem]:
        """Say "end" where Wagtail says "delete", and only while there is something to end."""
        end_url = self.get_delete_url(instance)
        buttons = super().get_list_more_buttons(instance)
        others = [button for button in buttons if button.url != end_url]
        if end_url is None or instance.state == Subscription.State.ENDED:
            return others
        return [*others, MenuItem(_("End"), url=end_url, icon_name="cross", priority=30)]


class EndView(DeleteView):
    """Ends a subscription in the place where Wagtail would delete the row."""

    page_title = gettext_lazy("End the subscription")
    success_message = gettext_lazy("The subscription has been ended.")

    @property
    def confirmation_message(self) -> str:
        return _("No digest goes to %(email)s any more. The reader can subscribe again.") % {
            "email": self.object.email
        }

    def delete_action(self) -> None:
        subscriptions.end(self.object, now=timezone.now())


class SubscriptionViewSet(LookingViewSet):
    model = Subscription
    name = "abonnementen"
    icon = "mail"
    menu_label = gettext_lazy("Subscriptions")
    menu_order = 300
    add_to_admin_menu = True
    index_view_class = SubscriptionIndexView
    delete_view_class = EndView
    delete_template_name = "subscriptions/admin/end.html"
    list_display = ["email", "frequency", "language", "state", "requested_at", "confirmed_at"]
    list_filter = ["state", "frequency", "language"]
    search_fields = ["email"]
    inspect_view_fields = [
        "email",
        "frequency",
        "language",
        "state",
        "consent_text",
        "consent_version",
        "consent_page",
        "requested_at",
        "confirmed_at",
        "ended_at",
        "digested_until",
        "next_digest_at",
    ]


class AgreementIndexView(IndexView):
    def get_base_queryset(self) -> QuerySet[Agreement]:
        return super().get_base_queryset().select_related("subscription")


class AgreementViewSet(LookingViewSet):
    """The proof of consent: each time that somebody asked for digests."""

    model = Agreement
    name = "toestemmingen"
    icon = "clipboard-list"
    menu_label = gettext_lazy("Consent to digests")
    add_to_settings_menu = True
    index_view_class = AgreementIndexView
    list_display = [
        "__str__",
        Column("email", label=gettext_lazy("email address"), accessor="subscription.email"),
        "requested_at",
        "confirmed_at",
        "ended_at",
    ]
    list_filter = ["consent_version", "requested_at"]
    search_fields = ["subscription__email"]
    inspect_view_fields = [
        "consent_text",
        "consent_version",
        "consent_page",
        "frequency",
        "language",
        "requested_at",
        "confirmed_at",
        "ended_at",
    ]
