"""The outbox and the addresses that get no mail, in the Wagtail admin.

The words of a mail are not shown: links that act for their reader stand in them.
"""

from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, IndexView, InspectView

from core.listings import LookingViewSet
from mail import handling, suppression
from mail.addresses import masked, masked_within
from mail.forms import LiftForm, SuppressForm
from mail.models import Message, MonthlyCount, Suppression
from users.models import User


class AddressColumn(Column):
    """A column in which addresses are masked for who may not see them."""

    def get_cell_context_data(self, instance: Message, parent_context: Any) -> dict:
        context = super().get_cell_context_data(instance, parent_context)
        if not handling.may_see_addresses(context["request"].user):
            value = str(context["value"])
            context["value"] = masked(value) if self.name == "to" else masked_within(value)
        return context


class MessageIndexView(IndexView):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Search no addresses for who may not see them: a hit would tell."""
        super().setup(request, *args, **kwargs)
        if not handling.may_see_addresses(cast(User, request.user)):
            self.search_fields = ["subject"]


class MessageInspectView(InspectView):
    """Where one mail stands, why it has not left, and what can be done about it."""

    def get_to_display_value(self) -> str:
        return self.object.to if self.may_see_addresses else masked(self.object.to)

    def get_error_display_value(self) -> str:
        error = self.object.error
        return (error if self.may_see_addresses else masked_within(error)) or "–"

    def get_bounces_display_value(self) -> str:
        bounces = self.object.bounces.all()
        return ", ".join(f"{each.get_kind_display()} {each.status}" for each in bounces) or "–"

    @property
    def may_see_addresses(self) -> bool:
        return handling.may_see_addresses(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict:
        context = super().get_context_data(**kwargs)
        mine = Message.objects.filter(pk=self.object.pk)
        may_handle = handling.may_handle(self.request.user)
        context["can_try_again"] = may_handle and mine.can_be_requeued().exists()
        context["can_cancel"] = may_handle and mine.waiting().exists()
        return context


class HandleView(View):
    """Does one thing with one mail, and says whether it could."""

    http_method_names = ["post"]
    too_late = _("That mail has left, or it can leave no more.")
    done: Any = ""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        message = get_object_or_404(Message, pk=pk)
        user = cast(User, request.user)  # nobody else comes in here
        if self.handle(message, user):
            messages.success(request, self.done)
        else:
            messages.error(request, self.too_late)
        return redirect("post:inspect", pk)

    def handle(self, message: Message, user: User) -> bool:
        raise NotImplementedError


class TryAgainView(HandleView):
    done = _("The mail leaves within a few seconds, if the mail server takes it.")

    def handle(self, message: Message, user: User) -> bool:
        return handling.try_again(message, user=user, now=timezone.now())


class CancelView(HandleView):
    done = _("The mail is cancelled.")

    def handle(self, message: Message, user: User) -> bool:
        return handling.cancel(message, user=user)


class MessageViewSet(LookingViewSet):
    model = Message
    name = "post"
    icon = "mail"
    menu_label = _("Mail")
    add_to_settings_menu = True
    index_view_class = MessageIndexView
    inspect_view_class = MessageInspectView
    inspect_template_name = "mail/admin/message.html"
    list_display = [
        "subject",
        AddressColumn("to", label=_("To")),
        "kind",
        "state",
        "created_at",
        "due_at",
        AddressColumn("error", label=_("What the mail server said")),
    ]
    list_filter = {"state": ["exact"], "kind": ["icontains"], "created_at": ["exact"]}
    search_fields = ["subject", "to"]
    inspect_view_fields = [
        "subject",
        "to",
        "kind",
        "language",
        "state",
        "attempts",
        "created_at",
        "due_at",
        "sent_at",
        "error",
        "bounces",
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("again/<int:pk>/", TryAgainView.as_view(), name="again"),
            path("cancel/<int:pk>/", CancelView.as_view(), name="cancel"),
        ]


class MonthlyCountViewSet(LookingViewSet):
    """What stays of mails that are no longer kept."""

    model = MonthlyCount
    name = "post-per-maand"
    icon = "mail"
    menu_label = _("Mail by month")
    add_to_settings_menu = True
    inspect_view_enabled = False
    list_display = ["month", "kind", "state", "count"]
    list_filter = ["state", "kind"]


class SuppressionIndexView(IndexView):
    def search_queryset(self, queryset: QuerySet[Suppression]) -> QuerySet[Suppression]:
        """Find a whole address by its hash, and else part of what is shown."""
        if self.is_searching and "@" in self.search_query.strip("@"):
            return queryset.filter(pk__in=suppression.find(self.search_query).values("pk"))
        return super().search_queryset(queryset)

    def get_list_more_buttons(self, instance: Suppression) -> list[MenuItem]:
        """Say "lift" where Wagtail says "delete"."""
        lift_url = self.get_delete_url(instance)
        return [MenuItem(_("Lift"), url=lift_url, icon_name="cross")] if lift_url else []


class SuppressView(CreateView):
    success_message = _("No mail goes to this address from now on.")

    def save_instance(self) -> Suppression:
        given = self.form.cleaned_data
        return handling.suppress(given["email"], user=self.request.user, note=given["note"])

    def get_success_buttons(self) -> list:
        return []  # there is nothing to edit


class LiftView(DeleteView):
    """Lifts a suppression in the place where Wagtail would delete the row."""

    form_class = LiftForm
    page_title = _("Let this address have mail again")
    success_message = _("The address gets mail again.")

    def form_valid(self, form: LiftForm) -> HttpResponse:
        self.reason = form.cleaned_data["reason"]
        return super().form_valid(form)

    def delete_action(self) -> None:
        handling.lift(self.object, user=self.request.user, reason=self.reason)


class SuppressionViewSet(LookingViewSet):
    model = Suppression
    name = "geen-mail"
    icon = "mail"
    menu_label = _("Addresses without mail")
    add_to_settings_menu = True
    inspect_view_enabled = False
    index_view_class = SuppressionIndexView
    add_view_class = SuppressView
    delete_view_class = LiftView
    delete_template_name = "mail/admin/lift.html"
    list_display = ["hint", "reason", "note", "created_at"]
    list_filter = ["reason", "created_at"]
    search_fields = ["hint", "note"]

    def get_form_class(self, for_update: bool = False) -> type[SuppressForm]:
        return SuppressForm
