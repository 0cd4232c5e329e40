"""A town that was there last year, for the tests of what it resumes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from atlaas.models import Sheet
from candidatures import services
from candidatures.choices import ResumptionChoice
from candidatures.models import Candidature, Question
from candidatures.resuming import previous, sources
from candidatures.services import Decided, Decision
from labels.models import DigitalService, Edition, Theme
from tests.factories.atlaas import SheetFactory
from tests.factories.candidatures import (
    CandidatureFactory,
    QuestionFactory,
    contributor,
)
from tests.factories.labels import NOW, DigitalServiceFactory, EditionFactory, ThemeFactory
from villes_internet.calendar import start_of
from villes_internet.territories.models import Territory
from villes_internet.users.models import User

KEEP, UPDATE, DROP = ResumptionChoice.KEPT, ResumptionChoice.UPDATED, ResumptionChoice.DROPPED


class Town:
    """Proclaimed in 2026, deposited or not in 2027, writing in 2028: by the clock of the machine.

    Both référentiels have the same service.
    """

    def __init__(self, *, real: bool = False) -> None:
        self.published: Edition = EditionFactory(year=2026, closes_in=-720, proclaimed_at=NOW)
        self.before: Edition = EditionFactory(year=2027, closes_in=-360, real=real)
        self.edition: Edition = EditionFactory(year=2028, real=real)
        for edition in (self.published, self.before, self.edition):
            service_of(edition)
        self.candidature: Candidature = CandidatureFactory(edition=self.edition)
        self.territory: Territory = self.candidature.territory
        self.agent: User = contributor(self.territory)

    def sheets(self, count: int = 1, **fields: object) -> list[Sheet]:
        fields = {"territory": self.territory, "services": [service_of(self.published)]} | fields
        return [SheetFactory(edition=self.published, **fields) for _ in range(count)]

    def answered(self, values: dict[Question, str]) -> Candidature:
        """The dossier of 2027, with these answers and no action."""
        dossier: Candidature = CandidatureFactory(edition=self.before, territory=self.territory)
        services.save_answers(
            dossier,
            values={question: (value, 0) for question, value in values.items()},
            by=self.agent,
            at=start_of(self.before.closes_on) - timedelta(days=9),
        )
        return dossier

    def asked(self, *, label: str = "Votre ambition ?", **fields: object) -> tuple[Question, ...]:
        """The same question in 2027 and in 2028; `now` changes it."""
        changed = fields.pop("now", {})
        fields = {"code": "ambition", "label": label, "is_required": False} | fields
        before = QuestionFactory(edition=self.before, **fields)
        now = QuestionFactory(edition=self.edition, **(fields | changed))  # type: ignore[operator]
        return before, now

    def keys(self) -> list[str]:
        return [one.key for one in sources(self.candidature, previous(self.candidature))]

    def decide(
        self,
        choice: ResumptionChoice | None,
        keys: Iterable[str] | None = None,
        *,
        seen: int = 0,
        by: User | None = None,
    ) -> Decided:
        wanted = self.keys() if keys is None else keys
        return services.decide_practices(
            self.candidature,
            decisions=[Decision(key, choice, seen) for key in wanted],
            by=by or self.agent,
            at=NOW,
        )


def service_of(edition: Edition) -> DigitalService:
    """The one service that lasts from one edition to the next."""
    theme = Theme.objects.filter(edition=edition, code="mediation").first() or ThemeFactory(
        edition=edition, code="mediation", name="Médiation"
    )
    found = DigitalService.objects.filter(theme=theme, code="bus").first()
    new: DigitalService = found or DigitalServiceFactory(
        theme=theme, code="bus", name="Bus numérique"
    )
    return new
