"""The site itself: its front page and its sections, who it is about, and pictures."""

import factory
import wagtail_factories
from wagtail.models import Locale, Page, Site

from blog.models import BlogIndexPage
from core.models import CustomImage, Organisation
from home.models import HomePage, StandardPage
from tools.models import ToolIndexPage


def the_home() -> HomePage:
    """Return the home page of the default site, made when there is none yet."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        home = root.add_child(instance=HomePage(title="Estafette", slug="estafette"))
        Site.objects.update(root_page=home, is_default_site=True)
        Site.clear_site_root_paths_cache()
    return home


def the_blog_index() -> BlogIndexPage:
    """Return the list of posts, made when there is none yet."""
    index = BlogIndexPage.objects.first()
    return index or the_home().add_child(
        instance=BlogIndexPage(title="Blog", slug="blog", show_in_menus=True)
    )


def the_tool_index() -> ToolIndexPage:
    """Return the tool library, made when there is none yet."""
    index = ToolIndexPage.objects.first()
    return index or the_home().add_child(
        instance=ToolIndexPage(title="Hulpmiddelen", slug="hulpmiddelen", show_in_menus=True)
    )


def forget_the_site() -> None:
    """Go back to what Wagtail's own migrations leave: its word of welcome, and nothing of ours."""
    root = Page.get_first_root_node()
    Site.objects.update(root_page=root)
    for page in root.get_children():
        page.delete()
    welcome = root.add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="home"))
    Site.objects.update(root_page=welcome)
    Site.clear_site_root_paths_cache()


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence("Gemeente {}".format)
    type = Organisation.Type.MUNICIPALITY


class ImageFactory(wagtail_factories.ImageFactory):
    class Meta:
        model = CustomImage

    title = factory.Sequence("Afbeelding {}".format)
    file = factory.django.ImageField(width=1200, height=800, color="teal")


class StandardPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = StandardPage

    parent = factory.LazyFunction(the_home)
    title = factory.Sequence("Pagina {}".format)
    body = [("text", "<p>Gewone tekst.</p>")]


def in_english(page: Page, title: str) -> Page:
    """Return a live translation of ``page``, under those of the pages above it."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    translated = page.copy_for_translation(english, copy_parents=True)
    translated.title, translated.live = title, True
    translated.save()
    return translated
