"""The readings to distribute, gathered from the database, and what is said of them to the staff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median_low

from django.db.models import F, Func, JSONField

from candidatures.models import Candidature, Deposit
from jury.assignment import (
    Coverage,
    Dossier,
    OneMore,
    Pair,
    Problem,
    Reader,
    Reason,
    Shortage,
    Simulation,
    explain,
    simulate,
)
from jury.models import DEFAULT_LOAD, Assignment, Juror, JuryRules, Recusal
from labels.models import Edition, Theme


class TouchedThemes(Func):
    """The codes of the enjeux that a deposited dossier's actions touch, each as often as it is."""

    template = "jsonb_path_query_array(%(expressions)s, '$.initiatives[*].services[*].theme')"
    output_field = JSONField()


@dataclass(frozen=True)
class Gathered:
    """A problem, and what its keys stand for."""

    edition: Edition
    rules: JuryRules
    problem: Problem
    jurors: dict[int, Juror]
    candidatures: dict[int, Candidature]
    themes: dict[str, Theme]


def gather(edition: Edition, *, seed: int | None = None) -> Gathered:
    """What there is to distribute in this edition, in eight queries.

    Lots are drawn from `seed`, the year when none is given.
    """
    rules = JuryRules.of(edition)
    jurors = {
        juror.pk: juror
        for juror in Juror.objects.filter(edition=edition)
        .select_related("user")
        .prefetch_related("expertise")
        .by_name()
    }
    candidatures = {
        candidature.pk: candidature
        for candidature in Candidature.objects.of_edition(edition)
        .deposited()
        .with_details()
        .by_name()
    }
    touched = dict(
        Deposit.objects.standing()
        .filter(candidature__edition=edition)
        .annotate(touched=TouchedThemes(F("snapshot")))
        .values_list("candidature", "touched")
    )
    recusals = Recusal.objects.standing().filter(juror__edition=edition)
    assignments = Assignment.objects.filter(juror__edition=edition)
    problem = Problem(
        dossiers=tuple(
            Dossier(
                pk=candidature.pk,
                cell=_cell(candidature),
                themes=frozenset(touched.get(candidature.pk, ())),
            )
            for candidature in candidatures.values()
        ),
        readers=tuple(
            Reader(
                pk=juror.pk,
                max_load=juror.max_load,
                expertise=frozenset(theme.code for theme in juror.expertise.all()),
            )
            for juror in jurors.values()
        ),
        readers_per_dossier=rules.readers_per_dossier,
        recused=frozenset(recusals.values_list("juror", "candidature")),
        entrusted=frozenset(assignments.values_list("juror", "candidature")),
        seed=edition.year if seed is None else seed,
    )
    in_order = Theme.objects.filter(edition=edition).order_by("position", "pk")
    themes = {theme.code: theme for theme in in_order}
    return Gathered(edition, rules, problem, jurors, candidatures, themes)


def _cell(candidature: Candidature) -> str:
    """« ville, Bretagne »: what a reader's dossiers are varied by."""
    region = candidature.territory.department.region
    return f"{candidature.get_candidate_type_display()}, {region}"


@dataclass(frozen=True)
class ThemeRow:
    theme: Theme
    coverage: Coverage


@dataclass(frozen=True)
class JurorRow:
    """`proposed` readings would come on top of those `under_way`."""

    juror: Juror
    under_way: int
    proposed: int
    expertise: list[Theme]

    @property
    def total(self) -> int:
        return self.under_way + self.proposed


@dataclass(frozen=True)
class ReadingRow:
    """A proposed reading and its reasons, or one under way, which stays."""

    juror: Juror
    reason: Reason | None
    known: list[Theme]
    next_best: Juror | None


@dataclass(frozen=True)
class DossierRow:
    candidature: Candidature
    themes: list[Theme]
    readings: list[ReadingRow]
    missing: int


@dataclass(frozen=True)
class ShortageRow:
    candidature: Candidature
    shortage: Shortage


@dataclass(frozen=True)
class Verdict:
    """What the simulation says of an edition, its keys told apart again."""

    gathered: Gathered
    simulation: Simulation

    @property
    def problem(self) -> Problem:
        return self.gathered.problem

    @property
    def one_more(self) -> OneMore | None:
        return self.simulation.one_more

    @cached_property
    def is_possible(self) -> bool:
        """Something is to be entrusted, by somebody."""
        return bool(self.simulation.proposal.pairs)

    @cached_property
    def shortages(self) -> list[ShortageRow]:
        known = self.gathered.candidatures
        return [ShortageRow(known[one.dossier.pk], one) for one in self.simulation.shortages]

    @cached_property
    def bottleneck(self) -> list[Juror]:
        """By name, those whose loads hold the missing readings back."""
        held = {reader.pk for reader in self.simulation.bottleneck}
        return [juror for pk, juror in self.gathered.jurors.items() if pk in held]

    @cached_property
    def themes(self) -> list[ThemeRow]:
        known = self.gathered.themes
        return [ThemeRow(known[one.theme], one) for one in self.simulation.coverage(known)]

    @cached_property
    def is_expertise_known(self) -> bool:
        """At least one of those who read has said what they know."""
        return any(reader.expertise for reader in self.problem.readers if reader.max_load)

    @cached_property
    def lacking(self) -> list[ThemeRow]:
        """The enjeux of which some dossiers have no reader who knows them, the worst first."""
        found = [row for row in self.themes if row.coverage.lacks_readers]
        return sorted(found, key=lambda row: row.coverage.covered - row.coverage.dossiers)

    @cached_property
    def jurors(self) -> list[JurorRow]:
        under_way, loads = self.problem.loads, self.simulation.loads
        return [
            JurorRow(
                juror,
                under_way[pk],
                loads[pk] - under_way[pk],
                self._named(theme.code for theme in juror.expertise.all()),
            )
            for pk, juror in self.gathered.jurors.items()
        ]

    @property
    def reading_days(self) -> int:
        edition = self.gathered.edition
        return (edition.deliberates_on - edition.reading_starts_on).days

    @cached_property
    def heaviest(self) -> int:
        """The most readings that anybody would have, those under way included."""
        return max(self.simulation.loads.values(), default=0)

    @property
    def heaviest_per_week(self) -> int:
        """Of the heaviest load, rounded up."""
        return -(-self.heaviest * 7 // max(self.reading_days, 1))

    def dossiers(self, candidatures: Sequence[Candidature]) -> list[DossierRow]:
        """These dossiers with their readers, those under way first, then those proposed."""
        shown = {candidature.pk for candidature in candidatures}
        pairs = [pair for pair in self.simulation.proposal.pairs if pair[1] in shown]
        readings: dict[int, list[ReadingRow]] = defaultdict(list)
        for juror, dossier in sorted(self.problem.under_way, key=self._by_name):
            readings[dossier].append(ReadingRow(self.gathered.jurors[juror], None, [], None))
        for reason in explain(
            self.problem, self.simulation.proposal.pairs, sorted(pairs, key=self._by_name)
        ):
            readings[reason.pair[1]].append(self._reading(reason))
        touched = {dossier.pk: dossier.themes for dossier in self.problem.dossiers}
        missing = self.simulation.proposal.missing
        return [
            DossierRow(
                candidature,
                self._named(touched[candidature.pk]),
                readings[candidature.pk],
                missing.get(candidature.pk, 0),
            )
            for candidature in candidatures
        ]

    def _reading(self, reason: Reason) -> ReadingRow:
        following = reason.next_best
        return ReadingRow(
            juror=self.gathered.jurors[reason.pair[0]],
            reason=reason,
            known=self._named(reason.known),
            next_best=self.gathered.jurors[following.reader.pk] if following else None,
        )

    def _by_name(self, pair: Pair) -> tuple[str, int]:
        return str(self.gathered.jurors[pair[0]]), pair[0]

    def _named(self, codes: Iterable[str]) -> list[Theme]:
        """In the order of the référentiel."""
        wanted = set(codes)
        return [theme for code, theme in self.gathered.themes.items() if code in wanted]


def foresee(gathered: Gathered) -> Verdict:
    """Simulate; somebody more would take what the jurors usually do."""
    loads = [juror.max_load for juror in gathered.jurors.values() if juror.max_load]
    usual = median_low(loads) if loads else DEFAULT_LOAD
    return Verdict(gathered, simulate(gathered.problem, usual_load=usual))
