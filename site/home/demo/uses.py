"""Who uses which tool in the demo."""

from core.models import Organisation
from home.demo import pages
from home.demo.moments import Clock
from home.demo.people import read
from home.setup import Tree
from tools.models import ToolUse
from users.models import User

EDITOR = "redactie"


def add_all(site: Tree, clock: Clock) -> None:
    """Add what stands in ``texts/uses.toml``, as the editor's login has verified it."""
    editor = User.objects.get(username=EDITOR)
    for facts in read("uses")["use"]:
        verified_at = clock.age(facts["verified"]) if "verified" in facts else None
        ToolUse.objects.create(
            tool_id=pages.find(site, facts["tool"]).pk,
            organisation=Organisation.objects.get(name=facts["organisation"]),
            since_year=facts["since"],
            experience=facts["experience"],
            note=facts.get("note", ""),
            created_at=clock.age(facts["written"]),
            verified_at=verified_at,
            verified_by=editor if verified_at else None,
            appeared_at=verified_at,
        )
