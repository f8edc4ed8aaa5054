# One image for web, worker and beat; compose.yaml says which is which.
FROM python:3.13-slim AS build

WORKDIR /app
ARG LOCK=requirements.lock
RUN python -m venv /venv
COPY requirements.lock requirements-extras.lock ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r $LOCK
COPY . .
RUN /venv/bin/pip install --no-deps --no-build-isolation --no-index --editable . \
    && /venv/bin/python -m config.messages
# The settings insist on everything, so they are told something; none of it stays.
RUN DJANGO_SETTINGS_MODULE=config.settings.production \
    SECRET_KEY=known-to-all-and-only-for-collecting-static-files \
    DATABASE_URL=postgres://build/build REDIS_URL=redis://build EMAIL_URL=smtp://build \
    BASE_URL=https://build ALLOWED_HOSTS=build DEFAULT_FROM_EMAIL=build@example.org \
    /venv/bin/python manage.py collectstatic --noinput

FROM python:3.13-slim

ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production
RUN useradd --create-home --uid 1000 estafette \
    && install --directory --owner estafette /media
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER estafette
EXPOSE 8000
CMD ["granian", "config.wsgi:application", "--interface", "wsgi", "--host", "0.0.0.0", \
     "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--no-ws", \
     "--workers-kill-timeout", "30", "--respawn-failed-workers"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD \
    ["python", "/app/deploy/alive.py"]
