"""Where sheets change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from atlaas.choices import SheetEvent
from atlaas.models import (
    Illustration,
    Practice,
    Sheet,
    SheetContact,
    SheetEntry,
    SheetIllustration,
)
from labels.models import DigitalService, Edition
from villes_internet.calendar import day_of
from villes_internet.mail import services as mail
from villes_internet.territories.models import Territory

# What tells one picture of a sheet from another.
SHOWN = ("file_id", "alternative", "credit")


def publish(
    practice: Practice,
    *,
    territory: Territory,
    edition: Edition,
    services: Iterable[DigitalService],
    illustrations: Iterable[Illustration],
    contact_email: str,
    source: Sheet | None,
    at: datetime,
) -> Sheet:
    """Make the practice public: update the sheet it was taken from, or create one.

    The pictures of the sheet become those of the practice, in the same order; `contact_email`, when
    there is one, receives what readers write. Its history says whether the sheet is published,
    updated, or confirmed as it was.
    """
    services, illustrations = list(services), list(illustrations)
    content = {name: getattr(practice, name) for name in Practice.PRACTICE_FIELDS}
    event = _event(practice, services, illustrations, source=source)
    sheet = source or Sheet(published_at=at)
    sheet.territory, sheet.edition, sheet.updated_at = territory, edition, at
    for name, value in content.items():
        setattr(sheet, name, value)
    sheet.save()
    sheet.services.set(services)
    sheet.illustrations.all().delete()
    SheetIllustration.objects.bulk_create(
        SheetIllustration(
            sheet=sheet, **{name: getattr(one, name) for name in Illustration.ILLUSTRATION_FIELDS}
        )
        for one in illustrations
    )
    SheetContact.objects.filter(sheet=sheet).delete()
    if contact_email:
        SheetContact.objects.create(sheet=sheet, email=contact_email)
    SheetEntry.objects.create(sheet=sheet, edition=edition, event=event, at=at)
    return sheet


def _event(
    practice: Practice,
    services: list[DigitalService],
    illustrations: list[Illustration],
    *,
    source: Sheet | None,
) -> SheetEvent:
    """What publishing this practice makes of the sheet that it was taken from."""
    if source is None:
        return SheetEvent.PUBLISHED
    pictures = [[getattr(one, name) for name in SHOWN] for one in illustrations]
    is_same = (
        all(getattr(practice, name) == getattr(source, name) for name in Practice.PRACTICE_FIELDS)
        and {one.code for one in services} == set(source.services.values_list("code", flat=True))
        and pictures == list(map(list, source.illustrations.order_by("pk").values_list(*SHOWN)))
    )
    return SheetEvent.CONFIRMED if is_same else SheetEvent.UPDATED


def write_to_contact(
    contact: SheetContact, *, name: str, email: str, message: str, at: datetime
) -> None:
    """Put a reader's letter in the outbox; answering it answers the reader.

    The same words of the same person about the same sheet on the same day (in Paris) are one
    letter. Reads the sheet and its territory, to be fetched ahead.
    """
    words = "\n".join((str(contact.sheet_id), name, email, message))
    mail.queue(
        key=f"relay:{day_of(at)}:{sha256(words.encode()).hexdigest()}",
        to=contact.email,
        template="atlaas/emails/relay",
        context={"sheet": contact.sheet, "name": name, "email": email, "message": message},
        reply_to=email,
        at=at,
    )
