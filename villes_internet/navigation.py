"""The spaces that a signed-in person finds in the header, offered by the apps that hold them."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from villes_internet import steps


def came_from(request: HttpRequest) -> str:
    """The page of this site on which the person pressed a button, or the home page."""
    site = request.build_absolute_uri("/")
    page = request.headers.get("Referer", "")
    return "/" + page.removeprefix(site).lstrip("/") if page.startswith(site) else "/"


@dataclass(frozen=True)
class Workspace:
    label: str
    url: str


@dataclass(frozen=True)
class Tab:
    """One of the pages of a whole; `here` is the one that is open."""

    label: str
    url: str
    here: bool


def workspaces(user: AbstractBaseUser | AnonymousUser) -> list[Workspace]:
    """What each app's module `workspaces` offers to this person, lowest app first."""
    if not user.is_authenticated:
        return []
    return [entry for module in steps.offered("workspaces") for entry in module.offered_to(user)]
