"""The screen "Overzichten" in the Wagtail admin, under ``/admin/overzichten/``."""
