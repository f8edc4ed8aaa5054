"""Makers of rows for tests. The defaults are the dull valid case; states are traits."""

import datetime as dt
import itertools

import factory
import wagtail_factories
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.models import Page, Site

from blog.models import Author, BlogIndexPage, BlogPage, Chain, Link
from community.comments import comments
from community.comments.models import BlockRule, Comment
from community.moderation import noticing
from community.moderation.models import Notice, Reason
from community.notifications.models import Follow
from community.subscriptions.models import TERMS, Agreement, Choice, Subscription
from core.models import CustomImage, Organisation
from home.models import HomePage, StandardPage
from mail.models import Message
from tools.models import ToolCriterion, ToolIndexPage, ToolPage, ToolStep, ToolUse
from users.models import User


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


class AuthorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Author

    name = factory.Sequence("Auteur {}".format)
    role = "adviseur data"
    organisation = factory.SubFactory(OrganisationFactory)


class StandardPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = StandardPage

    parent = factory.LazyFunction(the_home)
    title = factory.Sequence("Pagina {}".format)
    body = [("text", "<p>Gewone tekst.</p>")]


class BlogPageFactory(wagtail_factories.PageFactory):
    """A published post; ``live=False`` gives a draft."""

    class Meta:
        model = BlogPage

    parent = factory.LazyFunction(the_blog_index)
    title = factory.Sequence("Bericht {}".format)
    date = dt.date(2026, 3, 2)
    author = factory.SubFactory(AuthorFactory)
    introduction = "Waar dit bericht over gaat."
    body = [("text", "<p>De tekst van het bericht.</p>")]


class ChainFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Chain

    name = factory.Sequence("Keten {}".format)
    slug = factory.Sequence("keten-{}".format)
    question = "Welk proces moest eerst anders?"


class LinkFactory(factory.django.DjangoModelFactory):
    """A place in a chain that nobody has filled yet."""

    class Meta:
        model = Link

    class Params:
        written = factory.Trait(
            post=factory.SubFactory(BlogPageFactory, author=factory.SelfAttribute("..author"))
        )

    chain = factory.SubFactory(ChainFactory)
    author = factory.SubFactory(AuthorFactory)
    sort_order = factory.Sequence(int)


class ToolPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = ToolPage

    parent = factory.LazyFunction(the_tool_index)
    title = factory.Sequence("Hulpmiddel {}".format)
    one_line = "Helpt gemeenten om samen te beslissen."
    process = "ontwerpen"
    category = "data"
    question = "Wie beslist er over sensoren op straat?"
    owner_organisation = factory.SubFactory(OrganisationFactory)


class ToolStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ToolStep

    tool = factory.SubFactory(ToolPageFactory)
    text = factory.Sequence("Stap {}".format)
    sort_order = factory.Sequence(int)


class ToolCriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ToolCriterion

    tool = factory.SubFactory(ToolPageFactory)
    criterion = "haalbaar"
    answer = "deels"
    why = "Het kost minder dan een week."


class ToolUseFactory(factory.django.DjangoModelFactory):
    """A use that everyone may read; ``waiting=True`` gives one that nobody has checked."""

    class Meta:
        model = ToolUse

    class Params:
        waiting = factory.Trait(verified_at=None, appeared_at=None)

    tool = factory.SubFactory(ToolPageFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    note = factory.Sequence("Wij leerden ervan, {} keer.".format)
    verified_at = factory.LazyFunction(timezone.now)
    appeared_at = factory.SelfAttribute("verified_at")


class UserFactory(factory.django.DjangoModelFactory):
    """A member; ``moderator=True`` gives someone who may decide about comments.

    ``digests=True`` gives someone who may prepare and hold digests.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence("lid{}".format)
    first_name = "Lidewij"
    last_name = factory.Sequence("de Vries {}".format)
    email = factory.Sequence("lid{}@example.org".format)

    @factory.post_generation
    def moderator(self, create, extracted, **kwargs):
        if extracted:
            codenames = ["can_moderate", "access_admin"]
            self.user_permissions.set(Permission.objects.filter(codename__in=codenames))

    @factory.post_generation
    def digests(self, create, extracted, **kwargs):
        if extracted:
            codenames = ["manage_digests", "access_admin"]
            self.user_permissions.set(Permission.objects.filter(codename__in=codenames))


class MessageFactory(factory.django.DjangoModelFactory):
    """A mail that is due."""

    class Meta:
        model = Message

    class Params:
        sent = factory.Trait(state="sent", sent_at=factory.LazyFunction(timezone.now))

    kind = "tests.note"
    to = factory.Sequence("lezer{}@example.org".format)
    language = "nl"
    subject = "Een bericht"
    text = "De tekst van het bericht.\n"
    html = "<p>De tekst van het bericht.</p>"
    due_at = factory.LazyFunction(timezone.now)


class SubscriptionFactory(factory.django.DjangoModelFactory):
    """A weekly subscription that waits for its confirmation.

    The link that confirms it holds its own public id, which its agreement has too.
    """

    class Meta:
        model = Subscription
        skip_postgeneration_save = True

    class Params:
        confirmed = factory.Trait(
            state="confirmed",
            confirmed_at=factory.LazyFunction(timezone.now),
            digested_until=factory.LazyAttribute(lambda it: it.confirmed_at - dt.timedelta(days=7)),
            next_digest_at=factory.SelfAttribute("confirmed_at"),
        )
        ended = factory.Trait(state="ended", ended_at=factory.SelfAttribute("requested_at"))

    email = factory.Sequence("abonnee{}@example.org".format)
    language = "nl"
    consent_text = "Ja, stuur mij het overzicht."
    consent_version = "1"
    consent_page = "/abonneren/"
    requested_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def agreement(self, create, extracted, **kwargs):
        if create:
            terms = {name: getattr(self, name) for name in TERMS}
            Agreement.objects.create(
                subscription=self,
                public_id=self.public_id,
                confirmed_at=self.confirmed_at,
                ended_at=self.ended_at if self.confirmed_at else None,
                **terms,
            )

    @factory.post_generation
    def choices(self, create, extracted, **kwargs):
        """What it is about, as kinds and keys; everything, unless said otherwise."""
        if create:
            about = [("everything", "")] if extracted is None else extracted
            Choice.objects.bulk_create(
                Choice(subscription=self, kind=kind, key=key) for kind, key in about
            )


class AgreementFactory(factory.django.DjangoModelFactory):
    """One time that somebody asked for digests, not confirmed."""

    class Meta:
        model = Agreement

    subscription = factory.SubFactory(SubscriptionFactory)
    frequency = "weekly"
    language = "nl"
    consent_text = "Ja, stuur mij het overzicht."
    consent_version = "1"
    consent_page = "/abonneren/"
    requested_at = factory.LazyFunction(timezone.now)


class FollowFactory(factory.django.DjangoModelFactory):
    """Someone without account who has followed a page's whole conversation for a day."""

    class Meta:
        model = Follow

    class Params:
        member = factory.Trait(user=factory.SubFactory(UserFactory), email="")
        unconfirmed = factory.Trait(active_at=None)

    page = factory.SubFactory(BlogPageFactory)
    email = factory.Sequence("volger{}@example.org".format)
    language = "nl"
    consent_text = "Mail mij bij elke nieuwe reactie in dit gesprek"
    requested_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1))
    active_at = factory.SelfAttribute("requested_at")


class BlockRuleFactory(factory.django.DjangoModelFactory):
    """A rule by which one word waits for an editor."""

    class Meta:
        model = BlockRule

    class Params:
        ended = factory.Trait(
            until=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1))
        )

    kind = "word"
    pattern = factory.Sequence("gokwoord{}".format)
    act = "hold"
    reason = "Reclame voor gokken komt hier te vaak langs."
    owner = factory.SubFactory(UserFactory)


def comment(page=None, *, status="approved", at=None, announced=False, **kwargs) -> Comment:
    """Store a comment on ``page`` with the moments that its status asks for.

    ``announced`` gives one that its followers have been told of.
    """
    number = next(_numbers)
    at = at or timezone.now() - dt.timedelta(hours=1)
    defaults = {
        "page": page or BlogPageFactory(),
        "name": f"Lezer {number}",
        "email": f"lezer{number}@example.org",
        "text": f"Reactie nummer {number}",
        "status": status,
        "submitted_at": at,
        "confirmed_at": None if status in {"unconfirmed", "spam"} else at,
        "decided_at": None if status in {"unconfirmed", "pending"} else at,
    }
    stored = comments.insert(**{**defaults, **kwargs})
    if announced:
        Comment.objects.filter(pk=stored.pk).update(announced_at=at)
    return stored


def notice(about: Comment | None = None, *, reason="offensive", now=None, **kwargs) -> Notice:
    """Let a reader without account, or ``user``, notice a comment; with the receipt."""
    number = next(_numbers)
    who = (
        {} if "user" in kwargs else {"name": f"Melder {number}", "email": f"m{number}@example.org"}
    )
    said = noticing.Said(
        reason=Reason.objects.get(code=reason),
        **{"explanation": f"Melding nummer {number}", "language": "nl", **who, **kwargs},
    )
    _case, stored = noticing.notice(about or comment(), said, now=now or timezone.now())
    return stored


_numbers = itertools.count(1)
