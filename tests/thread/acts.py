"""What one does with a thread, in the tests."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.test import Client
from django.urls import reverse

from candidatures import services
from candidatures.choices import Side
from candidatures.models import Candidature, ThreadMessage
from tests.factories.labels import NOW
from tests.walk.cast import browser
from villes_internet.users.models import User


def write(
    candidature: Candidature,
    by: User,
    text: str = "Bonjour",
    *,
    key: UUID | None = None,
    seen: int = 0,
    after: timedelta = timedelta(0),
) -> ThreadMessage:
    """For the staff when `by` is of it, for the territory otherwise."""
    return services.write_message(
        candidature,
        side=Side.STAFF if by.is_staff else Side.TERRITORY,
        text=text,
        key=key or uuid4(),
        seen=seen,
        by=by,
        at=NOW + after,
    )


def unread(candidature: Candidature, user: User, *, side: Side) -> int:
    return candidature.thread.unread_by(user, side=side).count()


def waits(candidature: Candidature) -> bool:
    return candidature.thread.unanswered().exists()


def signed_in(user: User) -> Client:
    client = browser()
    client.force_login(user)
    return client


def page(candidature: Candidature) -> str:
    return reverse("candidatures:thread", args=[candidature.pk])


def staff_page(candidature: Candidature) -> str:
    return reverse("candidatures_staff:thread", args=[candidature.edition.year, candidature.pk])
