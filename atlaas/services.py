"""Where sheets change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from atlaas.models import Practice, Sheet
from labels.models import DigitalService, Edition
from villes_internet.territories.models import Territory


def publish(
    practice: Practice,
    *,
    territory: Territory,
    edition: Edition,
    services: Iterable[DigitalService],
    source: Sheet | None,
    at: datetime,
) -> Sheet:
    """Make the practice public: update the sheet it was taken from, or create one."""
    content = {name: getattr(practice, name) for name in Practice.PRACTICE_FIELDS}
    sheet = source or Sheet(published_at=at)
    sheet.territory, sheet.edition, sheet.updated_at = territory, edition, at
    for name, value in content.items():
        setattr(sheet, name, value)
    sheet.save()
    sheet.services.set(services)
    return sheet
