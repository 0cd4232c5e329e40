"""The people of the journeys: what each of them does and sees, with scripts or without.

They find things as a person does, by their words and their labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from urllib.parse import quote

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfWriter

from tests.journeys.postbox import Postbox, figures_of, pdf_of, text_of, words_of
from tests.journeys.story import Action, Collectivite, Dossier, Story
from villes_internet.calendar import day_of
from villes_internet.french import of_name, to_name

TEN = "Territoire d’Excellence Numérique"


@dataclass
class Visitor:
    """Anybody, in front of a browser."""

    page: Page

    def click(self, name: str, role: str = "button") -> None:
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]

    def follow(self, name: str) -> None:
        self.click(name, "link")

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_text(text).first).to_be_visible()

    def is_at(self, title: str) -> None:
        """The page has this title."""
        expect(self.page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()

    def is_told(self, sentence: str) -> None:
        """The page answers what was just done with this sentence."""
        expect(self.page.get_by_role("status").filter(has_text=sentence)).to_be_visible()

    def document(self, link: Locator) -> bytes:
        """The PDF document behind a link, fetched with this person's rights."""
        answer = self.page.request.get(link.get_attribute("href") or "")
        assert answer.ok
        assert answer.headers["content-type"] == "application/pdf"
        return answer.body()

    def reads(self, path: str) -> str:
        """Go to a page that exists, and read all that it holds."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"
        return self.page.content()

    def finds_nothing(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 404
        self.is_at("Cette page n’existe pas")

    def looks_for_secrets(self, story: Story) -> None:
        """Before the proclamation: nowhere a word of the dossiers, nor of their results."""
        self.finds_nothing(f"/palmares/{story.year}/")
        for dossier in story.dossiers:
            action, collectivite = dossier.action, dossier.collectivite
            pages = [self.reads(path) for path in ("/", "/palmares/", "/atlaas/")]
            pages.append(self.reads(f"/territoires/{collectivite.code}/"))
            self.is_at(collectivite.name)
            self.sees("Aucune pratique publiée pour l’instant")
            said = self.page.get_by_role("main").inner_text()
            for word in ("arobase", "Son label", TEN, str(story.year)):
                assert word not in said
            for words in (action.title, action.other_words):
                pages.append(self.reads(f"/atlaas/?q={quote(words)}"))
                self.finds_sheets("0 fiche")
                # What was typed is shown again in its field and in the criterion that lifts it.
                for shown in (f'value="{words}"', f"«&nbsp;{words}&nbsp;»"):
                    pages[-1] = pages[-1].replace(shown, "")
            for page in pages:
                assert action.title not in page
                assert action.summary not in page

    def finds_sheets(self, count: str) -> None:
        expect(self.page.get_by_role("heading", name=count, exact=True)).to_be_visible()

    def sees_the_palmares(self, story: Story) -> None:
        self.reads("/palmares/")
        self.is_at(f"Palmarès {story.year}")
        self.sees("2 collectivités")
        for dossier in story.dossiers:
            found = dossier.collectivite
            row = self.page.get_by_role("row").filter(has_text=found.name)
            expect(row.get_by_role("img", name=_arobases(found))).to_be_visible()
            if found.mention:
                expect(row).to_contain_text(found.mention)
            if found.is_ten:
                expect(row).to_contain_text(TEN)

    def sees_the_label_of(self, found: Collectivite, story: Story) -> None:
        self.reads(f"/territoires/{found.code}/")
        self.is_at(found.name)
        labels = self.page.get_by_role("region", name="Son label")
        expect(labels.get_by_role("link", name=f"{story.year}")).to_be_visible()
        expect(labels.get_by_role("img", name=_arobases(found))).to_be_visible()
        for words in filter(None, [found.mention, found.is_ten and TEN]):
            expect(labels).to_contain_text(str(words))

    def finds_the_sheet(self, action: Action) -> None:
        """By other inflections of its words, without accents."""
        self.reads("/atlaas/")
        self.page.get_by_label("Mots").fill(action.other_words)
        self.click("Chercher")
        self.finds_sheets("1 fiche")
        self.follow(action.title)
        self.is_at(action.title)
        self.sees(action.summary, *action.services)


@dataclass
class Person(Visitor):
    """Somebody with an account; `name` is how the others see them."""

    name: str
    email: str
    postbox: Postbox

    def sign_up(self) -> None:
        self.page.goto("/")
        self.follow("Se connecter")
        self.follow("Créer un compte")
        self.page.get_by_label("Prénom et nom").fill(self.name)
        self.page.get_by_label("Adresse électronique").fill(self.email)
        self.enter_code_after("Créer mon compte")

    def sign_in(self) -> None:
        self.page.goto("/")
        self.follow("Se connecter")
        self.page.get_by_label("Adresse électronique").fill(self.email)
        self.enter_code_after("Recevoir un code")

    def enter_code_after(self, button: str) -> None:
        already = len(self.postbox.letters(self.email))
        self.click(button)
        self.page.get_by_label("Code à 6 chiffres").fill(self.postbox.code(self.email, already))
        self.click("Continuer")
        expect(self.page.get_by_role("link", name=self.name)).to_be_visible()


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
        """Both dossiers are there, deposited, and can be read."""
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
        assert ("arobase verte" in drawn) is _is_green(found)


@dataclass
class Juror(Person):
    """Somebody who reads the dossiers entrusted to them, and scores them."""

    def go_to_jury(self) -> None:
        self.page.goto("/")
        self.follow("Jury")

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


def today() -> date:
    return day_of(timezone.now())


def word_of_the_jury(found: Collectivite) -> str:
    return f"Le jury salue {found.name} et attend la suite."


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


def _arobases(found: Collectivite) -> re.Pattern[str]:
    """« 3 arobases, dont une arobase verte »."""
    green = ", dont une arobase verte" if _is_green(found) else ""
    return re.compile(f"^{found.level} arobases{green}$")


def _is_green(found: Collectivite) -> bool:
    return found.mention == "Transition écologique"
