"""Whether there is a broker, asked without patience."""

from celery.exceptions import OperationalError

from config.celery import app

BROKER_TIMEOUT = 0.5  # seconds; a load balancer waits for this answer


def broker_answers(timeout: float = BROKER_TIMEOUT) -> bool:
    """Return whether the broker takes a connection within ``timeout`` seconds."""
    options = {"socket_timeout": timeout, "socket_connect_timeout": timeout}
    link = app.connection_for_write(connect_timeout=timeout, transport_options=options)
    try:
        with link:
            link.ensure_connection(max_retries=1, timeout=timeout, reraise_as_library_errors=True)
    except (OperationalError, OSError):
        return False
    return True
