"""A scene: one letter that the platform is made to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.test import TestCase

from villes_internet.mail.models import Message

LONGEST = "Communauté de communes des Portes d’Ariège Pyrénées et de la Haute Vallée de l’Aude"


@dataclass(frozen=True)
class Scene:
    """`write` makes the platform write the letter of `template`, alone."""

    template: str
    write: Callable[[], None]


def written(scene: Scene) -> Message:
    before = set(Message.objects.values_list("pk", flat=True))
    with TestCase.captureOnCommitCallbacks(execute=True):
        scene.write()
    return Message.objects.exclude(pk__in=before).get()
