"""Who may do what with a candidature. Invisible is 404; visible but forbidden is 403."""

from datetime import date, datetime, timedelta

from candidatures.models import Candidature
from labels.models import Edition
from villes_internet.calendar import day_of
from villes_internet.french import day as spelled
from villes_internet.territories.models import Membership, Territory
from villes_internet.users.models import User

READS_ONLY = (
    "Vous êtes lecteur·rice pour cette collectivité : vous voyez toute la candidature, sans "
    "pouvoir la modifier. Un·e référent·e peut changer votre rôle, depuis la page de l’équipe."
)

READS_THE_THREAD = (
    "Vous êtes lecteur·rice pour cette collectivité : vous lisez les messages, sans pouvoir y "
    "répondre. Un·e référent·e peut changer votre rôle, depuis la page de l’équipe."
)


def why_not_write(candidature: Candidature, *, by: User, at: datetime) -> str:
    """The sentence shown in place of the form; empty when this person may write it now."""
    if closed := why_closed(candidature, at=at):
        return closed
    return "" if can_write(by, candidature) else READS_ONLY


def why_closed(candidature: Candidature, *, at: datetime) -> str:
    """Why nobody writes it any more; empty while it is open."""
    if candidature.is_deposited:
        return "Cette candidature est déposée : elle ne peut plus être modifiée."
    if not candidature.is_open(at=at):
        return (
            "Les candidatures à cette édition sont closes : la vôtre reste lisible, "
            "mais ne peut plus être modifiée."
        )
    return ""


def why_not_change(edition: Edition, *, at: datetime) -> str:
    """Why what an edition asks changes no more, in its questionnaire or at the deposit; empty while
    it may.
    """
    if at >= edition.closes_at:
        return (
            "Les candidatures à cette édition sont closes : ce qu’elle demande ne change plus. La "
            "prochaine édition partira de celle-ci."
        )
    return ""


def can_start(user: User, territory: Territory) -> bool:
    """Référent·e·s and contributors of the territory write for it; its readers do not."""
    return Territory.objects.written_by(user).filter(pk=territory.pk).exists()


def can_write(user: User, candidature: Candidature) -> bool:
    return can_start(user, candidature.territory)


def why_not_write_to_staff(user: User, candidature: Candidature) -> str:
    """Why this person does not write for the territory in the thread; empty when they do.

    It never closes: a deposited dossier has questions too, and so has a result.
    """
    return "" if can_write(user, candidature) else READS_THE_THREAD


def why_not_extend(candidature: Candidature, *, at: datetime) -> str:
    """Why no more time can be given to it, whatever the day; empty when some can."""
    if candidature.is_deposited:
        return "Cette candidature est déposée : elle n’a plus besoin de temps."
    if day_of(at) >= candidature.edition.reading_starts_on:
        return "La lecture par le jury a commencé : plus aucune prolongation n’est possible."
    if candidature.edition.reading_starts_on - candidature.edition.closes_on == timedelta(days=1):
        return (
            "Le jury commence sa lecture le lendemain de la date limite : pour donner plus de "
            "temps, reculez d’abord cette lecture dans le calendrier de l’édition."
        )
    return ""


def why_not_until(candidature: Candidature, until: date, *, at: datetime) -> str:
    """Why its deadline cannot be moved to that day; empty when it can."""
    edition = candidature.edition
    if until >= edition.reading_starts_on:
        return (
            f"Le jury commence sa lecture le {spelled(edition.reading_starts_on)} : "
            "choisissez un jour qui la précède."
        )
    if until <= edition.closes_on:
        return (
            f"La date limite de tous est le {spelled(edition.closes_on)} : "
            "choisissez un jour qui la suit."
        )
    if until < day_of(at):
        return "Ce jour est passé : choisissez aujourd’hui, ou un jour à venir."
    return ""


def why_not_withdraw(candidature: Candidature, *, at: datetime) -> str:
    """Why its deposit cannot be taken back any more, whoever asks; empty while it can."""
    if not candidature.is_deposited:
        return "Cette candidature n’est pas déposée : il n’y a rien à retirer."
    if candidature.edition.proclaimed_at is not None or at >= candidature.closes_at:
        return (
            "La date limite est passée : la candidature reste déposée, et le jury la lit telle "
            "qu’elle est."
        )
    return ""


def can_deposit(user: User, candidature: Candidature) -> bool:
    """Only a référent·e of the territory signs the dossier off, or takes it back."""
    return (
        Membership.objects.active()
        .referents()
        .filter(user=user, territory=candidature.territory)
        .exists()
    )
