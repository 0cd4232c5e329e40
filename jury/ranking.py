"""The dossiers side by side, for the chair: their figures, in words, at a constant cost.

All of it rests on the dossiers that this chair may see, and on nothing else: a dossier from which
they are recused weighs neither on a rank nor on what the jury's notes are brought to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from candidatures.models import Candidature
from jury.figures import Figures, Limits, Notes, Opinion, Without, figures, total, without_each
from jury.models import Assignment, Decision, Juror, JuryRules, Recusal, Review
from villes_internet.french import plural


def points(share: Fraction | float | None) -> str:
    """« 72,4 » for 0.724; a dash for what is not known."""
    return "–" if share is None else f"{float(share) * 100:.1f}".replace(".", ",")


def limits_of(rules: JuryRules) -> Limits:
    return Limits(
        thresholds=(rules.two_from, rules.three_from, rules.four_from, rules.five_from),
        threshold_margin=rules.threshold_margin,
        disagreement=rules.disagreement_from,
        minimum_sample=rules.minimum_sample,
    )


def seen_by(chair: Juror) -> QuerySet[Candidature]:
    """The deposited dossiers but those that the chair is recused from."""
    recused = Recusal.objects.standing().filter(juror=chair).values("candidature")
    return Candidature.objects.of_edition(chair.edition).deposited().exclude(pk__in=recused)


def undecided(chair: Juror) -> int:
    """How many of the dossiers that the chair sees still wait for a decision."""
    decided = Decision.objects.values("candidature")
    return seen_by(chair).exclude(pk__in=decided).count()


@dataclass(frozen=True)
class Row:
    """A dossier before the chair. `counting` is how many reviews count, `readers` are entrusted.

    `figures` is None as long as no counting review has a note.
    """

    candidature: Candidature
    figures: Figures | None
    limits: Limits
    jurors: Mapping[int, str]
    proposed_levels: list[int] = field(default_factory=list)
    counting: int = 0

    @property
    def mean(self) -> str:
        return points(self.figures.mean if self.figures else None)

    @property
    def median(self) -> str:
        return points(self.figures.median if self.figures else None)

    @property
    def deviation(self) -> str:
        return points(self.figures.deviation if self.figures else None)

    @property
    def spread(self) -> str:
        return points(self.figures.spread if self.figures else None)

    @property
    def normalised(self) -> str:
        return points(self.figures.normalised if self.figures else None)

    @property
    def signals(self) -> list[str]:
        """What the chair should look at, in words."""
        if self.figures is None:
            return []
        found = []
        if self.figures.disagrees:
            found.append(f"Avis partagés : {self.spread} points d’écart")
        if near := self.figures.near:
            side = "sous le" if near.points < 0 else "au-dessus du"
            far = points(abs(near.points) / 100)
            away = "moins de 0,1" if near.points and far == "0,0" else far
            found.append(
                f"À {away} point{plural(int(abs(near.points)))} {side} seuil de {near.level} @"
                if near.points
                else f"Juste au seuil de {near.level} @"
            )
        return found

    @property
    def refusals(self) -> list[str]:
        """Why the mean is not normalised: one sentence a juror."""
        if self.figures is None:
            return []
        return [
            f"Les notes de {self.jurors[juror]} ne sont pas normalisées : "
            + (
                f"ses {why.reviews} évaluations ont toutes le même total."
                if why.is_flat
                else f"{why.reviews} évaluation{plural(why.reviews)} "
                f"remise{plural(why.reviews)}, il en faut {self.limits.minimum_sample}."
            )
            for juror, why in self.figures.unscaled.items()
        ]


@dataclass(frozen=True)
class Change:
    """A dossier without one juror."""

    juror: str
    without: Without
    figures: Figures

    @property
    def mean(self) -> str:
        return points(self.without.mean)

    @property
    def median(self) -> str:
        return points(self.without.median)

    @property
    def in_words(self) -> str:
        level, rank = self.without.level, self.without.rank
        if level is None or rank is None:
            return "Il ne resterait aucune évaluation."
        if level != self.figures.level:
            return f"Le niveau suggéré passerait de {self.figures.level} @ à {level} @."
        if rank != self.figures.rank:
            return f"Le rang passerait de {self.figures.rank} à {rank}, au même niveau suggéré."
        return "Ni le niveau suggéré ni le rang ne changeraient."


@dataclass(frozen=True)
class Ranking:
    """The figures of the dossiers that the chair sees, by their primary key."""

    limits: Limits
    figures: Mapping[int, Figures]
    jurors: Mapping[int, str]
    proposed_levels: Mapping[int, list[int]]
    counting: Mapping[int, int]

    def row(self, candidature: Candidature) -> Row:
        pk = candidature.pk
        return Row(
            candidature,
            self.figures.get(pk),
            self.limits,
            self.jurors,
            sorted(self.proposed_levels.get(pk, [])),
            self.counting.get(pk, 0),
        )

    def without_each(self, candidature: Candidature) -> list[Change]:
        """What each juror changes in a dossier, the others staying as they are."""
        found = self.figures.get(candidature.pk)
        if found is None:
            return []
        return [
            Change(self.jurors[without.juror], without, found)
            for without in without_each(found, self.figures.values(), self.limits)
        ]

    def ordered(self, found: list[tuple[int, str]], *, column: str, descending: bool) -> list[int]:
        """Primary keys and names in the order of a column; what has no figure comes last."""
        by_name = [pk for pk, _ in sorted(found, key=lambda one: one[1])]
        if column == "collectivite":
            return by_name[::-1] if descending else by_name
        key = COLUMNS[column]
        valued = [
            (value, pk)
            for pk in by_name
            if (one := self.figures.get(pk)) and (value := key(one)) is not None
        ]
        valued.sort(key=lambda one: one[0], reverse=descending)
        known = [pk for _, pk in valued]
        unknown = set(by_name).difference(known)
        return known + [pk for pk in by_name if pk in unknown]


COLUMNS: dict[str, Callable[[Figures], Fraction | float | None]] = {
    "rang": lambda one: one.rank,
    "collectivite": lambda one: None,
    "moyenne": lambda one: one.mean,
    "mediane": lambda one: one.median,
    "ecart-type": lambda one: one.deviation,
    "etendue": lambda one: one.spread,
    "normalisee": lambda one: one.normalised,
    "niveau": lambda one: one.level,
}


def ranking(chair: Juror) -> Ranking:
    """Two queries, whatever the number of dossiers, jurors and criteria."""
    limits = limits_of(JuryRules.of(chair.edition))
    noted = Q(scores__value__isnull=False, scores__criterion__counts_in_total=True)
    rows = (
        Review.objects.filter(candidature__in=seen_by(chair))
        .counting()
        .values_list(
            "pk",
            "juror_id",
            "juror__user__full_name",
            "candidature_id",
            "proposed_level",
            "scores__scale_max",
        )
        .annotate(
            points=Sum(F("scores__value") * F("scores__criterion__weight"), filter=noted),
            weight=Sum("scores__criterion__weight", filter=noted),
        )
        .order_by("juror__user__full_name", "pk")
    )
    notes: dict[tuple[int, int, int], list[Notes]] = {}
    jurors: dict[int, str] = {}
    proposed: dict[int, list[int]] = {}
    counting: dict[int, int] = {}
    for pk, juror, name, dossier, level, scale_max, earned, weight in rows:
        if (pk, juror, dossier) not in notes:
            jurors[juror] = name
            proposed.setdefault(dossier, []).append(level)
            counting[dossier] = counting.get(dossier, 0) + 1
        kept = notes.setdefault((pk, juror, dossier), [])
        if weight:
            kept.append(Notes(earned, scale_max, weight))
    opinions = [
        Opinion(juror, dossier, found)
        for (_, juror, dossier), kept in notes.items()
        if (found := total(kept)) is not None
    ]
    return Ranking(limits, figures(opinions, limits), jurors, proposed, counting)


def with_standing(candidatures: QuerySet[Candidature]) -> QuerySet[Candidature]:
    """Adds `readers`, the readings entrusted, `decided_level` and `decided_ten`."""
    decision = Decision.objects.filter(candidature=OuterRef("pk"))
    readers = (
        Assignment.objects.filter(candidature=OuterRef("pk"))
        .values("candidature")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return candidatures.annotate(
        readers=Coalesce(Subquery(readers, output_field=IntegerField()), 0),
        decided_level=Subquery(decision.values("level")),
        decided_ten=Subquery(decision.values("is_ten")),
    )
