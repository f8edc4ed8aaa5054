"""What the log may know: which page was asked for, and not the link that acts for its reader."""

import logging
import re

# What a token looks like where an address leads nowhere, because something is wrong with it.
_MANGLED = re.compile(r"(?<=/bevestigen/)[^/\s]+|(?<=/)[0-9a-f]{32}\.[^/\s]+")


class WithoutTokens(logging.Filter):
    """Takes the token out of what is said about a request: it works for whoever reads it.

    A token is what an address calls by that name.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if request is None:
            return True
        match = getattr(request, "resolver_match", None)
        words = record.getMessage()
        if match and match.kwargs.get("token"):
            words = words.replace(match.kwargs["token"], "…")
        record.msg, record.args = _MANGLED.sub("…", words), ()
        return True
