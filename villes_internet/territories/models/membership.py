"""Who may act for a collectivité."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When

from villes_internet.territories.choices import TRANSITIONS, MembershipState, Role
from villes_internet.territories.models.territory import Territory
from villes_internet.users.models import User


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        return self.filter(state=MembershipState.ACTIVE)

    def requested(self) -> Self:
        return self.filter(state=MembershipState.REQUESTED)

    def standing(self) -> Self:
        """Asked for or granted: one person has one of these at most for a territory."""
        return self.filter(state__in=[MembershipState.REQUESTED, MembershipState.ACTIVE])

    def referents(self) -> Self:
        """Those that deposit and hold the team together."""
        return self.filter(role=Role.REFERENT)

    def writers(self) -> Self:
        return self.filter(role__in=[Role.CONTRIBUTOR, Role.REFERENT])

    def in_use(self) -> Self:
        """Those of people whose account is not closed: whoever is written to is among them."""
        return self.filter(user__is_active=True)

    def people(self) -> models.QuerySet[User]:
        """Those to write to, each once, by address."""
        return User.objects.filter(pk__in=self.in_use().values("user")).order_by("email", "pk")

    def moving_to(self, state: MembershipState) -> Self:
        """Those that may go to `state`, by `TRANSITIONS`."""
        return self.filter(state__in=[old for old, new in TRANSITIONS.items() if state in new])

    def with_details(self) -> Self:
        return self.select_related("user", "territory__department", "decided_by")

    def pending_first(self) -> Self:
        """Requests in the order they came, then the rest from the latest."""
        return self.order_by(
            Case(When(state=MembershipState.REQUESTED, then=0), default=1),
            Case(When(state=MembershipState.REQUESTED, then="requested_at")),
            "-requested_at",
            "-pk",
        )

    def by_role(self) -> Self:
        """Référent·e·s, then contributors, then readers, each by name."""
        ranks = [When(role=role, then=rank) for rank, role in enumerate(reversed(Role))]
        return self.order_by(Case(*ranks), "user__full_name", "pk")


class Membership(models.Model):
    """A rattachement: a person's right to act for a territory.

    It is granted by the association's staff, or by the référent·e who invited them.

    A référent·e deposits the candidature and invites colleagues, a contributor writes it, a reader
    reads it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name="personne",
        related_name="memberships",
    )
    territory = models.ForeignKey(
        Territory, models.PROTECT, verbose_name="collectivité", related_name="memberships"
    )
    function = models.CharField("fonction", max_length=120)
    role = models.CharField("rôle", max_length=11, choices=Role.choices, default=Role.CONTRIBUTOR)
    state = models.CharField(
        "état", max_length=9, choices=MembershipState.choices, default=MembershipState.REQUESTED
    )
    requested_at = models.DateTimeField("demandé le")
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="décidé par",
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.TextField("motif du refus", blank=True)
    ended_at = models.DateTimeField("terminé le", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="terminé par",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "rattachement"
        constraints = (
            models.UniqueConstraint(
                fields=["user", "territory"],
                condition=Q(state__in=[MembershipState.REQUESTED, MembershipState.ACTIVE]),
                name="membership_once",
                violation_error_message="Cette personne est déjà rattachée à cette "
                "collectivité, ou l’a demandé.",
            ),
            models.CheckConstraint(
                condition=Q(state=MembershipState.REQUESTED, decided_at=None)
                | (~Q(state=MembershipState.REQUESTED) & Q(decided_at__isnull=False)),
                name="membership_decision_dated",
                violation_error_message="Un rattachement décidé porte la date de sa décision.",
            ),
            models.CheckConstraint(
                condition=Q(state=MembershipState.ENDED, ended_at__isnull=False)
                | (~Q(state=MembershipState.ENDED) & Q(ended_at=None)),
                name="membership_end_dated",
                violation_error_message="Un rattachement terminé porte la date de sa fin.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} – {self.territory_id}"

    @property
    def is_referent(self) -> bool:
        return self.role == Role.REFERENT

    @property
    def is_reader(self) -> bool:
        return self.role == Role.READER

    @property
    def is_requested(self) -> bool:
        return self.state == MembershipState.REQUESTED

    @property
    def is_active(self) -> bool:
        return self.state == MembershipState.ACTIVE

    @property
    def is_standing(self) -> bool:
        return self.is_requested or self.is_active
