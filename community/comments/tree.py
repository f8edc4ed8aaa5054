"""From rows in path order to threads."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import datetime
from uuid import UUID

from django.utils.safestring import mark_safe

from community.comments.models.comments import MAX_DEPTH, PATH_STEP

COLUMNS = (
    "path",
    "public_id",
    "user_name",
    "user_id",
    "submit_date",
    "edited_at",
    "edited_by_editor",
    "appreciation",
    "text_html",
)


@dataclass
class Node:
    """One comment in a conversation, with its replies.

    A node without ``public_id`` only keeps the place of a comment that cannot be
    read (any more): its replies stand where they stood. ``why_gone`` is its status.
    """

    path: str
    public_id: UUID | None = None
    name: str = ""
    user_id: int | None = None
    at: datetime | None = None
    edited_at: datetime | None = None
    edited_by_editor: bool = False
    appreciation: int = 0
    html: str = ""
    answers_to: "Node | None" = None
    replies: list["Node"] = field(default_factory=list)
    withheld: int = 0
    badge: str = ""
    why_gone: str = ""

    @property
    def shown(self) -> tuple:
        """All that can be seen of this comment and its replies, to tell one thread from another."""
        own = tuple(getattr(self, name) for name in _SHOWN)
        return (*own, tuple(reply.shown for reply in self.replies))

    @property
    def is_readable(self) -> bool:
        return self.public_id is not None

    @property
    def depth(self) -> int:
        """0 for the first comment of a thread."""
        return len(self.path) // PATH_STEP - 1

    @property
    def first_readable(self) -> "Node":
        """This comment, or else the first of its replies that can be read."""
        return self if self.is_readable else self.replies[0].first_readable

    @property
    def may_be_answered(self) -> bool:
        return self.is_readable and self.depth < MAX_DEPTH


_SHOWN = [field.name for field in fields(Node) if field.name not in {"answers_to", "replies"}]


def flat(rows: Iterable[tuple]) -> list[Node]:
    """Return ``rows`` of `COLUMNS`, in path order, as nodes tied to what they answer.

    A comment whose parent is not among ``rows`` gets an unreadable node as its parent.
    """
    nodes: dict[str, Node] = {}
    for path, *columns, html in rows:
        parent = _parent(nodes, path)
        nodes[path] = node = Node(path, *columns)
        node.html = mark_safe(html)  # noqa: S308  text.to_html made it so when it was written
        node.answers_to = parent
        if parent is not None:
            parent.replies.append(node)
    return list(nodes.values())


def _parent(nodes: dict[str, Node], path: str) -> Node | None:
    above = path[:-PATH_STEP]
    if not above:
        return None
    if above not in nodes:
        parent = _parent(nodes, above)
        nodes[above] = Node(above, answers_to=parent)
        if parent is not None:
            parent.replies.append(nodes[above])
    return nodes[above]
