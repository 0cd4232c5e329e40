"""The figures of the reviews, exact: fractions between 0 and 1, a float only where a root is taken.

An opinion is what one review amounts to. Nothing here knows the database, nor any word of a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, lcm, sqrt


@dataclass(frozen=True)
class Notes:
    """Notes on one scale: `points` is the sum of value × weight, `weight` that of the weights."""

    points: int
    scale_max: int
    weight: int


@dataclass(frozen=True)
class Opinion:
    """The total of a juror's review of a dossier, between 0 and 1."""

    juror: int
    dossier: int
    total: Fraction


@dataclass(frozen=True)
class Limits:
    """What an edition sets. All but `minimum_sample`, a count of reviews, are points out of 100.

    `thresholds` are the means from which 2, 3, 4 and 5 arobases are suggested, in that order.
    """

    thresholds: tuple[int, ...]
    threshold_margin: int
    disagreement: int
    minimum_sample: int


def total(notes: Iterable[Notes]) -> Fraction | None:
    """The weighted mean of what was noted, each note brought to 0–1; None when nothing was."""
    noted = [one for one in notes if one.weight]
    if not noted:
        return None
    common = lcm(*(one.scale_max for one in noted))
    points = sum(one.points * (common // one.scale_max) for one in noted)
    return Fraction(points, common * sum(one.weight for one in noted))


def mean(totals: Sequence[Fraction]) -> Fraction | None:
    if not totals:
        return None
    whole, common = _whole(totals)
    return Fraction(sum(whole), common * len(totals))


def _whole(totals: Sequence[Fraction]) -> tuple[list[int], int]:
    """The same totals as whole numbers of a common part of 1: much faster to add up."""
    common = lcm(*(one.denominator for one in totals))
    return [one.numerator * (common // one.denominator) for one in totals], common


def median(totals: Sequence[Fraction]) -> Fraction | None:
    """The one in the middle, or half-way between the two in the middle."""
    if not totals:
        return None
    ordered, half = sorted(totals), len(totals) // 2
    return ordered[half] if len(totals) % 2 else (ordered[half - 1] + ordered[half]) / 2


def deviation(totals: Sequence[Fraction]) -> float | None:
    """The standard deviation, of these totals and not of a larger population; None under two."""
    return sqrt(_variance(totals)) if len(totals) > 1 else None


def spread(totals: Sequence[Fraction]) -> Fraction | None:
    """From the lowest to the highest; None under two."""
    return max(totals) - min(totals) if len(totals) > 1 else None


def _variance(totals: Sequence[Fraction]) -> Fraction:
    """The mean of the squares, less the square of the mean."""
    whole, common = _whole(totals)
    squares, size = sum(one * one for one in whole), len(whole)
    return Fraction(size * squares - sum(whole) ** 2, (size * common) ** 2)


@dataclass(frozen=True)
class Scale:
    """How a juror's totals are brought to the mean and the deviation of the whole jury."""

    own_mean: float
    jury_mean: float
    ratio: float  # of two roots

    def apply(self, one: Fraction) -> float:
        """May leave 0–1: somebody severe may have found a dossier far above their habits."""
        return self.jury_mean + (float(one) - self.own_mean) * self.ratio


@dataclass(frozen=True)
class NoScale:
    """Why a juror's totals are not normalised: too few reviews, or all of them the same."""

    reviews: int
    is_flat: bool = False


def scales(opinions: Iterable[Opinion], *, minimum_sample: int) -> dict[int, Scale | NoScale]:
    """That of each juror."""
    by_juror: dict[int, list[Fraction]] = {}
    for opinion in opinions:
        by_juror.setdefault(opinion.juror, []).append(opinion.total)
    everything = [one for totals in by_juror.values() for one in totals]
    if not everything:
        return {}
    jury_mean, jury_variance = float(mean(everything) or 0), _variance(everything)
    found: dict[int, Scale | NoScale] = {}
    for juror, totals in by_juror.items():
        own_variance = _variance(totals)
        if len(totals) < minimum_sample:
            found[juror] = NoScale(len(totals))
        elif not own_variance:
            found[juror] = NoScale(len(totals), is_flat=True)
        else:
            ratio = sqrt(jury_variance / own_variance)
            found[juror] = Scale(float(mean(totals) or 0), jury_mean, ratio)
    return found


def level_of(one: Fraction, limits: Limits) -> int:
    """The arobases that a mean suggests: 1 at least, for every dossier admitted has one."""
    earned, parts = one.numerator * 100, one.denominator
    return 1 + sum(earned >= threshold * parts for threshold in limits.thresholds)


@dataclass(frozen=True)
class Near:
    """A mean close to the threshold of `level`: by how many points, negative when short of it."""

    level: int
    points: Fraction


def near_threshold(one: Fraction, limits: Limits) -> Near | None:
    """The closest threshold, if within the margin; the higher one when two are as close."""
    earned, parts = one.numerator * 100, one.denominator
    away, level, threshold = min(
        (abs(earned - threshold * parts), -level, threshold)
        for level, threshold in enumerate(limits.thresholds, 2)
    )
    if away > limits.threshold_margin * parts:
        return None
    return Near(-level, one * 100 - threshold)


@dataclass(frozen=True)
class Figures:
    """What the counting reviews of a dossier say together; None where they are too few to say.

    `rank` is by the raw mean, the same for the same. `unscaled` holds the jurors on account of whom
    the normalised mean is refused.
    """

    dossier: int
    opinions: tuple[Opinion, ...]
    mean: Fraction
    median: Fraction
    deviation: float | None
    spread: Fraction | None
    normalised: float | None
    unscaled: Mapping[int, NoScale]
    level: int
    rank: int
    disagrees: bool
    near: Near | None


def figures(opinions: Iterable[Opinion], limits: Limits) -> dict[int, Figures]:
    """Those of each dossier that has an opinion."""
    by_dossier: dict[int, list[Opinion]] = {}
    for opinion in opinions:
        by_dossier.setdefault(opinion.dossier, []).append(opinion)
    everything = [one for found in by_dossier.values() for one in found]
    found_scales = scales(everything, minimum_sample=limits.minimum_sample)
    means = {dossier: _mean(found) for dossier, found in by_dossier.items()}
    ranks = _ranks(means.values())
    return {
        dossier: _figures(dossier, found, found_scales, limits, rank=ranks[means[dossier]])
        for dossier, found in by_dossier.items()
    }


def _figures(
    dossier: int,
    opinions: Sequence[Opinion],
    found_scales: Mapping[int, Scale | NoScale],
    limits: Limits,
    *,
    rank: int,
) -> Figures:
    totals = [opinion.total for opinion in opinions]
    middle, width = _mean(opinions), spread(totals)
    unscaled: dict[int, NoScale] = {}
    scaled: list[float] = []
    for opinion in opinions:
        scale = found_scales[opinion.juror]
        if isinstance(scale, Scale):
            scaled.append(scale.apply(opinion.total))
        else:
            unscaled[opinion.juror] = scale
    return Figures(
        dossier=dossier,
        opinions=tuple(opinions),
        mean=middle,
        median=median(totals) or Fraction(0),
        deviation=deviation(totals),
        spread=width,
        normalised=None if unscaled else fsum(scaled) / len(scaled),
        unscaled=unscaled,
        level=level_of(middle, limits),
        rank=rank,
        disagrees=width is not None and width * 100 >= limits.disagreement,
        near=near_threshold(middle, limits),
    )


def _mean(opinions: Sequence[Opinion]) -> Fraction:
    return mean([opinion.total for opinion in opinions]) or Fraction(0)


def _ranks(means: Iterable[Fraction]) -> dict[Fraction, int]:
    ranks: dict[Fraction, int] = {}
    for position, one in enumerate(sorted(means, reverse=True), 1):
        ranks.setdefault(one, position)
    return ranks


@dataclass(frozen=True)
class Without:
    """The same dossier if this juror had not read it, all else being equal.

    None, all of it, when nobody else has.
    """

    juror: int
    mean: Fraction | None
    median: Fraction | None
    level: int | None
    rank: int | None


def without_each(one: Figures, others: Iterable[Figures], limits: Limits) -> list[Without]:
    """What each juror changes in a dossier; `others` are the figures of the other dossiers."""
    above = [other.mean for other in others if other.dossier != one.dossier]
    found = []
    for gone in one.opinions:
        totals = [opinion.total for opinion in one.opinions if opinion != gone]
        middle = mean(totals)
        if middle is None:
            found.append(Without(gone.juror, None, None, None, None))
            continue
        rank = 1 + sum(other > middle for other in above)
        level = level_of(middle, limits)
        found.append(Without(gone.juror, middle, median(totals), level, rank))
    return found
