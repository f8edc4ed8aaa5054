"""What a reader asked the tool library to show."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from tools.vocabulary import Category, Process


@dataclass(frozen=True)
class ToolFilter:
    """A choice of process and category; an empty text stands for all."""

    process: str = ""
    category: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """Read ``?process=…&category=…``; values that we do not know are ignored."""
        process, category = query.get("process", ""), query.get("category", "")
        return cls(
            process=process if process in Process.values else "",
            category=category if category in Category.values else "",
        )

    def lookups(self) -> dict[str, str]:
        """Return the chosen fields as keyword arguments for ``filter()``."""
        chosen = {"process": self.process, "category": self.category}
        return {field: value for field, value in chosen.items() if value}

    @property
    def query(self) -> str:
        """The choice as a query string with its question mark, or an empty text."""
        return f"?{urlencode(self.lookups())}" if self.is_set else ""

    @property
    def is_set(self) -> bool:
        return bool(self.lookups())

    @property
    def processes(self) -> list[tuple[str, str]]:
        """The processes to choose from: value and label."""
        return [(value, str(label)) for value, label in Process.choices]

    @property
    def categories(self) -> list[tuple[str, str]]:
        """The categories to choose from: value and label."""
        return [(value, str(label)) for value, label in Category.choices]
