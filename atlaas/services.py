"""Where sheets change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from atlaas.models import Illustration, Practice, Sheet, SheetContact, SheetIllustration
from labels.models import DigitalService, Edition
from villes_internet.calendar import day_of
from villes_internet.mail import services as mail
from villes_internet.territories.models import Territory


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
    there is one, receives what readers write.
    """
    content = {name: getattr(practice, name) for name in Practice.PRACTICE_FIELDS}
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
    return sheet


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
