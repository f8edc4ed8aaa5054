"""What a mail server's answer to a message means for it."""

import smtplib
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """A server's no: its code and its words, and whom or what it is about."""

    code: int
    words: str
    about_recipient: bool
    about_us: bool

    @property
    def is_final(self) -> bool:
        """Whether it says "never" about this message.

        Refusing the sender is about us, not about this message; but 552 is: too large.
        """
        return self.code // 100 == 5 and not (self.about_us and self.code != 552)


def read(error: smtplib.SMTPException) -> Answer:
    """Return what a server that refused has said.

    smtplib's own refusals, such as an address that this server cannot be
    given, have no code; they are as final as a 550.
    """
    code, words = _answer(error)
    return Answer(
        code=code,
        words=words,
        about_recipient=isinstance(error, smtplib.SMTPRecipientsRefused),
        about_us=isinstance(error, smtplib.SMTPSenderRefused),
    )


def words(error: OSError) -> str:
    return f"{type(error).__name__}: {error}"


def _answer(error: smtplib.SMTPException) -> tuple[int, str]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        [(code, reply)] = error.recipients.values()
        return code, f"{code} {_text(reply)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code, f"{error.smtp_code} {_text(error.smtp_error)}"
    return 550, words(error)


def _text(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
