"""What each app shows on the staff's home page: a module `staff`, and its `panels`."""

from dataclasses import dataclass

from villes_internet import steps


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One door of /gestion/.

    `count` is a plain figure, `attention` a short French phrase on what waits for somebody
    (« 3 courriers à vérifier »), empty when nothing does.
    """

    title: str
    url: str
    description: str
    count: int | None = None
    attention: str = ""


def offered_panels() -> list[Panel]:
    """Those of the installed apps, in the order of the stack."""
    return _offered("panels")


def offered_edition_panels(edition: object) -> list[Panel]:
    """The doors from an edition's page to what the apps above hold of it: `edition_panels`."""
    return _offered("edition_panels", edition)


def _offered(function: str, *args: object) -> list[Panel]:
    return [
        panel
        for module in steps.offered("staff")
        if hasattr(module, function)
        for panel in getattr(module, function)(*args)
    ]
