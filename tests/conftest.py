"""What every test may ask for."""

import gc
import os
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache, caches
from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler
from wagtail.models import Locale, Site
from wagtail.models.sites import (
    SITE_ROOT_PATHS_CACHE_KEY,
    SITE_ROOT_PATHS_CACHE_VERSION,
    SiteRootPath,
)
from wagtail.signal_handlers import (
    disable_reference_index_auto_update,
    reference_index_auto_update_disabled,
)

from blog.models import BlogIndexPage
from community.moderation import appending
from community.subscriptions import expecting
from home.models import HomePage
from tests import databases, factories, migrated, races, refilling, shares, standing
from tests.smtp import MailServer
from tools.models import ToolIndexPage

_roots: list[SiteRootPath] = []  # where the site begins


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool, django_db_createdb: bool) -> bool:
    """Keep what ``--reuse-db`` asks to keep; on SQLite, begin with tables that were made before."""
    if connection.vendor != "sqlite" or django_db_createdb:
        return django_db_keepdb
    kept = Path(connection.settings_dict["TEST"]["NAME"])
    if not (django_db_keepdb and kept.exists()):
        migrated.lay(kept)
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings) -> None:
    """Fill the PostgreSQL database that `tests.run` made, and let the test database be its copy."""
    if os.environ.get("DATABASE_IS_OURS") == "1":
        migrated.pour(os.environ["DATABASE_URL"])
        connection.settings_dict["TEST"]["TEMPLATE"] = connection.settings_dict["NAME"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Begin with the front page and its two sections, which nearly every test wants.

    Making them for each test by itself took longer than most tests do.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        factories.the_blog_index()
        factories.the_tool_index()
        refilling.begin()
        _roots.extend(Site.get_site_root_paths())
    yield
    races.go_home()


@pytest.fixture(autouse=True)
def _media_in_a_folder_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session", autouse=True)
def _without_wagtails_index_of_references():
    """Keep no record of which page points where: it costs a third of making a page."""
    with disable_reference_index_auto_update():
        yield


@pytest.fixture(scope="session", autouse=True)
def _without_the_search_index():
    """Let nothing be found: to index what is saved costs a third of making a page too."""
    _index(post_save.disconnect, post_delete.disconnect)


@pytest.fixture
def search_index():
    """Index what is saved after all, for a test that searches."""
    _index(post_save.connect, post_delete.connect)
    yield
    _index(post_save.disconnect, post_delete.disconnect)


def _index(on_save: Callable[..., object], on_delete: Callable[..., object]) -> None:
    for model in get_indexed_models():
        on_save(post_save_signal_handler, sender=model)
        on_delete(post_delete_signal_handler, sender=model)


@pytest.fixture
def references():
    """Keep that record after all, for a test that is about it."""
    reference_index_auto_update_disabled.value = False
    yield
    reference_index_auto_update_disabled.value = True


@pytest.fixture(autouse=True)
def _in_the_default_language():
    """Forget the language that the last request of another test was answered in."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _with_an_empty_cache():
    """Forget what another test had kept, but for where the site begins: its rows are gone."""
    cache.clear()
    caches["renditions"].clear()
    if _roots and not standing.is_anything_standing():
        cache.set(SITE_ROOT_PATHS_CACHE_KEY, _roots, version=SITE_ROOT_PATHS_CACHE_VERSION)


_promises_nothing = mock.patch.object(
    expecting, "of", return_value=expecting.Expected(daily=0, weekly=0, monthly=0)
)


@pytest.fixture(scope="session", autouse=True)
def _without_promises():
    """Let no mails be expected: counting them takes as long as the rest of most pages."""
    _promises_nothing.start()
    yield
    _promises_nothing.stop()


@pytest.fixture
def promises():
    """Count them after all, for a test that reads how many to expect."""
    _promises_nothing.stop()
    yield
    _promises_nothing.start()


@pytest.fixture
def home(db) -> HomePage:
    return factories.the_home()


@pytest.fixture
def untouched(db) -> None:
    """Begin with what Wagtail's own migrations leave."""
    factories.forget_the_site()


@pytest.fixture
def english_home(home) -> HomePage:
    """The front page in English, under ``/en/``."""
    english = Locale.objects.create(language_code="en")
    translated = home.copy_for_translation(english)
    translated.title, translated.live = "A smart city", True
    translated.save()
    return translated


@pytest.fixture
def site(home) -> Site:
    """The only site, with ``home`` as its front page."""
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def blog_index(home) -> BlogIndexPage:
    return factories.the_blog_index()


@pytest.fixture
def tool_index(home) -> ToolIndexPage:
    return factories.the_tool_index()


@pytest.fixture
def server(settings):
    """A mail server that takes everything until told otherwise."""
    server = MailServer()
    server.becomes_the_way_out(settings)
    yield server
    server.close()


@pytest.fixture
def count_queries(db) -> Callable[[Callable[[], object]], int]:
    """Count the queries of a call; the call is made once before, to warm what is kept."""

    def count(call: Callable[[], object]) -> int:
        call()
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count


def pytest_addoption(parser: pytest.Parser) -> None:
    text = "which of so many shares of the files to run, such as 1/2"
    parser.addoption("--share", default="1/1", help=text)


def pytest_itemcollected(item: pytest.Item) -> None:
    databases.mark(item)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    others = shares.others(items, config.getoption("share"))
    config.hook.pytest_deselected(items=[item for item in items if item.path in others])
    items[:] = [item for item in items if item.path not in others]


def pytest_collection_finish() -> None:
    """Look for rubbish seldom: what is loaded by now stays, and is a lot to look through."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Let a test that commits end with what `refilling` kept, the log among it.

    After the last test of all there may be no database left.
    """
    commits = databases.commits(item)
    if commits:
        with item.session.config.stash[_BLOCKER].unblock():
            appending.release(connection)  # else the log refuses to be emptied
    result = yield
    if commits and (nextitem is not None or item.config.getvalue("reuse_db")):
        with item.session.config.stash[_BLOCKER].unblock():
            appending.protect(connection)
        ContentType.objects.clear_cache()
        Site.clear_site_root_paths_cache()
    return result


_BLOCKER = pytest.StashKey()


@pytest.fixture(scope="session", autouse=True)
def _remember_the_blocker(request, django_db_blocker):
    request.config.stash[_BLOCKER] = django_db_blocker
