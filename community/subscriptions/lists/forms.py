"""The form that takes a file of subscribers."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

LARGEST = 4 * 1024 * 1024  # bytes


class ImportForm(forms.Form):
    """A file, and whether it is only looked at."""

    file = forms.FileField(label=_("CSV file in UTF-8"))
    dry_run = forms.BooleanField(
        label=_("Only look: store nothing yet"), required=False, initial=True
    )

    def clean_file(self) -> UploadedFile:
        """A file of a size that can be read at once."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise ValidationError(
                _now("The file is larger than %(most)s.") % {"most": filesizeformat(LARGEST)}
            )
        return file
