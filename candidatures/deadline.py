"""What a page counts down to: a candidature's own deadline while it may be written."""

from dataclasses import replace
from datetime import datetime

from candidatures.models import Candidature
from labels.choices import Phase
from labels.course import Course, course
from villes_internet.calendar import day_of


def course_of(candidature: Candidature, *, at: datetime) -> Course:
    """The course of its edition, its deadline put in place of that of all.

    Once its last day is over, while it is still accepted out of grace, that day stays the last one.
    """
    found = course(candidature.edition, at=at)
    if not candidature.is_open(at=at):
        return found
    return replace(
        found,
        phase=Phase.OPEN,
        until=candidature.last_day,
        days_left=max((candidature.last_day - day_of(at)).days, 0),
        towards="pour déposer",
    )
