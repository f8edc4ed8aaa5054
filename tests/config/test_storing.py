from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.utils.module_loading import import_string
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction

from config import env, storing
from config.bucket import BucketStorage
from tests import factories
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


@pytest.fixture
def storage(bucket, monkeypatch, settings) -> BucketStorage:
    url = f"s3+http://key:secret@127.0.0.1:{bucket.port}/uploads"
    monkeypatch.setenv("STORAGE_URL", f"{url}?address=https://estafette.example.org/media")
    for name, value in storing.uploads(folder=FOLDER, storages=settings.STORAGES).items():
        setattr(settings, name, value)
    return BucketStorage()


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

    def test_is_made_by_a_name_that_a_background_task_finds(self, storage):
        assert isinstance(import_string(storing.BACKEND)(), BucketStorage)


@pytest.mark.django_db
class TestADocumentInABucket:
    @pytest.fixture
    def document(self, storage) -> Document:
        folder = Collection.get_first_root_node().add_child(name="Besloten")
        CollectionViewRestriction.objects.create(
            collection=folder, restriction_type=CollectionViewRestriction.LOGIN
        )
        file = ContentFile(b"geheim", name="notulen.pdf")
        return Document.objects.create(title="Notulen", file=file, collection=folder)

    def test_is_not_found_by_its_name(self, document, bucket):
        [path] = bucket.files

        folder, secret, name = path.removeprefix("/uploads/").split("/")
        assert (folder, name) == ("documents", "notulen.pdf")
        assert len(secret) >= 22  # 128 bits

    def test_stands_elsewhere_than_another_of_that_name(self, document, bucket):
        Document.objects.create(title="2", file=ContentFile(b"2", name="notulen.pdf"))

        first, second = bucket.files
        assert first.split("/")[-2] != second.split("/")[-2]

    def test_is_not_found_on_its_way_there(self, storage, bucket):
        storage.save("wagtail_uploads/notulen.pdf", ContentFile(b"geheim"))

        assert "/uploads/wagtail_uploads/notulen.pdf" not in bucket.files

    def test_keeps_a_name_that_fits(self, storage, bucket):
        document = Document.objects.create(
            title="Lang", file=ContentFile(b"lang", name=f"{'lang' * 40}.pdf")
        )

        assert len(document.file.name) == 100
        assert document.filename.startswith("langlang")
        assert document.filename.endswith(".pdf")
        assert document.file.read() == b"lang"

    def test_is_shown_to_those_who_may_see_it_alone(self, document, bucket, client):
        [path] = bucket.files

        refused = client.get(document.url)
        client.force_login(factories.UserFactory())
        shown = client.get(document.url)

        assert document.url == f"/documents/{document.pk}/notulen.pdf"
        assert refused.status_code == 302
        assert path.split("/")[-2] not in refused.headers["Location"]
        assert b"".join(shown.streaming_content) == b"geheim"
        assert path.split("/")[-2] not in str(shown.headers)


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
