"""The tool library."""

from tools.models.pages import ToolIndexPage, ToolPage
from tools.models.parts import ToolCriterion, ToolStep
from tools.models.uses import ToolUse

__all__ = ["ToolCriterion", "ToolIndexPage", "ToolPage", "ToolStep", "ToolUse"]
