"""Those who read, score and decide, in a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.journeys.people import Person, word_of_the_jury
from tests.journeys.story import Dossier, Story


@dataclass
class Juror(Person):
    """Somebody who reads the dossiers entrusted to them, and scores them."""

    def go_to_jury(self) -> None:
        self.page.goto("/")
        self.follow("Jury")

    def sign(self) -> None:
        """The declaration, before any dossier opens."""
        self.go_to_jury()
        self.follow("Lire et signer")
        self.sees("Je siège au jury à titre personnel")
        self.page.get_by_label("J’ai lu cette déclaration, et je la signe").check()
        self.click("Signer la déclaration")
        self.is_told("La déclaration est signée")

    def read(self, dossier: Dossier, story: Story) -> None:
        self.go_to_jury()
        self.is_at("Mes lectures")
        self.follow(dossier.collectivite.name)
        self.is_at(dossier.collectivite.name)
        self.sees(dossier.action.summary)

    def begin(self, dossier: Dossier, story: Story) -> None:
        """One note, kept as a draft."""
        self.read(dossier, story)
        self.criteria().first.get_by_role("radio").nth(4).check()
        self.page.get_by_label("Commentaire sur").first.fill("Large, pour si peu d’habitants.")
        self.click("Enregistrer le brouillon")
        self.is_told("Votre brouillon est enregistré : vous seul·e le voyez.")
        expect(self.criteria().first.get_by_role("radio").nth(4)).to_be_checked()

    def hand_in(self, dossier: Dossier, story: Story) -> None:
        """Every criterion with a comment, then the arobases and the mention."""
        found = dossier.collectivite
        self.read(dossier, story)
        criteria = self.criteria()
        expect(criteria).to_have_count(6)
        for number in range(6):
            criteria.nth(number).get_by_role("radio").nth(found.level).check()
            comment = self.page.get_by_label("Commentaire sur").nth(number)
            comment.fill(f"Vu à la page {number + 1}.")
        self.choose_level("Arobases proposées", found.level)
        if found.mention:
            self.page.get_by_label(found.mention).check()
        self.page.get_by_label("Pour le jury").fill("À discuter pour l’arobase de plus.")
        self.page.get_by_label("Pour la collectivité").fill("Continuez d’ouvrir la porte.")
        self.click("Remettre l’évaluation")
        self.is_told("Votre évaluation est remise. Merci !")
        row = self.page.get_by_role("row").filter(has_text=found.name)
        expect(row).to_contain_text("remise")

    def criteria(self) -> Locator:
        """The criteria to score: each step of their scale has its words, « 3 : … »."""
        return self.page.get_by_role("group").filter(
            has=self.page.get_by_role("radio", name=re.compile(r"^0\s*: "))
        )

    def choose_level(self, label: str, level: int) -> None:
        self.page.get_by_role("group", name=label).get_by_label(f"{level} @").check()

    def decide(self, dossier: Dossier, story: Story) -> None:
        """The chair's: reads the two reviews, then writes the decision of the jury."""
        found = dossier.collectivite
        self.go_to_jury()
        self.follow("Délibération")
        row = self.page.get_by_role("row").filter(has_text=found.name)
        expect(row).to_contain_text("2 sur 2")
        row.get_by_role("link", name=found.name).click()
        self.sees("À discuter pour l’arobase de plus.")
        self.choose_level("Arobases attribuées", found.level)
        if found.mention:
            self.page.get_by_label(found.mention).check()
        if found.is_ten:
            self.page.get_by_label("Titre Territoire d’Excellence Numérique").check()
        self.page.get_by_label("Mot du jury").fill(word_of_the_jury(found))
        self.click("Enregistrer la décision")
        self.is_told(f"La décision sur {found.name} est enregistrée.")

    def proclaim(self, story: Story) -> None:
        self.go_to_jury()
        self.follow("Délibération")
        self.sees("Tous les dossiers ont une décision.")
        self.follow("Proclamer les résultats…")
        self.sees("Il n’y a pas de retour en arrière.")
        self.click("Proclamer maintenant")
        self.is_told("Les résultats sont proclamés : le palmarès est public.")
