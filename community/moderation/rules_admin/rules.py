"""The list of block rules, and making, changing, ending and deleting one."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.comments.blocking import looking_back
from community.comments.models import BlockRule
from community.moderation import steering
from community.moderation.decisions import MODERATE
from community.moderation.rules_admin import seeing
from community.moderation.rules_admin.forms import DOUBLE, RuleForm
from community.moderation.rules_admin.sources import source
from users.models import User

PER_PAGE = 50
TOLD = 200  # characters of what was done
ENDED = "beeindigd"
MAX_KEY = 2**63  # of a rule; a larger one is no number to SQLite
Kind = BlockRule.Kind
may_moderate = permission_required(MODERATE, raise_exception=True)


@may_moderate
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the rules that hold, or those that have ended."""
    now, is_ended = timezone.now(), request.GET.get("staat") == ENDED
    rules = BlockRule.objects.ended(now) if is_ended else BlockRule.objects.active(now)
    page = Paginator(rules.select_related("owner"), PER_PAGE).get_page(request.GET.get("p"))
    tab = ENDED if is_ended else ""
    context = {"page_obj": page, "is_ended": is_ended, "ended": ENDED, "tab": tab}
    return render(request, "moderation/rules/index.html", context)


@may_moderate
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Make a rule, from nothing or from the comment that the address names."""
    if request.method == "POST":
        return _take(request, BlockRule())
    now = timezone.now()
    return _show(request, RuleForm(instance=BlockRule(), initial=_initial(request, now), now=now))


@may_moderate
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a rule."""
    rule = _find(pk)
    if request.method == "POST":
        return _take(request, rule)
    return _show(request, RuleForm(instance=rule, now=timezone.now()))


@may_moderate
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then let a rule do nothing any more."""
    rule = _find(pk)
    if request.method != "POST":
        return render(request, "moderation/rules/end.html", {"rule": rule})
    tell(request, steering.end_rule(rule, by=_user(request), now=timezone.now()))
    return redirect("rules:index")


@may_moderate
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then delete a rule."""
    rule = _find(pk)
    if request.method != "POST":
        return render(request, "moderation/rules/delete.html", {"rule": rule})
    tell(request, steering.delete_rule(rule, by=_user(request)))
    return redirect("rules:index")


def tell(request: HttpRequest, note: str) -> None:
    """Say to the editor what was done, and not much more than that."""
    messages.success(request, Truncator(note).chars(TOLD))


def _take(request: HttpRequest, rule: BlockRule) -> HttpResponse:
    """Show what a good rule would have caught; save it when the editor has seen that."""
    version = rule.stamp if rule.pk else 0
    form = RuleForm(request.POST, instance=rule, now=timezone.now())
    if not form.is_valid():
        return _show(request, form, status=422)
    if "terug" in request.POST:
        return _show(request, form)
    proof = request.POST.get("gezien", "")
    if not seeing.is_proven(proof, rule, by=_user(request), version=version):
        return _preview(request, form, version=version, is_late=bool(proof))
    return _save(request, form)


def _save(request: HttpRequest, form: RuleForm) -> HttpResponse:
    try:
        note = steering.save_rule(form.instance, by=_user(request))
    except IntegrityError:  # a colleague made the same rule at the same moment
        form.add_error("pattern", DOUBLE)
        return _show(request, form, status=422)
    tell(request, note)
    return redirect("rules:index")


def _preview(request: HttpRequest, form: RuleForm, *, version: int, is_late: bool) -> HttpResponse:
    """Say what the rule would have caught, as far back as is known."""
    rule = form.instance
    if is_late:
        text = _("The rule was changed since, or you took an hour. Look once more, then save.")
        messages.warning(request, text)
    context = {
        "form": form,
        "rule": rule,
        "proof": seeing.proof(rule, by=_user(request), version=version),
        "found": _look_back(rule, form.now),
        "is_network": rule.kind == Kind.NETWORK,
    }
    return render(request, "moderation/rules/preview.html", context)


def _look_back(rule: BlockRule, now: datetime) -> looking_back.LookBack | None:
    return looking_back.what(rule, now=now) if looking_back.is_possible(rule) else None


def _show(request: HttpRequest, form: RuleForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "rule": form.instance, "source": form.source}
    return render(request, "moderation/rules/form.html", context, status=status)


def _initial(request: HttpRequest, now: datetime) -> dict[str, str]:
    """Return what the form begins with; what the address says may be anything."""
    wanted = request.GET.get("soort", "")
    kind = wanted if wanted in Kind.values else Kind.WORD.value
    found = source(request.GET.get("reactie"), now=now)
    pattern = request.GET.get("patroon", "")[: BlockRule._meta.get_field("pattern").max_length]
    if found is None:
        return {"kind": kind, "pattern": pattern}
    reactie = str(found.comment.public_id)
    return {"kind": kind, "pattern": pattern or found.pattern(kind), "reactie": reactie}


def _find(pk: int) -> BlockRule:
    rule = BlockRule.objects.select_related("owner").filter(pk=pk).first() if pk < MAX_KEY else None
    if rule is None:
        raise Http404
    return rule


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
