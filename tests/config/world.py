"""One of everything that an address can be about, and one person of every role."""

import json
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    PageViewRestriction,
    Site,
    Workflow,
)

from blog.models import BlogPage
from community.comments import confirming
from community.digests.models import Edition
from community.moderation import notice_links
from community.moderation.models import Reason
from community.notifications import links
from community.subscriptions import tokens
from community.subscriptions.models import Agreement
from core.models import CustomImage
from home.roles import AUTHORS, EDITORS, MODERATORS
from home.setup import Tree, ensure_site
from mail import suppression
from mail.models import Message, MonthlyCount, Suppression
from tests import factories
from tests.passkeys import Passkey
from users.models import User

GROUPS = {"author": AUTHORS, "moderator": MODERATORS, "editor": EDITORS}
ROLES = ("anonymous", "member", *GROUPS, "admin")


class World:
    """One of everything. The member wrote the comment and owns the passkey; the rest is others'."""

    def __init__(self) -> None:
        tree = ensure_site()
        self.people = {role: _person(role) for role in ROLES if role != "anonymous"}
        self.page = factories.BlogPageFactory(parent=tree.blog, slug="een-bericht")
        self.comment = factories.comment(self.page, user=self.people["member"])
        self.link = factories.LinkFactory()
        self.image = _image()
        self.document = _document()
        self._keys = self._of_words(tree) | self._of_kinds()
        self._rooms = self._of_rooms()
        self._doors = self._of_doors(tree) | _tokens(self.page)

    def key(self, name: str, word: str) -> object:
        """Return what stands for ``word`` in the address called ``name``."""
        room = name.split(":")[0]
        if (name, word) in self._doors:
            return self._doors[name, word]
        return self._rooms[room] if word == "pk" and room in self._rooms else self._keys[word]

    def _of_words(self, tree: Tree) -> dict[str, object]:
        image, document = self.image.pk, self.document.pk
        workflow = Workflow.objects.get()
        return {
            **dict.fromkeys(["page_id", "pk", "page_pk", "page_to_move_id"], self.page.pk),
            **dict.fromkeys(["parent_page_id", "destination_id"], tree.blog.pk),
            "revision_id": self.page.save_revision().pk,
            "public_id": self.comment.public_id,
            "slug": self.link.chain.slug,
            "workflow_pk": workflow.pk,
            "task_id": GroupApprovalTask.objects.get().pk,
            "collection_id": Collection.get_first_root_node().pk,
            "image_id": image,
            **dict.fromkeys(["document_id", "doc_id"], document),
            **dict.fromkeys(["uploaded_file_id", "session_id"], 1),
            "object_id": self.page.pk,
            "redirect_id": Redirect.add_redirect("/oud/", "/nieuw/").pk,
            "restriction_id": _restricted_folder().pk,
            "page_view_restriction_id": self._restriction(tree).pk,
        }

    def _of_kinds(self) -> dict[str, object]:
        apps = ("app_label", "app_name", "content_type_app_name")
        models = ("model_name", "content_type_model_name")
        return {
            **dict.fromkeys(apps, "blog"),
            **dict.fromkeys(models, "blogpage"),
            "action": "delete",
            "action_name": "approve",
            "filter_spec": "original",
            "provider_id": "ergens",
            "token": "geen-token",
            "uidb64": "MQ",
        }

    def _of_rooms(self) -> dict[str, object]:
        """What ``pk`` stands for, room by room."""
        snippets = {
            "blog_chain": self.link.chain.pk,
            "blog_author": factories.AuthorFactory().pk,
            "core_organisation": factories.OrganisationFactory().pk,
            "tools_tooluse": factories.ToolUseFactory().pk,
        }
        keys = {f"wagtailsnippets_{kind}": pk for kind, pk in snippets.items()}
        choosers = {f"wagtailsnippetchoosers_{kind}": pk for kind, pk in snippets.items()}
        passkey = _passkey(self.people["member"])
        return {
            **keys,
            **choosers,
            **dict.fromkeys(["mfa_edit_webauthn", "mfa_remove_webauthn"], passkey.pk),
            "wagtailadmin_collections": _restricted_folder().collection_id,
            "wagtailadmin_workflows": Workflow.objects.get().pk,
            "abonnementen": factories.SubscriptionFactory(confirmed=True).pk,
            "post": factories.MessageFactory().pk,
            "geen-mail": suppression.suppress("weg@example.org", Suppression.Reason.BOUNCE).pk,
            "post-per-maand": MonthlyCount.objects.create(
                month=timezone.localdate().replace(day=1), kind="tests.note", state="sent", count=3
            ).pk,
            "toestemmingen": Agreement.objects.latest("pk").pk,
            "wagtailsnippetchoosers_moderation_reason": Reason.objects.first().pk,
            "wagtailsites": Site.objects.get().pk,
            "wagtailusers_users": factories.UserFactory().pk,
            "wagtailusers_groups": Group.objects.create(name="Nog een groep").pk,
            "wagtaildocs_chooser": self.document.pk,
            "wagtailimages_chooser": self.image.pk,
        }

    def _of_doors(self, tree: Tree) -> dict[tuple[str, str], object]:
        """What the words of single doors stand for."""
        pages = "wagtailadmin_pages"
        handed_in = factories.BlogPageFactory(parent=tree.blog, live=False)
        handed_in.save_revision()
        state = Workflow.objects.get().start(handed_in, self.people["author"])
        in_workflow = {
            "page_id": handed_in.pk,
            "task_state_id": state.current_task_state.pk,
            "workflow_state_id": state.pk,
        }
        names = ("workflow_action", "collect_workflow_action_data", "workflow_preview")
        names += ("confirm_workflow_cancellation", "workflow_history_detail")
        task = "groupapprovaltask"
        return {
            **{(f"{pages}:{name}", word): pk for name in names for word, pk in in_workflow.items()},
            (f"{pages}:convert_alias", "page_id"): self.page.create_alias(update_slug="kopie").pk,
            ("digests:edition", "public_id"): _edition().public_id,
            ("blog:author", "key"): self.page.author.key,
            ("home:organisation", "key"): self.page.author.organisation.key,
            ("blog:tag", "slug"): _tag(self.page),
            ("wagtailadmin_api:pages:action", "action_name"): "unpublish",
            ("wagtailadmin_api:documents:detail", "pk"): self.document.pk,
            ("wagtailadmin_api:images:detail", "pk"): self.image.pk,
            ("wagtailadmin_tag_model_autocomplete", "app_name"): "taggit",
            ("wagtailadmin_tag_model_autocomplete", "model_name"): "tag",
            ("wagtailadmin_workflows:add_task", "app_label"): "wagtailcore",
            ("wagtailadmin_workflows:add_task", "model_name"): task,
        }

    def _restriction(self, tree: Tree) -> PageViewRestriction:
        page = factories.BlogPageFactory(parent=tree.blog)
        return page.view_restrictions.create(restriction_type="password", password="geheim")

    @property
    def plain(self) -> dict[str, object]:
        """What the addresses of `_PLAIN` ask for."""
        return {
            "page": self.page.pk,
            "slug": self.page.slug,
            "document": self.document.pk,
            "filename": self.document.filename,
            "image": self.image.pk,
        }


def _person(role: str) -> User:
    person = factories.UserFactory(is_superuser=role == "admin")
    if role in GROUPS:
        person.groups.add(Group.objects.get(name=GROUPS[role]))
    return person


def _passkey(owner: User) -> Authenticator:
    site = {"rp": {"id": "testserver"}, "user": {"id": "iemand"}, "challenge": "raadsel"}
    credential = json.loads(Passkey().create({"publicKey": site}))
    data = {"name": "Sleutelbos", "credential": credential}
    return Authenticator.objects.create(user=owner, type="webauthn", data=data)


def _image() -> CustomImage:
    image = factories.ImageFactory(collection=Collection.get_first_root_node())
    image._set_image_file_metadata()
    image.save()
    image.file.close()
    return image


def _document() -> Document:
    document = Document(title="Stuk", file=ContentFile(b"%PDF", "stuk.pdf"))
    document._set_document_file_metadata()
    document.save()
    document.file.close()
    return document


def _edition() -> Edition:
    now = timezone.now()
    return Edition.objects.create(key="een-week", since=now - timedelta(days=7), until=now)


def _tag(page: BlogPage) -> str:
    page.tags.add("water")
    page.save()
    return "water"


def _restricted_folder() -> CollectionViewRestriction:
    folder = Collection.get_first_root_node().add_child(name="Map")
    return CollectionViewRestriction.objects.create(
        collection=folder, restriction_type="password", password="geheim"
    )


def _tokens(page: BlogPage) -> dict[tuple[str, str], object]:
    """Return the tokens that mails hold; the authority is in them, whoever comes with one."""
    comment = factories.comment(page, status="unconfirmed")
    confirming.ask(comment, now=timezone.now())
    mailed = Message.objects.latest("pk").text.split("/bevestigen/")[1].split("/")[0]
    follow = factories.FollowFactory(page=page)
    noticed = factories.comment(page)
    subscription = factories.SubscriptionFactory().public_id
    preferences = tokens.make(tokens.PREFERENCES, subscription)
    tokens_of = {
        "comments:confirm": mailed,
        "comments:ask_again": mailed,
        "notifications:confirm": tokens.make(links.CONFIRM, follow.public_id),
        "notifications:stop": tokens.make(links.STOP, follow.public_id),
        "notifications:stop_all": _last_part(links.switch_off(follow.public_id.hex, "nl")),
        "own:notice": _last_part(notice_links.path(factories.notice(noticed))),
        "subscriptions:confirm": tokens.make(tokens.CONFIRM, subscription),
        "subscriptions:unsubscribe": tokens.make(tokens.UNSUBSCRIBE, subscription),
        "subscriptions:preferences": preferences,
        "subscriptions:export": preferences,
        "subscriptions:erase": preferences,
    }
    return {(name, "token"): token for name, token in tokens_of.items()}


def _last_part(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]
