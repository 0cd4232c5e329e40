"""What jury shows of an edition to the staff: loads and progress, never a score nor a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from jury import composition
from jury.composition import Progress
from labels.choices import Phase
from labels.models import Edition
from villes_internet.french import plural
from villes_internet.staff.panels import Figure, Panel

# From the end of the candidatures on, somebody must read.
READ_IN = frozenset({Phase.CLOSED, Phase.READING})
# From then on, somebody must decide.
PRESIDED_IN = READ_IN | {Phase.DELIBERATION, Phase.CEREMONY}


def edition_panels(editions: Sequence[Edition], *, at: datetime) -> dict[int, list[Panel]]:
    """Four queries."""
    progress = composition.progress(editions)
    return {
        edition.pk: _panels(edition, progress[edition.pk], edition.phase(at=at))
        for edition in editions
    }


def _panels(edition: Edition, progress: Progress, phase: Phase) -> list[Panel]:
    return [
        Panel(
            title="Jury",
            url=reverse("jury_staff:jury", args=[edition.year]),
            description="Qui siège, qui lit quoi, qui se déporte.",
            figures=_figures(progress),
            attention=_attention(progress, phase),
        ),
        Panel(
            title="Critères",
            url=reverse("jury_staff:criteria", args=[edition.year]),
            description=f"{progress.criteria} critère{plural(progress.criteria)}, "
            "et combien chaque note pèse.",
        ),
    ]


def _figures(progress: Progress) -> tuple[Figure, ...]:
    """None as long as nobody sits; the readings once some are entrusted."""
    jurors, entrusted, handed_in = progress.jurors, progress.entrusted, progress.handed_in
    found = []
    if jurors:
        note = "" if progress.has_chair else "sans présidence"
        found.append(Figure(value=jurors, label=f"juré·e{plural(jurors, ',·s')}", note=note))
    if entrusted:
        label = f"évaluation{plural(handed_in)} remise{plural(handed_in)}"
        note = f"sur {entrusted} lecture{plural(entrusted)} confiée{plural(entrusted)}"
        found.append(Figure(value=handed_in, label=label, note=note))
    return tuple(found)


def _attention(progress: Progress, phase: Phase) -> str:
    if phase in PRESIDED_IN and not progress.jurors:
        return "Un jury à composer"
    if phase in PRESIDED_IN and not progress.has_chair:
        return "Une présidence du jury à confier"
    if phase in READ_IN and (unread := progress.unread):
        return f"{unread} dossier{plural(unread)} à confier à la lecture"
    return ""
