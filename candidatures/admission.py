"""Where a candidature stands with the conditions of admission of its edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from candidatures.choices import CheckedBy
from candidatures.models import Candidature, Condition, ConditionCheck, Deposit


@dataclass(frozen=True)
class Standing:
    """A condition, and what the staff found of it: None where nobody looked yet.

    `declared` is what the territory said of it when it deposited; None before, and of the others.
    """

    condition: Condition
    check: ConditionCheck | None = None
    declared: bool | None = None

    @property
    def is_declared(self) -> bool:
        return self.condition.checked_by == CheckedBy.TERRITORY

    @property
    def is_met(self) -> bool | None:
        if self.is_declared:
            return self.declared
        return self.check.is_met if self.check else None

    @property
    def is_refusing(self) -> bool:
        """It stops the deposit: what nobody checked yet does not."""
        return self.condition.is_blocking and self.is_met is False

    @property
    def state(self) -> str:
        if self.is_declared:
            said = {None: "à déclarer au dépôt", True: "déclarée au dépôt", False: "non déclarée"}
            return said[self.declared]
        if self.check is None:
            return "pas encore vérifiée"
        return "remplie" if self.check.is_met else "non remplie"

    @property
    def kind(self) -> str:
        """Of the badge that says the state."""
        if self.is_met is None:
            return "info" if self.is_declared else ""
        if self.is_met:
            return "success"
        return "error" if self.condition.is_blocking else "warning"


def standings(candidature: Candidature, deposit: Deposit | None = None) -> list[Standing]:
    """With what was declared in the deposit that stands, if it is given. Two queries."""
    found = ConditionCheck.objects.filter(candidature=candidature).select_related("checked_by")
    checks = {check.condition_id: check for check in found}
    declared = {
        one["label"]: one["is_met"]
        for one in (deposit.admission if deposit else [])
        if one["checked_by"] == CheckedBy.TERRITORY
    }
    return [
        Standing(condition, checks.get(condition.pk), declared.get(condition.label))
        for condition in Condition.objects.of(candidature.edition)
    ]


def why_not_admitted(found: list[Standing]) -> str:
    """The sentence that refuses the deposit; empty when no blocking condition is known unmet."""
    refusing = [standing for standing in found if standing.is_refusing]
    if not refusing:
        return ""
    named = ", ".join(f"« {standing.condition} »" for standing in refusing)
    several = len(refusing) > 1
    said = (
        f"les conditions {named} ne sont pas remplies"
        if several
        else (f"la condition {named} n’est pas remplie")
    )
    return (
        f"L’association a noté que {said} : la candidature ne peut pas être déposée. Votre dossier "
        "est intact ; réglez ce point avec elle, puis revenez."
    )


def frozen(found: list[Standing], *, declared: set[int]) -> list[dict[str, Any]]:
    """What a deposit keeps of them: label, help, who answers, whether it is met, the note."""
    return [
        {
            "label": standing.condition.label,
            "checked_by": standing.condition.checked_by,
            "is_met": standing.condition.pk in declared
            if standing.is_declared
            else standing.is_met,
            "note": standing.check.note if standing.check else "",
        }
        for standing in found
    ]
