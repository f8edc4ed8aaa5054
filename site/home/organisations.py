"""What everyone can see of an organisation: its posts, its tools, and the tools it uses."""

from dataclasses import dataclass

from blog.models import BlogPage
from blog.models.posts import BlogPageQuerySet
from core.models import Organisation
from tools.models import ToolPage, ToolUse


@dataclass(frozen=True)
class Used:
    """A tool as the reader sees it, and how the organisation uses it."""

    tool: ToolPage
    use: ToolUse


@dataclass(frozen=True)
class Work:
    """What an organisation shows in one language, or else in another."""

    posts: BlogPageQuerySet
    tools: list[ToolPage]
    used: list[Used]


def work(organisation: Organisation, *, language: str) -> Work:
    """Return what ``organisation`` shows a reader of ``language``; the posts are not read yet."""
    posts = BlogPage.objects.published().filter(author__organisation=organisation)
    public = ToolPage.objects.published()
    tools = public.filter(owner_organisation=organisation).once_in(language).with_card_fields()
    return Work(
        posts=posts.once_in(language).with_card_fields(),
        tools=list(tools),
        used=_used(organisation, language=language),
    )


def _used(organisation: Organisation, *, language: str) -> list[Used]:
    uses = list(organisation.tool_uses.verified().select_related("tool"))
    keys = {use.tool.translation_key for use in uses}
    public = ToolPage.objects.published().filter(translation_key__in=keys).once_in(language)
    tools = {tool.translation_key: tool for tool in public.select_related("locale")}
    return [
        Used(tool=tools[use.tool.translation_key], use=use)
        for use in uses
        if use.tool.translation_key in tools
    ]
