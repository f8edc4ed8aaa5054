"""The whole demo, loaded once for all tests of a module, and undone after them."""

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests import factories
from tests.standing import standing


@pytest.fixture(scope="module")
def _demo(django_db_setup, django_db_blocker, tmp_path_factory):
    media = tmp_path_factory.mktemp("demo-media")
    demo = override_settings(DEMO=True, MEDIA_ROOT=media)
    with django_db_blocker.unblock(), demo, standing():
        factories.forget_the_site()
        call_command("load_demo", verbosity=0)
        yield media


@pytest.fixture
def demo(_demo, db, settings, _media_in_a_folder_of_its_own):
    """Everything that load_demo makes; a test's own changes are undone after it."""
    settings.DEMO = True
    settings.MEDIA_ROOT = _demo
