"""Mail over SMTP to the demo's catcher, wherever it listens now."""

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend as SMTPBackend


class EmailBackend(SMTPBackend):
    """A real conversation with a mail server, on the port that the catcher wrote down."""

    def open(self) -> bool | None:
        """Connect; raises `OSError` while there is no catcher, as for any mail server."""
        try:
            self.port = int((settings.POSTVAK_DIR / "port").read_text())
        except ValueError as error:
            raise OSError("The mail catcher is not listening yet.") from error
        return super().open()
