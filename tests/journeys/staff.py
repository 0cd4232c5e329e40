"""The association, in a browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import expect

from tests.journeys.agents import Agent
from tests.journeys.jurors import Juror
from tests.journeys.people import Person, today
from tests.journeys.story import Collectivite, Story


@dataclass
class Staff(Person):
    """Somebody of the association, who runs the edition."""

    def open_edition(self, story: Story) -> None:
        self.follow("Gestion")
        self.follow("Éditions")
        self.follow("Ouvrir une édition")
        self.page.get_by_label("Millésime").fill(str(story.year))
        self.fill_calendar(closes_in=1)
        self.click("Créer l’édition")
        self.is_told(f"L’édition {story.year} est créée")
        self.sees("Candidatures ouvertes")

    def fill_calendar(self, *, closes_in: int, step: int = 5) -> None:
        """Closing so many days from today, then reading, deliberation and ceremony in turn."""
        closing = today() + timedelta(days=closes_in)
        days = {
            "Ouverture des candidatures": closing - timedelta(days=250),
            "Date limite de dépôt": closing,
            "Début de la lecture": closing + timedelta(days=1),
            "Délibération du jury": closing + timedelta(days=1 + step),
            "Cérémonie": closing + timedelta(days=1 + step),
        }
        for label, day in days.items():
            self.page.get_by_label(label).fill(day.isoformat())

    def move_calendar(self, story: Story, *, closes_in: int, phase: str) -> None:
        self.go_to_edition(story)
        self.unfold("Modifier le calendrier")
        self.fill_calendar(closes_in=closes_in)
        self.click("Enregistrer le calendrier")
        self.is_told("Le calendrier est enregistré.")
        self.sees(phase)

    def go_to_edition(self, story: Story) -> None:
        self.follow("Gestion")
        self.follow("Éditions")
        self.follow(f"Label {story.year}")

    def look_at_referentiel(self, story: Story) -> None:
        self.go_to_edition(story)
        self.follow("Référentiel")
        self.sees("16 enjeux et 139 services numériques")
        expect(self.page.get_by_role("main").get_by_role("heading", level=2)).to_have_count(4)
        expect(self.page.get_by_role("main").get_by_role("heading", level=3)).to_have_count(16)

    def accept(self, agent: Agent, collectivite: Collectivite) -> None:
        self.follow("Gestion")
        self.follow("Rattachements")
        self.click(f"Accepter {agent.name} pour {collectivite.name}")
        self.is_told(f"{agent.name} est rattaché·e à {collectivite.name}.")

    def follow_campaign(self, story: Story) -> None:
        """All are there, deposited, and can be read."""
        self.go_to_edition(story)
        self.follow("Candidatures")
        for dossier in story.dossiers:
            row = self.page.get_by_role("row").filter(has_text=dossier.collectivite.name)
            expect(row).to_contain_text("déposée")
        self.follow(story.village.collectivite.name)
        self.sees(story.village.action.summary)

    def compose_jury(self, story: Story, *, chair: Juror, jurors: tuple[Juror, ...]) -> None:
        self.go_to_edition(story)
        self.follow("Jury")
        for juror in (chair, *jurors):
            self.unfold("Ajouter un·e juré·e")
            self.page.get_by_label("Adresse électronique du compte").fill(juror.email)
            if juror is chair:
                self.page.get_by_label("Préside le jury").check()
            self.click("Ajouter au jury")
            self.is_told(f"{juror.name} siège au jury de l’édition {story.year}.")
        for juror in jurors:
            for dossier in story.dossiers:
                self.unfold("Confier une lecture")
                form = self.page.get_by_role("group").filter(has_text="Confier une lecture")
                form.get_by_label("Juré·e").select_option(label=juror.name)
                form.get_by_label("Dossier").select_option(
                    label=f"{dossier.collectivite.name} – édition {story.year}"
                )
                self.click("Confier")
                self.is_told("La lecture est confiée.")

    def unfold(self, summary: str) -> None:
        """Open a part of the page, unless it is open already."""
        part = self.page.get_by_role("group").filter(has_text=summary)
        expect(part).to_be_visible()
        if not part.get_by_role("button").is_visible():
            self.page.get_by_text(summary, exact=True).click()
