"""Writing to the association."""

from datetime import datetime
from email.utils import parseaddr
from hashlib import sha256

from django.conf import settings

from villes_internet.calendar import day_of
from villes_internet.mail import services as mail
from villes_internet.pages.choices import Subject


def write_to_association(
    *, name: str, email: str, subject: str, message: str, at: datetime
) -> None:
    """Put the visitor's letter in the outbox; answering it answers the visitor.

    The same words of the same person on the same day (in Paris) are one letter: a button pressed
    twice sends once.
    """
    words = "\n".join((name, email, subject, message))
    mail.queue(
        key=f"contact:{day_of(at)}:{sha256(words.encode()).hexdigest()}",
        to=settings.IDENTITY["PUBLISHER_EMAIL"] or parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        template="pages/emails/contact",
        context={
            "name": name,
            "email": email,
            "subject": Subject(subject).label,
            "message": message,
        },
        reply_to=email,
        at=at,
    )
