"""The panel and the palmarès as others show them: right in size, light, the same for all names."""

from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image, ImageColor

from labels.choices import LevelStatus
from labels.palmares import Figures
from labels.pictures import PANEL_BOX, PanelPicture, palmares_of, panel_of
from tests.factories.labels import AwardFactory, EditionFactory, MentionFactory
from villes_internet.drawing.colours import PANEL, PANEL_DEEP, PANEL_GREEN, PAPER

MOST_BYTES = 60_000
NAMES = [
    "Y",
    "Œuilly",
    "L’Haÿ-les-Roses",
    "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson",
    "Communauté d’agglomération Guingamp-Paimpol Agglomération de l’Armor à l’Argoat",
    "CA CIVIS (Communauté Intercommunale des Villes Solidaires)",
    "Saint-Louis\u00a0/ Faʻaʻā\u202f!",
    "W" * 160,
    "WWW " * 40,
]


def panel(name: str = "Vesoul", **fields: object) -> PanelPicture:
    values = {"title": "Ville Internet 2026", "place": "Haute-Saône (70)", "arobases": 5} | fields
    return PanelPicture(name=name, **values)  # type: ignore[arg-type]


def opened(picture: PanelPicture) -> Image.Image:
    return Image.open(BytesIO(picture.draw(demonstration=False)))


def count(image: Image.Image, colour: str) -> int:
    """The pixels of exactly that colour: a palette must not bend those of the site."""
    colours = image.convert("RGB").getcolors(1 << 24) or []
    return {rgb: n for n, rgb in colours}.get(ImageColor.getrgb(colour), 0)


@pytest.mark.parametrize("is_ten", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_any_name_stays_on_the_panel(name: str, is_ten: bool) -> None:
    """Outside the face, nothing differs from the panel of another name."""
    drawn = panel(name, is_ten=is_ten, is_green=True).draw(demonstration=False)
    image, other = Image.open(BytesIO(drawn)), opened(panel("Vesoul", arobases=1))
    assert (image.size, image.mode) == ((1200, 630), "P")
    assert len(drawn) < MOST_BYTES
    left, top, right, bottom = PANEL_BOX
    face = (left + 24, top + 24, right - 24, bottom - 24)
    around = []
    for one in (image, other):
        plain = one.convert("RGB")
        plain.paste("black", face)
        around.append(plain.tobytes())
    assert around[0] == around[1]


def test_each_arobase_is_drawn() -> None:
    paper = [count(opened(panel(arobases=n)), PAPER) for n in range(1, 6)]
    steps = {after - before for before, after in pairwise(paper)}
    assert len(steps) == 1
    assert steps.pop() > 1000


def test_only_the_arobase_verte_is_green() -> None:
    assert count(opened(panel(is_green=True)), PANEL_GREEN) > 500
    assert count(opened(panel()), PANEL_GREEN) == 0


def test_only_a_territory_of_excellence_has_the_ribbon() -> None:
    assert count(opened(panel(is_ten=True)), PANEL_DEEP) > 500
    assert count(opened(panel()), PANEL_DEEP) == 0
    assert count(opened(panel()), PANEL) > 200_000


def test_only_a_demonstration_says_that_it_is_one() -> None:
    assert panel().draw(demonstration=True) != panel().draw(demonstration=False)


@pytest.mark.django_db
def test_the_picture_says_what_the_award_says() -> None:
    award = AwardFactory(level=4, is_ten=True, territory_name="Vesoul")
    award.mentions.add(MentionFactory(edition=award.edition, green=True))
    assert panel_of(award) == PanelPicture(
        title="Village Internet 2026",
        name="Vesoul",
        place="Haute-Saône (70)",
        arobases=4,
        is_green=True,
        is_ten=True,
    )


@pytest.mark.django_db
def test_a_level_that_is_not_known_is_not_guessed() -> None:
    award = AwardFactory(level=None, level_status=LevelStatus.UNKNOWN)
    assert (panel_of(award).arobases, panel_of(award).words) == (0, "niveau non connu")
    alone = AwardFactory(level=None, level_status=LevelStatus.NONE)
    alone.mentions.add(MentionFactory(edition=alone.edition, name="libre"))
    assert (panel_of(alone).arobases, panel_of(alone).words) == (0, "Mention libre")


@pytest.mark.django_db
def test_the_palmares_counts_in_french_and_leaves_noughts_out() -> None:
    figures = Figures(labelled=1, communes=686, population=5_035_120, ten=0, by_level={})
    picture = palmares_of(EditionFactory(year=2026), figures)
    assert picture.figures == (
        ("1", "collectivité labellisée"),
        ("686", "communes couvertes"),
        ("5\u202f035\u202f120", "habitants"),
    )
    drawn = picture.draw(demonstration=True)
    assert Image.open(BytesIO(drawn)).size == (1200, 630)
    assert len(drawn) < MOST_BYTES
