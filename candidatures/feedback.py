"""What those who deposited said of the platform, added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from candidatures.choices import Ease, TimeSpent
from candidatures.models import Feedback, FeedbackGiven
from labels.models import Edition

FEWEST = 5  # below, somebody could be recognised


@dataclass(frozen=True)
class Opinions:
    """How many answered; their answers, once they are enough, each label with its count.

    `wishes` are in the order of their words, which is not that of their coming.
    """

    count: int
    ease: list[tuple[str, int]]
    time_spent: list[tuple[str, int]]
    wishes: list[str]

    @property
    def are_enough(self) -> bool:
        return self.count >= FEWEST

    @property
    def most_of_an_ease(self) -> int:
        return max(count for _, count in self.ease)

    @property
    def most_of_a_time(self) -> int:
        return max(count for _, count in self.time_spent)


def opinions(edition: Edition) -> Opinions:
    """One query."""
    found = list(Feedback.objects.filter(edition=edition))
    return Opinions(
        count=len(found),
        ease=_counted((one.ease for one in found), Ease.choices),
        time_spent=_counted((one.time_spent for one in found), TimeSpent.choices),
        wishes=sorted(one.wish for one in found if one.wish),
    )


def has_given(candidature_pk: int, user_pk: int) -> bool:
    return FeedbackGiven.objects.filter(candidature=candidature_pk, user=user_pk).exists()


def _counted(
    given: Iterable[object], choices: Iterable[tuple[object, object]]
) -> list[tuple[str, int]]:
    counted = Counter(given)
    return [(str(label), counted[value]) for value, label in choices]
