"""The practices that a territory told before: its sheets of Atlaas, its last dossier's actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from atlaas.models import Practice, Sheet
from candidatures.models import Candidature, Initiative, Resumption
from candidatures.recency import why_too_old
from labels.models import DigitalService, Edition


@dataclass(frozen=True)
class Source:
    """One practice that may be resumed, in the latest words that its territory gave it.

    Those are its sheet's; or those of an `earlier` action that is not in Atlaas, or not yet: it
    then stands for the sheet that it was taken from, if any. `resumption` is what was decided.
    """

    sheet_id: int | None
    earlier_id: int | None
    title: str
    year: int
    started_on: date
    ended_on: date | None
    resumption: Resumption | None = None

    @property
    def key(self) -> str:
        return f"action-{self.earlier_id}" if self.earlier_id else f"fiche-{self.sheet_id}"

    @property
    def seen(self) -> int:
        """What a form remembers of it: which decision it showed, 0 for none."""
        return self.resumption.pk if self.resumption else 0

    @property
    def is_dropped(self) -> bool:
        return bool(self.resumption and self.resumption.is_dropped)

    @property
    def is_entered(self) -> bool:
        return bool(self.resumption and not self.resumption.is_dropped)


def sources(candidature: Candidature, earlier: Candidature | None) -> list[Source]:
    """All of them, the latest edition first; three queries, or two without an earlier dossier."""
    actions = _actions_told_since(earlier) if earlier else []
    told_anew = {sheet for *_, sheet in actions if sheet}
    fields = ("title", "started_on", "ended_on")
    sheets = (
        Sheet.objects.of_territory(candidature.territory)
        .exclude(pk__in=told_anew)
        .values_list("pk", "edition__year", *fields)
    )
    by_sheet, by_action = _decided(candidature)
    found = [
        Source(sheet, pk, title, year, began, ended, by_action.get(pk) or by_sheet.get(sheet))
        for pk, year, title, began, ended, sheet in actions
    ]
    found += [
        Source(pk, None, title, year, began, ended, by_sheet.get(pk))
        for pk, year, title, began, ended in sheets
    ]
    return sorted(found, key=lambda one: (-one.year, one.title.casefold(), one.key))


def _actions_told_since(
    earlier: Candidature,
) -> list[tuple[int, int, str, date, date | None, int | None]]:
    """Its actions that no sheet tells as they are: not published, or not yet."""
    rows = earlier.initiatives.values_list(
        "pk", "title", "started_on", "ended_on", "source_sheet", "source_sheet__edition__year"
    )
    year = earlier.edition.year
    return [
        (pk, year, title, began, ended, sheet)
        for pk, title, began, ended, sheet, told in rows
        if told is None or told < year
    ]


def _decided(
    candidature: Candidature,
) -> tuple[dict[int | None, Resumption], dict[int | None, Resumption]]:
    decisions = list(candidature.resumptions.select_related("decided_by"))
    return (
        {one.sheet_id: one for one in decisions if one.sheet_id},
        {one.earlier_id: one for one in decisions if one.earlier_id},
    )


def why_not_keep(source: Source | Practice, *, edition: Edition) -> str:
    """Why the label does not take it as it is; empty when it does."""
    return why_too_old(source.started_on, source.ended_on, edition=edition)


@dataclass(frozen=True)
class SourceDetails:
    """A source as a page shows it, or as a dossier takes it.

    `services` are those of this edition that its own lead to, by their codes; `lost` names the
    others. `too_old` says why it cannot be kept as it is.
    """

    source: Source
    practice: Sheet | Initiative
    services: list[DigitalService]
    lost: list[str]
    too_old: str

    @property
    def themes(self) -> list[str]:
        """The enjeux that it touches, each once."""
        return list(dict.fromkeys(service.theme.name for service in self.services))

    @property
    def can_keep(self) -> bool:
        """As it is: it is recent enough, and one at least of its services is still there."""
        return not self.too_old and bool(self.services)


def details_of(found: Sequence[Source], *, edition: Edition, whole: bool) -> list[SourceDetails]:
    """The same in the same order; five queries, seven when `whole`, with pictures and contact."""
    sheets = Sheet.objects.defer("search_vector")
    actions = Initiative.objects.all()
    if whole:
        sheets = sheets.select_related("contact")
    else:
        long = ("context", "objectives", "course", "results", "partners")
        sheets, actions = sheets.defer("search_vector", *long), actions.defer(*long)
    services = Prefetch("services", DigitalService.objects.in_order())
    related = [services, "illustrations"] if whole else [services]
    of_sheets = sheets.prefetch_related(*related).in_bulk(
        [one.sheet_id for one in found if not one.earlier_id]
    )
    of_actions = actions.prefetch_related(*related).in_bulk(
        [one.earlier_id for one in found if one.earlier_id]
    )
    present = _services_of(edition)
    return [
        _details(one, practice, present, edition=edition)
        for one in found
        if (practice := of_actions.get(one.earlier_id) or of_sheets.get(one.sheet_id))
    ]


def _services_of(edition: Edition) -> dict[tuple[str, str], DigitalService]:
    services = DigitalService.objects.in_order().filter(theme__edition=edition)
    return {(one.theme.code, one.code): one for one in services}


def _details(
    source: Source,
    practice: Sheet | Initiative,
    present: dict[tuple[str, str], DigitalService],
    *,
    edition: Edition,
) -> SourceDetails:
    before: Iterable[DigitalService] = practice.services.all()
    led = {one: present.get((one.theme.code, one.code)) for one in before}
    return SourceDetails(
        source=source,
        practice=practice,
        services=[one for one in led.values() if one],
        lost=[one.name for one, after in led.items() if after is None],
        too_old=why_not_keep(practice, edition=edition),
    )
