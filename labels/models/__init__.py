from labels.models.award import Award, AwardedCommune
from labels.models.edition import Edition, EditionEntry
from labels.models.referentiel import DigitalService, Family, Mention, Theme

__all__ = [
    "Award",
    "AwardedCommune",
    "DigitalService",
    "Edition",
    "EditionEntry",
    "Family",
    "Mention",
    "Theme",
]
