"""Anybody in front of a browser, and those who have an account.

They find things as a person does, by their words and their labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.journeys.postbox import Postbox
from tests.journeys.story import Action, Collectivite, Story
from villes_internet.calendar import day_of

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
        self.sees("3 collectivités")
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


def _arobases(found: Collectivite) -> re.Pattern[str]:
    """« 3 arobases, dont une arobase verte »."""
    green = ", dont une arobase verte" if is_green(found) else ""
    return re.compile(f"^{found.level} arobases{green}$")


def is_green(found: Collectivite) -> bool:
    return found.mention == "Transition écologique"


def today() -> date:
    return day_of(timezone.now())


def word_of_the_jury(found: Collectivite) -> str:
    return f"Le jury salue {found.name} et attend la suite."
