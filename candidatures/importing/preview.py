"""What an import would add, beside what the dossier holds already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from candidatures import overview
from candidatures.importing.lines import Entry
from candidatures.models import Candidature
from candidatures.overview import Presented
from candidatures.spelling import fold
from labels.mosaic import Mosaic
from villes_internet.french import number


@dataclass(frozen=True)
class Coming:
    """An action to come: its line in the file; whether its title is in the dossier, or in twice."""

    number: int
    action: Presented
    is_known: bool
    is_repeated: bool


@dataclass(frozen=True)
class Preview:
    """`mosaic` is that of the dossier with what is not there yet, `new_themes` what it gains."""

    lines: list[Coming]
    present: int
    known_titles: set[str]
    mosaic: Mosaic
    new_themes: list[str]

    @property
    def known_words(self) -> str:
        """« Une ligne a pour titre celui d’une action de la candidature… »."""
        if self.known == 1:
            start = (
                "Une ligne a pour titre celui d’une action de la candidature : elle est signalée"
            )
        else:
            start = (
                f"{number(self.known)} lignes ont pour titre celui d’une action de la "
                "candidature : elles sont signalées"
            )
        return f"{start} plus bas."

    @property
    def known(self) -> int:
        return sum(line.is_known for line in self.lines)

    @property
    def repeated(self) -> int:
        return sum(line.is_repeated for line in self.lines)


def preview(
    candidature: Candidature, entries: Sequence[Entry], actions: Sequence[Presented]
) -> Preview:
    present = overview.presented(candidature)
    titles = Counter(fold(action.initiative.title) for action in actions)
    known = {fold(action.initiative.title) for action in present}
    lines = []
    for entry, action in zip(entries, actions, strict=True):
        title = fold(action.initiative.title)
        lines.append(Coming(entry.line, action, title in known, titles[title] > 1))
    coming = [line.action for line in lines if not line.is_known]
    touched = {theme for action in present for theme in action.themes}
    themes = dict.fromkeys(theme for action in coming for theme in action.themes)
    return Preview(
        lines=lines,
        present=len(present),
        known_titles=known & set(titles),
        mosaic=overview.mosaic_of(candidature, [*present, *coming]),
        new_themes=[theme for theme in themes if theme not in touched],
    )
