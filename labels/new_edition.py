"""What labels puts into a new edition: the référentiel and the mentions."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from labels.models import DigitalService, Edition, Family, Mention, Theme

DATA = Path(__file__).parent / "data"


def prepare(edition: Edition, *, source: Edition | None) -> None:
    """Fill `edition` with a copy of what `source` has, or with the référentiel shipped here."""
    if source:
        Edition.objects.filter(pk=edition.pk).update(approval_asked=source.approval_asked)
    families, mentions = _copied(source) if source else _shipped()
    _create_referentiel(edition, families)
    Mention.objects.bulk_create(
        Mention(edition=edition, position=position, **fields)
        for position, fields in enumerate(mentions, 1)
    )


def _create_referentiel(edition: Edition, families: list[dict[str, Any]]) -> None:
    services: list[DigitalService] = []
    theme_position = 0
    for position, family_fields in enumerate(families, 1):
        themes = family_fields.pop("themes")
        family = Family.objects.create(edition=edition, position=position, **family_fields)
        for theme_fields in themes:
            theme_position += 1
            theme_services = theme_fields.pop("services")
            theme = Theme.objects.create(
                edition=edition, family=family, position=theme_position, **theme_fields
            )
            services += [
                DigitalService(theme=theme, position=rank, **fields)
                for rank, fields in enumerate(theme_services, 1)
            ]
    DigitalService.objects.bulk_create(services)


def _shipped() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    referentiel = tomllib.loads((DATA / "referentiel.toml").read_text())
    families = [
        {
            "code": family["code"],
            "name": family["name"],
            "themes": [
                {
                    "code": theme["code"],
                    "name": theme["name"],
                    "description": theme["description"],
                    "is_assumed": not theme["known"],
                    "services": [
                        {
                            "code": service["code"],
                            "name": service["name"],
                            "description": service["description"],
                            "is_assumed": service["assumed"],
                        }
                        for service in theme["service"]
                    ],
                }
                for theme in family["theme"]
            ],
        }
        for family in referentiel["family"]
    ]
    mentions = [
        {
            "code": mention["code"],
            "name": mention["name"],
            "description": mention["description"],
            "green": mention["green"],
        }
        for mention in tomllib.loads((DATA / "mentions.toml").read_text())["mention"]
    ]
    return families, mentions


def _copied(source: Edition) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    themes = Theme.objects.filter(edition=source).prefetch_related("services").order_by("position")
    by_family: dict[int, list[dict[str, Any]]] = {}
    for theme in themes:
        services = sorted(theme.services.all(), key=lambda service: service.position)
        by_family.setdefault(theme.family_id, []).append(
            {
                "code": theme.code,
                "name": theme.name,
                "description": theme.description,
                "is_assumed": theme.is_assumed,
                "services": [
                    {
                        "code": service.code,
                        "name": service.name,
                        "description": service.description,
                        "is_assumed": service.is_assumed,
                    }
                    for service in services
                ],
            }
        )
    families: list[dict[str, Any]] = [
        {"code": family.code, "name": family.name, "themes": by_family.get(family.pk, [])}
        for family in source.families.order_by("position")
    ]
    mentions: list[dict[str, Any]] = [
        {
            "code": mention.code,
            "name": mention.name,
            "description": mention.description,
            "green": mention.green,
        }
        for mention in source.mentions.order_by("position")
    ]
    return families, mentions
