"""The accounts of the demonstration: each signs in by a code, read in its mailbox."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from villes_internet.demo.accounts import ACCOUNTS, Account
from villes_internet.users.models import User


@transaction.atomic
def load(*, at: datetime) -> None:
    """Create those that are missing, with a confirmed address."""
    known = set(User.objects.values_list("email", flat=True))
    for account in ACCOUNTS:
        if account.email not in known:
            _create(account, at=at)


def _create(account: Account, *, at: datetime) -> None:
    user = User.objects.create_user(
        account.email, full_name=account.full_name, is_staff=account.is_staff, date_joined=at
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
