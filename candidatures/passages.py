"""An action is written passage by passage: the fields that only make sense together are one.

Each passage has a version of its own: two colleagues who write two of them never meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from candidatures.models import Initiative
from labels.models import DigitalService
from villes_internet.french import day
from villes_internet.users.models import User

Value = dict[str, Any]

SERVICES = "services"

# By code, the fields of `Initiative` that are written together.
PASSAGES: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "summary": ("summary",),
    SERVICES: (SERVICES,),
    "kind": ("kind",),
    "mode": ("mode",),
    "dates": ("started_on", "ended_on"),
    "context": ("context",),
    "objectives": ("objectives",),
    "course": ("course",),
    "results": ("results",),
    "audience": ("audience",),
    "partners": ("partners",),
    "tools": ("tools",),
    "cost_band": ("cost_band",),
    "links": ("links",),
    "is_shared": ("is_shared",),
    "contact": ("contact_role", "contact_email"),
}

LABELS = {"dates": "Les dates", "contact": "Le contact"}


def label(code: str) -> str:
    if code in LABELS:
        return LABELS[code]
    field = Initiative._meta.get_field(PASSAGES[code][0])
    return str(field.verbose_name)[:1].upper() + str(field.verbose_name)[1:]  # type: ignore[union-attr]


def read(initiative: Initiative, code: str) -> Value:
    """What an action says there, as JSON has it; the services by primary key, in ascending order.

    One query for the services, unless they are prefetched.
    """
    if code == SERVICES:
        return {SERVICES: sorted(service.pk for service in initiative.services.all())}
    return {name: _plain(getattr(initiative, name)) for name in PASSAGES[code]}


def plain(code: str, cleaned: Mapping[str, Any]) -> Value:
    """The same, of what a form accepted."""
    if code == SERVICES:
        return {SERVICES: sorted(service.pk for service in cleaned[SERVICES])}
    return {name: _plain(cleaned[name]) for name in PASSAGES[code]}


def write(initiative: Initiative, code: str, value: Value) -> None:
    """Put it there, not saved yet; the services aside, which are rows of their own."""
    for name in PASSAGES[code]:
        if name == SERVICES:
            continue
        given = value[name]
        is_day = name in PASSAGES["dates"] and given is not None
        setattr(initiative, name, date.fromisoformat(given) if is_day else given)


def version(initiative: Initiative, code: str) -> int:
    """0 as long as nobody changed it since the action was added."""
    return int(initiative.passages.get(code, {}).get("version", 0))


def writer(initiative: Initiative, code: str) -> tuple[int | None, datetime | None]:
    """Who last changed it, by primary key, and when; None for what nobody changed."""
    said = initiative.passages.get(code)
    return (said["by"], datetime.fromisoformat(said["at"])) if said else (None, None)


def are_changed(initiative: Initiative, *, since: datetime, besides: User) -> bool:
    """Whether somebody else changed one of them after that instant."""
    written = (writer(initiative, code) for code in initiative.passages)
    return any(at is not None and at > since and by != besides.pk for by, at in written)


def words(code: str, value: Value, *, names: Mapping[int, str]) -> str:
    """As it is read, one thing a line; `names` are those of the services, by primary key."""
    match code:
        case "services":
            lines = [names.get(pk, "un service retiré") for pk in value[SERVICES]]
        case "dates":
            began, ended = value["started_on"], value["ended_on"]
            end = f"terminée le {_spelled(ended)}" if ended else "toujours en cours"
            lines = [f"Commencée le {_spelled(began)}, {end}"]
        case "tools":
            tools = value["tools"]
            lines = [f"{name} ({licence})" if licence else name for name, licence in tools]
        case "links":
            lines = value["links"]
        case "is_shared":
            lines = ["Oui" if value["is_shared"] else "Non"]
        case _:
            lines = [_choice(name, given) for name, given in value.items() if given]
    return "\n".join(lines)


def _choice(name: str, given: str) -> str:
    """The label of a choice, or the text itself."""
    choices = dict(Initiative._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(given, given))


def names_of(values: Iterable[Value]) -> dict[int, str]:
    """The names of the services in these passages; no query without any."""
    found = {pk for value in values for pk in value.get(SERVICES, [])}
    if not found:
        return {}
    return dict(DigitalService.objects.filter(pk__in=found).values_list("pk", "name"))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _spelled(iso: str | None) -> str:
    return day(date.fromisoformat(iso)) if iso else "…"
