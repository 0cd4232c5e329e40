"""Every letter of the platform: its two forms say the same, in French, and ask nothing of anybody.

Read in a mail program, on a desk and in a hand, in both themes, with images off: it has none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from axe_playwright_python.base import AXE_FILE_PATH
from django.conf import LazySettings, settings
from django.db import transaction
from playwright.sync_api import Page
from pytest_django.plugin import DjangoDbBlocker

from tests.chromium import open_chromium
from tests.mail.letters import SCENES
from tests.mail.scenes import written
from tests.walk.test_typography import FAULTS, blocks
from villes_internet.mail.models import Message

pytestmark = pytest.mark.django_db

TEMPLATES = Path(settings.PROJECT) / "templates"
MASTHEAD = {"Villes Internet", "Le label national"}
LINK = re.compile(r"https?://\S+")
WHOLE = re.compile(r"https?://\S+|[0-9a-f]{64}")  # what no line may cut
# The page around a letter is that of a mail program, which has landmarks of its own.
AXE = {
    "resultTypes": ["violations"],
    "rules": {rule: {"enabled": False} for rule in ("region", "landmark-one-main")},
}
RUN = "options => axe.run(options).then(found => found.violations)"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def letters(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Message]:
    """Each as its reader receives it; only what they received is left of that world."""
    found = {}
    with django_db_blocker.unblock():
        for name, scene in SCENES.items():
            world: Any = transaction.atomic()
            world._from_testcase = True  # as Django's own test cases do: the sender may commit
            with world:
                found[name] = written(scene)
                transaction.set_rollback(True)
    return found


@pytest.fixture(params=SCENES)
def letter(request: pytest.FixtureRequest, letters: dict[str, Message]) -> Message:
    return letters[request.param]


def tree(letter: Message) -> Element:
    """What is read of the HTML: neither its head, nor the signs drawn in characters."""
    root: Element = tinyhtml5.parse(letter.html, namespace_html_elements=False)
    for parent in list(root.iter()):
        for child in list(parent):
            is_comment = not isinstance(child.tag, str)
            if is_comment or child.tag == "head" or child.get("aria-hidden") == "true":
                parent.remove(child)
    return root


def html_texts(letter: Message) -> list[str]:
    return [text for text in blocks(tree(letter)) if text]


def paragraphs(letter: Message) -> list[str]:
    """The text, unfolded."""
    return [" ".join(part.split("\n")) for part in letter.text.strip().split("\n\n")]


def hrefs(letter: Message) -> set[str]:
    return {str(link.get("href")) for link in tree(letter).iter("a")}


def test_no_letter_is_forgotten_here() -> None:
    written_here = {scene.template for scene in SCENES.values()}
    assert set(templates(".subject.txt")) | set(templates("_subject.txt")) == written_here


def templates(ending: str) -> Iterator[str]:
    for path in TEMPLATES.rglob(f"*{ending}"):
        yield str(path.relative_to(TEMPLATES)).removesuffix(ending)


# --- Its two forms -------------------------------------------------------------


def test_all_that_the_html_says_is_in_the_text(letter: Message) -> None:
    text = " ".join(paragraphs(letter))
    title, preheader = heading(letter), preview(letter)
    missing = [
        said
        for said in html_texts(letter)
        if said not in MASTHEAD | {title, preheader} and said not in text
    ]
    assert missing == []


def test_all_that_the_text_says_is_in_the_html(letter: Message) -> None:
    html = plain(" ".join(html_texts(letter)))
    sentences = [
        sentence
        for paragraph in paragraphs(letter)
        for sentence in re.split(r"(?<=[.?]) |\N{NO-BREAK SPACE}: ?", paragraph)
    ]
    said = [sentence for sentence in sentences if not LINK.fullmatch(sentence)]  # linked there
    assert [sentence for sentence in said if plain(sentence) not in html] == []


def plain(text: str) -> str:
    """Without the dashes that open the foot of a text, nor what its two points become in HTML."""
    return re.sub(r"\s+", " ", text.removeprefix("-- ").replace(":", " ")).strip()


def test_both_lead_to_the_same_addresses(letter: Message) -> None:
    links, mails = split(hrefs(letter))
    assert links == set(LINK.findall(letter.text))
    assert [address for address in mails if address not in letter.text] == []


def split(addresses: set[str]) -> tuple[set[str], set[str]]:
    mails = {address for address in addresses if address.startswith("mailto:")}
    return addresses - mails, {address.removeprefix("mailto:") for address in mails}


def heading(letter: Message) -> str:
    [title] = tree(letter).iter("h1")
    return "".join(title.itertext()).strip()


def preview(letter: Message) -> str:
    """What a list of mails shows after the subject: the first words of the page."""
    return html_texts(letter)[0]


# --- What it says ----------------------------------------------------------------


def test_it_says_who_writes_why_and_how_to_answer(letter: Message) -> None:
    sender, address = parseaddr(letter.from_email)
    assert sender == "Villes Internet"
    opening, *_ = paragraphs(letter)
    assert opening == "Bonjour,"
    body, signature, foot = letter.text.partition("\nL’équipe de Villes Internet\n\n-- \n")
    assert body
    assert signature
    assert foot.startswith("Vous recevez ce courriel car ")
    assert address in foot


def test_its_subject_is_one_short_line(letter: Message) -> None:
    assert re.fullmatch(r"[^\n\r\t]{10,60}", letter.subject)


def test_a_list_of_mails_announces_it(letter: Message) -> None:
    announced = preview(letter).strip("\u034f\u2007 ")
    assert 20 <= len(announced) <= 110
    assert announced.endswith(".")


def test_it_is_set_as_french_is(letter: Message) -> None:
    found = [
        (fault, text)
        for text in [letter.subject, *paragraphs(letter), *html_texts(letter)]
        for fault, pattern in FAULTS.items()
        if pattern.search(text.replace("<b>", "").replace("</b>", ""))
    ]
    assert found == []


def test_its_lines_are_not_broken_by_the_reader(letter: Message) -> None:
    long = [line for line in letter.text.split("\n") if len(line) > 78]
    assert [line for line in long if not WHOLE.fullmatch(line)] == []
    assert "\n\n\n" not in letter.text


def test_it_has_one_action_or_is_answered(letter: Message) -> None:
    buttons = [table for table in tree(letter).iter("table") if table.get("class") == "button"]
    codes = re.findall(r"^\d{6}$", letter.text, re.MULTILINE)
    assert len(buttons) + len(codes) == (0 if letter.reply_to else 1)


def test_a_code_stands_alone_and_is_forgotten_once_sent(letter: Message) -> None:
    codes = re.findall(r"^\d{6}$", letter.text, re.MULTILINE)
    assert letter.transient is bool(codes)
    for code in codes:
        assert code in html_texts(letter)
        assert "Il est valable 15 minutes et ne sert qu’une fois." in " ".join(paragraphs(letter))
        assert code not in letter.subject


def test_what_a_person_typed_is_text_and_never_markup(letters: dict[str, Message]) -> None:
    letter = letters["refused with a reason"]
    assert "<b>& co</b>" in letter.text
    assert "&lt;b&gt;&amp; co&lt;/b&gt;" in letter.html


def test_a_deposit_overseas_is_dated_by_both_clocks(letters: dict[str, Message]) -> None:
    there = "Heure locale\N{NO-BREAK SPACE}: 2 novembre 2026 à 13\u202fh\u202f30"
    assert "(heure de Paris)\N{NO-BREAK SPACE}: 2 novembre 2026 à 10\u202fh\u202f30" in (
        letters["deposited overseas"].text
    )
    assert there in letters["deposited overseas"].text
    assert "Heure locale" not in letters["deposited"].text


def test_only_that_of_a_demonstration_says_so(
    letters: dict[str, Message], settings: LazySettings
) -> None:
    said = "Site de démonstration"
    assert all(said in letter.text and said in letter.html for letter in letters.values())
    settings.DEMONSTRATION = False
    letter = written(SCENES["ended"])
    assert said not in letter.text + letter.html


# --- How it travels --------------------------------------------------------------


def test_it_fetches_nothing(letter: Message) -> None:
    assert not re.search(r"\b(?:src|srcset|background|poster)=|url\(|@import", letter.html)
    tags = {element.tag for element in tree(letter).iter()}
    assert not tags & {"img", "link", "script", "iframe", "form", "object", "svg", "video"}


def test_it_is_light(letter: Message) -> None:
    assert len(letter.html.encode()) < 15_000


# --- Drawn by a browser ----------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [600, 360])
def test_axe_finds_nothing(width: int, theme: Any, letters: dict[str, Message]) -> None:
    found: dict[str, list[str]] = {}
    with open_chromium() as browser:
        tab = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
        for name, letter in letters.items():
            tab.set_content(letter.html)
            if problems := look(tab):
                found[name] = problems
    assert found == {}, "\n" + json.dumps(found, indent=1, ensure_ascii=False)


def look(tab: Page) -> list[str]:
    tab.evaluate(Path(AXE_FILE_PATH).read_text())
    problems = [
        f"{violation['id']}: {[node['html'][:160] for node in violation['nodes'][:2]]}"
        for violation in tab.evaluate(RUN, AXE)
    ]
    if over := tab.evaluate(OVERFLOW):
        problems.append(f"{over} pixels too wide")
    return problems
