"""Saying what one thinks of the platform, once the candidature is deposited."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from candidatures.models import Candidature, Feedback, FeedbackGiven
from villes_internet.refusals import Refusal
from villes_internet.users.models import User


@transaction.atomic
def give_feedback(
    candidature: Candidature, *, ease: int, time_spent: str, wish: str, by: User
) -> None:
    """Keep an opinion, and apart from it that this person gave theirs.

    Raises Refusal before the deposit, and the second time.
    """
    if not candidature.is_deposited:
        raise Refusal("Votre avis sera demandé une fois la candidature déposée.")
    try:
        with transaction.atomic():
            FeedbackGiven.objects.create(candidature=candidature, user=by)
    except IntegrityError as error:
        raise Refusal("Vous avez déjà donné votre avis sur cette candidature.") from error
    Feedback.objects.create(
        edition=candidature.edition, ease=ease, time_spent=time_spent, wish=wish.strip()
    )
