"""How an action differs from the practice that it was taken from."""

from __future__ import annotations

from dataclasses import dataclass

from atlaas.models import Practice, Sheet
from candidatures.differences import Piece, differences
from candidatures.models import Initiative, Resumption
from villes_internet.french import day

SERVICES = "Services numériques"


@dataclass(frozen=True)
class Change:
    """One field that says something else than it did; `before` is its former text."""

    label: str
    before: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Resumed:
    """Where an action comes from, and what changed in it since.

    `sheet` is the public one, if any; `is_newer` when it says since then something else than what
    was resumed, and not when it only told the `earlier` action of which this one is the next.
    """

    resumption: Resumption
    source: Sheet | Initiative
    year: int
    changes: list[Change]

    @property
    def sheet(self) -> Sheet | None:
        return self.resumption.sheet

    @property
    def is_newer(self) -> bool:
        sheet, earlier = self.sheet, self.resumption.earlier
        if sheet is None or sheet.updated_at <= self.resumption.decided_at:
            return False
        return earlier is None or sheet.edition.year > earlier.candidature.edition.year


def resumed(initiative: Initiative) -> Resumed | None:
    """None when it was not taken from anything; one query, three more when it was."""
    resumption = Resumption.objects.with_sources().filter(initiative=initiative).first()
    if resumption is None or (source := resumption.source) is None:
        return None
    year = source.edition.year if isinstance(source, Sheet) else source.candidature.edition.year
    return Resumed(resumption, source, year, _changes(source, initiative))


def _changes(source: Sheet | Initiative, initiative: Initiative) -> list[Change]:
    before, after = _told(source), _told(initiative)
    names = dict(source.services.order_by("code").values_list("code", "name"))
    now = dict(initiative.services.order_by("code").values_list("code", "name"))
    before[SERVICES] = "\n".join(now.get(code, name) for code, name in names.items())
    after[SERVICES] = "\n".join(now.values())
    return [
        Change(label, before[label], differences(before[label], after[label]))
        for label in before
        if before[label] != after[label]
    ]


def _told(practice: Sheet | Initiative) -> dict[str, str]:
    """All that a practice says, by the label of the field, as it is read."""
    shown = {
        "kind": practice.get_kind_display(),
        "mode": practice.get_mode_display(),
        "cost_band": practice.get_cost_band_display(),
        "started_on": day(practice.started_on),
        "ended_on": day(practice.ended_on) or "toujours en cours",
        "tools": "\n".join(
            f"{name} ({licence})" if licence else name for name, licence in practice.tools
        ),
        "links": "\n".join(practice.links),
    }
    return {
        str(field.verbose_name).capitalize(): shown.get(field.name, getattr(practice, field.name))
        for field in Practice._meta.concrete_fields
        if field.name in Practice.PRACTICE_FIELDS
    }
