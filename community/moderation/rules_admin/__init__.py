"""Block rules and trust in writers, in the Wagtail admin under ``/admin/reacties/``."""
