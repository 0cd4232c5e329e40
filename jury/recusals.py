"""Which dossiers a juror is set apart from by their ties to collectivités, each with its reason.

The rules are those of the label's jury as assumed: one's own commune, its intercommunalité, a
commune of that intercommunalité and, where the edition says so, the whole département.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from candidatures.models import Deposit
from jury.choices import AffiliationKind
from jury.models import Affiliation, JuryRules
from labels.models import Edition
from villes_internet.territories.models import Perimeter, Territory

Pair = tuple[int, int]  # the primary keys of a juror and of a candidature

PAST = {AffiliationKind.MANDATE: "mandat passé", AffiliationKind.EMPLOYER: "ancien employeur"}


@dataclass(frozen=True)
class Candidate:
    """The territory of a deposited dossier, and the codes of the communes it covered that day."""

    candidature: int
    territory: int
    department: str
    communes: frozenset[str]


def automatic(edition: Edition) -> dict[Pair, str]:
    """Why each juror of the edition is set apart from each dossier they are tied to; four queries.

    Of several ties with the same collectivité, the closest one is told.
    """
    affiliations = list(
        Affiliation.objects.filter(juror__edition=edition)
        .select_related("territory__successor", "department")
        .order_by("juror", "pk")
    )
    if not affiliations:
        return {}
    candidates = _candidates(edition)
    whole_department = JuryRules.of(edition).recuses_department
    around = _Neighbourhoods.of(_homes(affiliations))
    found: dict[Pair, tuple[int, str]] = {}
    for affiliation in affiliations:
        for candidate in candidates:
            tie = _tie(affiliation, candidate, around, whole_department=whole_department)
            pair = (affiliation.juror_id, candidate.candidature)
            if tie and (pair not in found or tie[0] < found[pair][0]):
                found[pair] = tie
    return {pair: reason for pair, (_, reason) in found.items()}


def _candidates(edition: Edition) -> list[Candidate]:
    rows = (
        Deposit.objects.standing()
        .filter(candidature__edition=edition)
        .values_list(
            "candidature",
            "candidature__territory",
            "candidature__territory__department",
            "perimeter",
        )
    )
    return [
        Candidate(pk, territory, department, frozenset(one["code"] for one in perimeter))
        for pk, territory, department, perimeter in rows
    ]


def _homes(affiliations: Iterable[Affiliation]) -> list[Territory]:
    return [home for one in affiliations if (home := _home(one))]


def _home(affiliation: Affiliation) -> Territory | None:
    """The collectivité as it is today: one that disappeared is its successor."""
    territory = affiliation.territory
    return territory and (territory.successor or territory)


@dataclass(frozen=True)
class _Neighbourhoods:
    """Of each commune its EPCI of today; of each EPCI, what it is called and its communes."""

    epci: Mapping[int, int]
    names: Mapping[int, str]
    communes: Mapping[int, frozenset[int]]

    @classmethod
    def of(cls, territories: Iterable[Territory]) -> _Neighbourhoods:
        keys = [territory.pk for territory in territories]
        today = Perimeter.objects.filter(years__upper_inf=True)
        epcis = {
            *keys,
            *today.filter(commune__in=keys).values_list("epci", flat=True),
        }
        epci: dict[int, int] = {}
        names: dict[int, str] = {}
        communes: dict[int, set[int]] = {}
        for one in today.filter(epci__in=epcis).select_related("epci"):
            epci[one.commune_id] = one.epci_id
            names[one.epci_id] = one.epci.name
            communes.setdefault(one.epci_id, set()).add(one.commune_id)
        return cls(epci, names, {pk: frozenset(found) for pk, found in communes.items()})


def _tie(
    affiliation: Affiliation,
    candidate: Candidate,
    around: _Neighbourhoods,
    *,
    whole_department: bool,
) -> tuple[int, str] | None:
    """How close they are, 0 the closest, and the reason in words; None without a tie."""
    said = described(affiliation)
    home = _home(affiliation)
    department = home.department_id if home else affiliation.department_id
    if home:
        if candidate.territory == home.pk:
            return 0, said
        if home.code in candidate.communes:
            return 1, f"{said}, qui en est membre"
        if candidate.territory in around.communes.get(home.pk, ()):
            return 1, f"{said}, dont elle est membre"
        shared = around.epci.get(home.pk)
        if shared is not None and candidate.territory in around.communes[shared]:
            return 2, f"{said}, de la même intercommunalité ({around.names[shared]})"
    if whole_department and candidate.department == department:
        return 3, f"{said}, dans le même département"
    return None


def described(affiliation: Affiliation) -> str:
    """« Ancien employeur : Quimper »."""
    kind = AffiliationKind(affiliation.kind)
    words = PAST.get(kind, kind.label) if not affiliation.is_current else kind.label
    place = affiliation.territory.name if affiliation.territory else affiliation.department
    return f"{words[:1].upper()}{words[1:]}\N{NO-BREAK SPACE}: {place}"
