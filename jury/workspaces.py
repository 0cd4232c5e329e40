"""The jury's space in the header, for those who sit on one."""

from django.urls import reverse

from jury.models import Juror
from villes_internet.navigation import Workspace
from villes_internet.users.models import User


def offered_to(user: User) -> list[Workspace]:
    if not Juror.objects.filter(user=user).exists():
        return []
    return [Workspace("Jury", reverse("jury:index"))]
