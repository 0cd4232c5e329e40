"""Conditions: on the territory, or on what was answered before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from candidatures.choices import Operator, Trait
from villes_internet.french import inhabitants

YES = "yes"


@dataclass(frozen=True)
class Facts:
    """What conditions look at.

    `population` in inhabitants, None where it is not known. `answers` by code of question, each as
    its items: one text or number, the choices ticked, none for a question not answered.
    """

    population: int | None
    is_overseas: bool
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Clause:
    """One thing that must be so: of `trait`, or else of the answer to the question `question`."""

    operator: Operator
    values: tuple[str, ...] = ()
    question: str = ""
    trait: str = ""

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Clause:
        """Raises KeyError or ValueError when `plain` is not what `as_json` writes."""
        return cls(
            operator=Operator(plain["operator"]),
            values=tuple(plain.get("values", ())),
            question=plain.get("question", ""),
            trait=Trait(plain["trait"]).value if "trait" in plain else "",
        )

    def as_json(self) -> dict[str, Any]:
        subject = {"trait": self.trait} if self.trait else {"question": self.question}
        values = {"values": list(self.values)} if self.values else {}
        return {**subject, "operator": self.operator.value, **values}

    def holds(self, facts: Facts) -> bool:
        """What is not known, and a question not answered, satisfy nothing."""
        items = self._items(facts)
        match self.operator:
            case Operator.ANSWERED:
                return bool(items)
            case Operator.IS:
                return not set(items).isdisjoint(self.values)
            case Operator.AT_LEAST:
                return any(Decimal(item) >= Decimal(self.values[0]) for item in items)
            case Operator.AT_MOST:
                return any(Decimal(item) <= Decimal(self.values[0]) for item in items)

    def _items(self, facts: Facts) -> tuple[str, ...]:
        if self.trait == Trait.OVERSEAS:
            return (YES,) if facts.is_overseas else ("no",)
        if self.trait == Trait.POPULATION:
            return () if facts.population is None else (str(facts.population),)
        return facts.answers.get(self.question, ())

    def in_words(self, labels: Mapping[str, str]) -> str:
        """« si la population est au moins 10 000 habitants »; `labels` of questions by code."""
        if self.trait == Trait.OVERSEAS:
            return "outre-mer" if YES in self.values else "dans l’Hexagone"
        if self.trait == Trait.POPULATION:
            bound = "à partir de" if self.operator == Operator.AT_LEAST else "jusqu’à"
            return f"{bound} {inhabitants(int(self.values[0]))}"
        subject = f"« {labels.get(self.question, self.question)} »"
        said = " ou ".join({"yes": "Oui", "no": "Non"}.get(value, value) for value in self.values)
        return f"{subject} {self.operator.label} {said}".strip()


def read(plain: Iterable[Mapping[str, Any]]) -> list[Clause]:
    return [Clause.read(clause) for clause in plain]


def hold(clauses: Iterable[Clause], facts: Facts) -> bool:
    """All of them must; no clause holds always."""
    return all(clause.holds(facts) for clause in clauses)
