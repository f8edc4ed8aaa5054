"""The form by which editors write down who uses a tool."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from tools import uses
from tools.models import ToolPage, ToolUse


class ToolUseForm(WagtailAdminModelForm):
    """A use, and a box to make it public; that box only for who may tick it."""

    is_verified = forms.BooleanField(
        label=_("verified"),
        help_text=_("You have checked that this is so. From then on everyone can read it."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_verified" in self.fields:
            self.initial["is_verified"] = self.instance.is_verified

    def clean_tool(self) -> ToolPage | None:
        """Write it down once, whichever translation was chosen."""
        tool: ToolPage | None = self.cleaned_data.get("tool")
        return uses.original(tool.specific) if tool else None

    def clean_since_year(self) -> int | None:
        year: int | None = self.cleaned_data["since_year"]
        if year is not None and year > timezone.localdate().year:
            raise ValidationError(_("That year has not come yet."))
        return year

    def save(self, commit: bool = True) -> ToolUse:
        use: ToolUse = super().save(commit=commit)
        if commit and "is_verified" in self.changed_data:
            change = uses.verify if self.cleaned_data["is_verified"] else uses.withdraw
            change(use, by=self.for_user)
        return use
