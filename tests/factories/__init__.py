"""Makers of rows for tests. The defaults are the dull valid case; states are traits."""

from tests.factories.comments import BlockRuleFactory, comment, notice
from tests.factories.mails import MessageFactory
from tests.factories.pages import (
    ImageFactory,
    OrganisationFactory,
    StandardPageFactory,
    forget_the_site,
    in_english,
    the_blog_index,
    the_home,
    the_tool_index,
)
from tests.factories.posts import AuthorFactory, BlogPageFactory, ChainFactory, LinkFactory
from tests.factories.subscribers import AgreementFactory, FollowFactory, SubscriptionFactory
from tests.factories.tools import (
    ToolCriterionFactory,
    ToolPageFactory,
    ToolStepFactory,
    ToolUseFactory,
)
from tests.factories.users import UserFactory

__all__ = [
    "AgreementFactory",
    "AuthorFactory",
    "BlockRuleFactory",
    "BlogPageFactory",
    "ChainFactory",
    "FollowFactory",
    "ImageFactory",
    "LinkFactory",
    "MessageFactory",
    "OrganisationFactory",
    "StandardPageFactory",
    "SubscriptionFactory",
    "ToolCriterionFactory",
    "ToolPageFactory",
    "ToolStepFactory",
    "ToolUseFactory",
    "UserFactory",
    "comment",
    "forget_the_site",
    "in_english",
    "notice",
    "the_blog_index",
    "the_home",
    "the_tool_index",
]
