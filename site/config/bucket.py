"""The bucket as Django sees it. Imported only where ``STORAGE_URL`` asks for it."""

import secrets
from pathlib import PurePosixPath

from storages.backends.s3 import S3Storage

CLOSED = {"documents", "wagtail_uploads"}  # where Wagtail puts them, and on their way there


class BucketStorage(S3Storage):
    """Keeps documents under names that nobody guesses: ``documents/<random>/<name>``.

    Browsers may read a bucket without a key, and some documents are not for everyone.
    The site shows those itself, by an address in which the random part does not stand.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        path = PurePosixPath(name)
        if path.parts[0] in CLOSED:
            name = str(path.parent / secrets.token_urlsafe(16) / path.name)
        return super().get_available_name(name, max_length=max_length)
