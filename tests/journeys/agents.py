"""Those who fill a candidature, in a browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfWriter

from tests.journeys.people import TEN, Person, is_green, today, word_of_the_jury
from tests.journeys.postbox import figures_of, pdf_of, text_of, words_of
from tests.journeys.story import Action, Collectivite, Dossier, Story
from villes_internet.french import of_name, to_name


@dataclass
class Agent(Person):
    """Somebody who answers for a collectivité."""

    def request_membership(self, found: Collectivite) -> None:
        """From the page that a newcomer arrives on; the homonym is in sight, and left."""
        self.follow("Me rattacher à une collectivité")
        self.page.get_by_label("Nom, code postal").fill(found.search)
        self.click("Chercher")
        homonym = self.page.get_by_role("link", name=f"Choisir {found.homonym}", exact=True)
        expect(homonym).to_be_visible()
        self.follow(f"Choisir {found.wanted}")
        self.is_at(f"Me rattacher {to_name(found.name)}")
        self.page.get_by_label("Votre fonction").fill("Secrétaire de mairie")
        self.page.get_by_label("Référent·e\N{NO-BREAK SPACE}:").check()
        self.click("Demander mon rattachement")
        self.is_told("Votre demande est envoyée à l’association.")
        self.follow("Mes candidatures")
        self.sees(f"Votre rattachement à {found.name} attend la réponse de l’association.")

    def start(self, found: Collectivite) -> None:
        self.follow("Mes candidatures")
        self.click(f"Commencer la candidature {of_name(found.name)}")
        self.is_at(found.name)

    def fill(self, dossier: Dossier, story: Story) -> None:
        """Sees what lacks, then answers each section, presents the action, joins a document."""
        name = dossier.collectivite.name
        lacking = self.page.get_by_role("region", name="Ce qui manque avant de déposer")
        expect(lacking.get_by_text("Répondre à la question", exact=False).first).to_be_visible()
        expect(lacking.get_by_role("link", name="Présenter au moins une action")).to_be_visible()
        for section in (
            "Une volonté politique",
            "Des moyens à votre mesure",
            "Avec les habitants",
        ):
            self.follow(section)
            self.is_at(section)
            self.answer(dossier.answers)
            self.click("Enregistrer")
            self.is_told("Vos réponses sont enregistrées.")
            if section == "Une volonté politique":
                self.answer_what_a_yes_opened(dossier)
            self.follow("Revenir à la candidature")
        expect(lacking.get_by_role("listitem")).to_have_count(1)
        self.present(dossier.action)
        self.is_told("L’action est ajoutée à la candidature.")
        expect(self.page.get_by_role("heading", name="La candidature est complète")).to_be_visible()
        self.sees_mosaic(dossier.action)
        self.join("Bilan de l’année.pdf")
        self.follow("Revenir à la candidature")
        self.is_at(name)

    def answer_what_a_yes_opened(self, dossier: Dossier) -> None:
        self.is_told("D’après elles, 1 question s’ajoute ci-dessous.")
        self.answer(dossier.answers)
        self.click("Enregistrer")
        self.is_told("Vos réponses sont enregistrées.")

    def answer(self, answers: dict[str, str]) -> None:
        """Whatever of these questions the page asks."""
        main = self.page.get_by_role("main")
        for question, answer in answers.items():
            group = main.get_by_role("group", name=question)
            choice = main.get_by_role("combobox", name=question)
            field = main.get_by_role("textbox", name=question)
            if group.count():
                group.get_by_label(answer).check()
            elif choice.count():
                choice.select_option(label=answer)
            elif field.count():
                field.fill(answer)

    def present(self, action: Action) -> None:
        self.follow("Ajouter une action")
        self.page.get_by_label("Titre").fill(action.title)
        self.page.get_by_label("Résumé").fill(action.summary)
        services = self.page.get_by_role("group", name="Services numériques")
        for service, theme in action.services.items():
            services.get_by_text(theme, exact=True).click()
            services.get_by_label(service).check()
        self.page.get_by_label("Nature").select_option(label="lieu")
        self.page.get_by_label("Mode de gestion").select_option(label="en régie")
        self.page.get_by_label("Date de début").fill(f"{today().year - 1}-03-01")
        self.click("Enregistrer l’action")

    def sees_mosaic(self, action: Action) -> None:
        self.sees(f"Vos actions touchent {len(action.services)} enjeux sur 16.")
        mosaic = self.page.get_by_role("region", name="La mosaïque des enjeux")
        for theme in action.services.values():
            tile = mosaic.get_by_role("listitem").filter(has_text=theme)
            expect(tile).to_contain_text("1 action")

    def join(self, name: str) -> None:
        self.follow("Gérer les pièces jointes")
        self.page.get_by_label("Document").set_input_files(
            {"name": name, "mimeType": "application/pdf", "buffer": small_pdf()}
        )
        self.click("Joindre")
        self.is_told(f"« {name} » est joint à la candidature.")

    def deposit(self, dossier: Dossier, story: Story) -> None:
        """Deposits; the receipt arrives by mail with the whole dossier, and waits on the page."""
        name, title = dossier.collectivite.name, dossier.action.title
        self.follow("Relire et déposer")
        self.sees(dossier.action.summary)
        for box in self.page.get_by_role("main").get_by_role("checkbox").all():
            box.check()
        self.click("Déposer la candidature")
        self.is_told("La candidature est déposée.")
        subject = f"Accusé de réception {story.year} : {name}"
        letter = self.postbox.letter(self.email, subject)
        assert title in pdf_of(letter)
        self.page.reload()
        receipt = self.page.get_by_role("link", name="Accusé de réception (PDF)")
        assert title in words_of(self.document(receipt))

    def gets_result(self, dossier: Dossier, story: Story) -> None:
        found = dossier.collectivite
        letter = self.postbox.letter(
            self.email, f"Label {story.year}, votre résultat : {found.name}"
        )
        text = " ".join(text_of(letter).split())
        assert found.name in text
        assert f"vous attribue {found.level} arobases" in text
        assert found.mention in text
        assert (TEN in text) is found.is_ten
        self.page.goto(link_of(text))
        self.is_at(found.name)
        self.sees(word_of_the_jury(found))
        diploma = self.document(self.page.get_by_role("link", name="Télécharger le diplôme (PDF)"))
        words = words_of(diploma)
        assert found.name in words
        assert found.mention in words
        assert (TEN in words) is found.is_ten
        drawn = [figure for figure in figures_of(diploma) if figure.startswith("arobase")]
        assert len(drawn) == found.level
        assert ("arobase verte" in drawn) is is_green(found)


def link_of(text: str) -> str:
    """The address that a letter leads to."""
    found = re.search(r"https?://\S+", text)
    assert found, "the letter holds no link"
    return found[0]


def small_pdf() -> bytes:
    """A document of one blank page."""
    document = PdfWriter()
    document.add_blank_page(width=200, height=200)
    content = BytesIO()
    document.write(content)
    return content.getvalue()
