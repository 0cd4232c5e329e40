"""The rattachements of the demonstration's accounts, asked for and granted by the services."""

from datetime import datetime

from django.db import transaction

from villes_internet.demo.accounts import ACCOUNTS, STAFF, Account
from villes_internet.territories import services
from villes_internet.territories.choices import Role
from villes_internet.territories.importing import import_territories
from villes_internet.territories.models import Membership, Territory
from villes_internet.users.models import User

FUNCTIONS = {
    Role.REFERENT: "Responsable du numérique",
    Role.CONTRIBUTOR: "Chargée de projets numériques",
    Role.READER: "Directrice générale des services",
}


@transaction.atomic
def load(*, at: datetime) -> None:
    """Attach each account to its collectivités, unless it once was. Imports France if need be.

    One request is left for the staff to answer.
    """
    if not Territory.objects.exists():
        import_territories()
    staff = User.objects.get(email=STAFF)
    for account in ACCOUNTS:
        for code in account.territories:
            if membership := _request(account, code, at=at):
                services.accept_membership(membership, by=staff, at=at)
        for code in account.requests:
            _request(account, code, at=at)


def _request(account: Account, code: str, *, at: datetime) -> Membership | None:
    user, territory = User.objects.get(email=account.email), Territory.objects.get(code=code)
    if Membership.objects.filter(user=user, territory=territory).exists():
        return None
    return services.request_membership(
        territory,
        by=user,
        function=FUNCTIONS[Role(account.acts_as)],
        role=Role(account.acts_as),
        at=at,
    )
