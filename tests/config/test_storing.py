from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from config import env, storing
from tests.bucket import Bucket

FOLDER = Path("/srv/site/media")
STORAGES = {"default": {"BACKEND": "files"}, "staticfiles": {"BACKEND": "static"}}


def uploads() -> dict:
    return storing.uploads(folder=FOLDER, storages=STORAGES)


@pytest.fixture
def bucket():
    bucket = Bucket()
    yield bucket
    bucket.close()


class TestUploads:
    def test_stand_in_a_folder_unless_told_otherwise(self):
        assert uploads() == {"MEDIA_ROOT": "/srv/site/media", "MEDIA_URL": "/media/"}

    def test_stand_where_they_are_told(self, monkeypatch):
        monkeypatch.setenv("MEDIA_ROOT", "/data")
        monkeypatch.setenv("MEDIA_URL", "https://media.example.org/")

        assert uploads() == {"MEDIA_ROOT": "/data", "MEDIA_URL": "https://media.example.org/"}

    def test_stand_in_a_bucket_and_static_files_stay_where_they_are(self, monkeypatch):
        monkeypatch.setenv("STORAGE_URL", "s3://key:p%2Fss@s3.example.org/uploads?region=eu-west-1")

        found = uploads()

        assert found["STORAGES"]["default"] == {"BACKEND": storing.BACKEND}
        assert found["STORAGES"]["staticfiles"] == {"BACKEND": "static"}
        assert found["AWS_S3_ENDPOINT_URL"] == "https://s3.example.org"
        assert found["AWS_S3_SECRET_ACCESS_KEY"] == "p/ss"
        assert found["AWS_S3_REGION_NAME"] == "eu-west-1"
        assert found["MEDIA_URL"] == "https://s3.example.org/uploads/"

    @pytest.mark.parametrize("name", ["MEDIA_ROOT", "MEDIA_URL"])
    def test_do_not_stand_in_two_places(self, monkeypatch, name):
        monkeypatch.setenv("STORAGE_URL", "s3://key:secret@s3.example.org/uploads")
        monkeypatch.setenv(name, "/media/")

        with pytest.raises(ImproperlyConfigured, match=f"{name} and STORAGE_URL"):
            uploads()

    def test_need_the_extra_for_a_bucket(self, monkeypatch):
        monkeypatch.setenv("STORAGE_URL", "s3://key:secret@s3.example.org/uploads")
        monkeypatch.setattr(env, "find_spec", lambda package: None)

        with pytest.raises(ImproperlyConfigured, match=r'STORAGE_URL needs .* extra "storage"'):
            uploads()


class TestABucket:
    @pytest.fixture
    def storage(self, bucket, monkeypatch, settings) -> S3Storage:
        url = f"s3+http://key:secret@127.0.0.1:{bucket.port}/uploads"
        monkeypatch.setenv("STORAGE_URL", f"{url}?address=https://estafette.example.org/media")
        for name, value in uploads().items():
            setattr(settings, name, value)
        return S3Storage()

    def test_keeps_a_file_and_gives_it_back(self, storage, bucket):
        name = storage.save("images/kaart.txt", ContentFile(b"een kaart"))

        assert bucket.files == {"/uploads/images/kaart.txt": b"een kaart"}
        with storage.open(name) as file:
            assert file.read() == b"een kaart"

    def test_writes_over_nothing(self, storage, bucket):
        first = storage.save("kaart.txt", ContentFile(b"een"))
        second = storage.save("kaart.txt", ContentFile(b"twee"))

        assert first != second
        assert sorted(bucket.files.values()) == [b"een", b"twee"]

    def test_forgets_a_file(self, storage, bucket):
        storage.delete(storage.save("kaart.txt", ContentFile(b"een kaart")))

        assert bucket.files == {}

    def test_says_where_browsers_find_a_file_without_asking(self, storage, bucket):
        assert storage.url("a b.png") == "https://estafette.example.org/media/a%20b.png"
        assert bucket.asked == []

    def test_hands_no_secret_to_a_background_task(self, storage):
        assert storage.deconstruct() == (storing.BACKEND, (), {})


class TestLetIn:
    @pytest.mark.parametrize("address", ["/media/", "https://estafette.example.org/media/"])
    def test_changes_nothing_for_uploads_of_our_own(self, address):
        policy = {"default-src": ["none"], "img-src": ["self"]}

        storing.let_in(address, policy, base_url="https://estafette.example.org")

        assert policy == {"default-src": ["none"], "img-src": ["self"]}

    def test_lets_pictures_and_videos_in_from_elsewhere(self):
        policy = {"default-src": ["self"], "img-src": ["self", "data:"]}

        storing.let_in(
            "https://s3.example.org/x/", policy, base_url="https://estafette.example.org"
        )

        assert policy["img-src"] == ["self", "data:", "https://s3.example.org"]
        assert policy["media-src"] == ["self", "https://s3.example.org"]
        assert policy["default-src"] == ["self"]
