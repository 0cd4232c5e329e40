"""What is asked of an action: little is needed, each rule is a sentence, what is private stays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import jury.services
from atlaas.models import Practice, Sheet
from candidatures import services, snapshot
from candidatures.forms import InitiativeForm
from candidatures.models import Candidature, Deposit, Initiative
from candidatures.recency import why_too_old
from labels.models import DigitalService, Edition
from tests.factories.atlaas import SheetFactory
from tests.factories.candidatures import (
    CandidatureFactory,
    InitiativeFactory,
    contributor,
    deposit_last_day,
)
from tests.factories.jury import CriterionFactory, JurorFactory, reviewed
from tests.factories.labels import NOW, DigitalServiceFactory, EditionFactory
from villes_internet.calendar import day_of, start_of

pytestmark = pytest.mark.django_db

EMAIL = "camille.martin@mairie.example"


@pytest.fixture
def edition() -> Edition:
    made: Edition = EditionFactory(real=True)
    return made


@pytest.fixture
def candidature(edition: Edition) -> Candidature:
    made: Candidature = CandidatureFactory(edition=edition)
    return made


def needed(edition: Edition) -> dict[str, Any]:
    """All that must be given, and nothing else."""
    service = DigitalService.objects.filter(theme__edition=edition).first()
    return {
        "title": "Le bus du soir",
        "summary": "Il s’arrête devant la mairie.",
        "services": [(service or DigitalServiceFactory(edition=edition)).pk],
        "kind": "service",
        "mode": "regie",
        "started_on": edition.opens_on - timedelta(days=3000),
        "still_running": "on",
        "is_shared": "on",
    }


def form(edition: Edition, **fields: Any) -> InitiativeForm:
    return InitiativeForm(needed(edition) | fields, edition=edition, today=day_of(NOW))


def errors(edition: Edition, **fields: Any) -> dict[str, list[str]]:
    return {
        name: [str(one) for one in said] for name, said in form(edition, **fields).errors.items()
    }


def test_few_things_are_needed(edition: Edition) -> None:
    assert errors(edition) == {}
    asked = InitiativeForm({}, edition=edition, today=day_of(NOW))
    said = set(asked.errors) - {"ended_on"}  # neither still running, nor over
    assert said == {"title", "summary", "services", "kind", "mode", "started_on"}


def test_every_field_stands_in_one_part_of_the_page(edition: Edition) -> None:
    parts = [
        (part, [field for block in blocks for field in block.fields])
        for part, blocks in form(edition).parts()
    ]
    assert sorted(field.name for _, fields in parts for field in fields) == sorted(
        form(edition).fields
    )
    (first, _), *others = parts
    assert first.title == "L’essentiel"
    assert not any(field.field.required for _, fields in others for field in fields)


# --- Under two years old, or still running, when the edition opens -------------------------------

OPENED = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("started_on", "ended_on", "taken"),
    [
        (date(1998, 1, 1), None, True),  # still running
        (date(1998, 1, 1), date(2026, 3, 3), True),  # it ran on the day of the opening
        (date(1998, 1, 1), date(2026, 3, 2), False),
        (date(2024, 3, 4), date(2025, 6, 1), True),  # a day under two years
        (date(2024, 3, 3), date(2025, 6, 1), False),  # two years
    ],
)
def test_the_label_takes_what_is_recent_or_still_runs(
    started_on: date, ended_on: date | None, taken: bool
) -> None:
    edition = EditionFactory.build(opens_on=OPENED)
    sentence = why_too_old(started_on, ended_on, edition=edition)
    assert (sentence == "") is taken
    if not taken:
        assert "à l’ouverture de l’édition (le 3 mars 2026)" in sentence


def test_an_edition_opened_on_a_leap_day_has_a_day_two_years_before() -> None:
    edition = EditionFactory.build(opens_on=date(2028, 2, 29))
    assert why_too_old(date(2026, 3, 1), date(2027, 1, 1), edition=edition) == ""
    assert why_too_old(date(2026, 2, 28), date(2027, 1, 1), edition=edition) != ""


def test_the_form_says_what_is_wrong_with_the_dates(edition: Edition) -> None:
    over = edition.opens_on - timedelta(days=1)
    said = errors(edition, still_running="", ended_on=over)
    assert list(said) == ["ended_on"]
    assert "moins de deux ans, ou toujours en cours" in said["ended_on"][0]
    assert "effacez l’une" in errors(edition, ended_on=over)["ended_on"][0]
    assert "cochez" in errors(edition, still_running="")["ended_on"][0]
    early = edition.opens_on - timedelta(days=9000)
    before = errors(edition, still_running="", ended_on=early)
    assert before == {"ended_on": ["La date de fin précède la date de début."]}
    tomorrow = day_of(NOW) + timedelta(days=1)
    assert "à venir" in errors(edition, started_on=tomorrow)["started_on"][0]


@pytest.mark.parametrize(
    ("started_on", "ended_on", "said"),
    [
        (date(2024, 3, 9), None, "depuis mars 2024"),
        (date(2025, 6, 1), date(2025, 6, 30), "en juin 2025"),
        (date(2025, 3, 1), date(2025, 10, 1), "de mars à octobre 2025"),
        (date(2025, 4, 1), date(2025, 10, 1), "d’avril à octobre 2025"),
        (date(2024, 10, 1), date(2025, 3, 1), "d’octobre 2024 à mars 2025"),
    ],
)
def test_the_period_is_said_to_the_month(
    started_on: date, ended_on: date | None, said: str
) -> None:
    assert SheetFactory.build(started_on=started_on, ended_on=ended_on).period == said


# --- Links, tools, contact -----------------------------------------------------------------------


def test_links_are_whole_addresses_one_a_line(edition: Edition) -> None:
    written = " www.mairie.example/bus \r\n\r\nhttp://a.example\nwww.mairie.example/bus"
    filled = form(edition, links=written)
    assert filled.is_valid()
    assert filled.cleaned_data["links"] == ["https://www.mairie.example/bus", "http://a.example"]


@pytest.mark.parametrize(
    "line", ["le site", "ftp://a.example", "javascript:alert(1)", "mailto:a@b.example", EMAIL]
)
def test_a_line_that_is_no_address_of_the_web_is_named(edition: Edition, line: str) -> None:
    [said] = errors(edition, links=f"https://a.example\n{line}")["links"]
    assert said.startswith("Ligne 2")


def test_what_was_typed_of_the_links_is_shown_again(edition: Edition) -> None:
    refused = form(edition, links="le site\nhttps://a.example")
    assert "le site\nhttps://a.example</textarea>" in str(refused["links"])


def test_tools_are_pairs_whose_licence_may_be_unknown(edition: Edition) -> None:
    filled = form(
        edition,
        **{"tools-0-0": "Carte", "tools-0-1": "ODbL", "tools-1-0": " ", "tools-2-0": "Site"},
    )
    assert filled.is_valid()
    assert filled.cleaned_data["tools"] == [["Carte", "ODbL"], ["Site", ""]]
    assert "nom de l’outil" in errors(edition, **{"tools-0-1": "MIT"})["tools"][0]


@pytest.mark.parametrize("role", [EMAIL, "Accueil, 02 98 98 89 89", "Maire 0298988989"])
def test_a_public_contact_holds_neither_address_nor_telephone(edition: Edition, role: str) -> None:
    said = errors(edition, contact_role=role, contact_email=EMAIL)
    assert "sans adresse électronique ni téléphone" in said["contact_role"][0]


def test_a_contact_is_a_name_and_an_address(edition: Edition) -> None:
    assert list(errors(edition, contact_role="Accueil")) == ["contact_email"]
    assert list(errors(edition, contact_email=EMAIL)) == ["contact_role"]
    assert errors(edition, contact_role="Accueil du 3e étage", contact_email=EMAIL) == {}


# --- Written, read again, changed by two ---------------------------------------------------------


def full(candidature: Candidature) -> dict[str, Any]:
    return needed(candidature.edition) | {
        "audience": "Les habitants des hameaux",
        "partners": "Une association",
        "tools-0-0": "Une carte",
        "tools-0-1": "ODbL",
        "links": "https://bus.example",
        "contact_role": "Service du bus",
        "contact_email": EMAIL,
    }


def test_all_that_is_written_comes_back_in_the_form(
    client: Client, candidature: Candidature
) -> None:
    client.force_login(contributor(candidature.territory))
    answer = client.post(
        reverse("candidatures:add_initiative", args=[candidature.pk]), full(candidature)
    )
    assert answer.status_code == 302
    saved = candidature.initiatives.get()
    assert (saved.tools, saved.links) == ([["Une carte", "ODbL"]], ["https://bus.example"])
    address = reverse("candidatures:change_initiative", args=[candidature.pk, saved.pk])
    page = client.get(address).content.decode()
    for words in ("Les habitants des hameaux", "Une association", "Une carte", "ODbL", EMAIL):
        assert words in page
    assert client.post(address, full(candidature)).status_code == 302


def test_a_copy_keeps_its_contact_and_its_consent(candidature: Candidature) -> None:
    first = InitiativeFactory(
        candidature=candidature, contact_role="Accueil", contact_email=EMAIL, is_shared=False
    )
    copy = services.duplicate_initiative(first, by=contributor(candidature.territory), at=NOW)
    assert (copy.contact_email, copy.is_shared) == (EMAIL, False)


# --- What leaves the dossier ---------------------------------------------------------------------


def test_the_address_of_the_contact_is_private_by_its_place() -> None:
    assert "contact_email" in Initiative.WRITTEN_FIELDS
    assert "contact_email" not in Practice.PRACTICE_FIELDS
    assert not hasattr(Sheet, "contact_email")


def test_the_snapshot_holds_all_but_the_address_of_the_contact(candidature: Candidature) -> None:
    InitiativeFactory(
        candidature=candidature,
        audience="Les enfants",
        started_on=date(2025, 3, 1),
        ended_on=date(2025, 9, 1),
        tools=[["Carte", "ODbL"]],
        links=["https://bus.example"],
        contact_role="Service du bus",
        contact_email=EMAIL,
    )
    frozen = snapshot.take(candidature)
    assert snapshot.digest(frozen)
    assert EMAIL not in str(frozen)
    [action] = frozen["initiatives"]
    assert (action["started_on"], action["period"]) == ("2025-03-01", "de mars à septembre 2025")
    assert (action["audience"], action["tools"]) == ("Les enfants", [["Carte", "ODbL"]])
    assert (action["is_shared"], action["contact_role"]) == (True, "Service du bus")


def test_a_dossier_deposited_before_these_fields_is_still_read(
    client: Client, edition: Edition
) -> None:
    reading = EditionFactory(year=edition.year - 1, real=True, reading=True)
    candidature = CandidatureFactory(edition=reading)
    InitiativeFactory(candidature=candidature)
    deposit_last_day(candidature)
    deposit = Deposit.objects.get(candidature=candidature)
    new = set(Practice.PRACTICE_FIELDS) - {"title", "kind", "mode", "summary", "context"}
    new |= {"period", "is_shared"}
    for action in deposit.snapshot["initiatives"]:
        for key in new & action.keys():
            del action[key]
        action["started_year"] = 2023
    deposit.save()
    chair = JurorFactory(edition=reading, chair=True)
    client.force_login(chair.user)
    page = client.get(reverse("jury:review", args=[reading.year, candidature.pk]))
    assert page.status_code == 200
    assert "en régie, 2023" in page.content.decode()
    assert "Pour le jury seulement" not in page.content.decode()


def test_without_consent_an_action_is_read_by_the_jury_and_never_published(client: Client) -> None:
    edition = EditionFactory(real=True, ceremony=True)
    CriterionFactory(edition=edition)
    candidature = CandidatureFactory(edition=edition)
    for shared in (True, False):
        InitiativeFactory(
            candidature=candidature,
            title="Partagée" if shared else "Gardée",
            contact_role="Accueil",
            contact_email=EMAIL,
            is_shared=shared,
        )
    deposit_last_day(candidature)
    chair = JurorFactory(edition=edition, chair=True)
    client.force_login(chair.user)
    read = client.get(reverse("jury:review", args=[edition.year, candidature.pk])).content.decode()
    assert "Gardée" in read
    assert read.count("Pour le jury seulement") == 1
    assert EMAIL not in read
    reviewed(JurorFactory(edition=edition), candidature)
    jury.services.decide(
        candidature, level=3, mentions=[], is_ten=False, letter="", by=chair,
        at=start_of(edition.deliberates_on) + timedelta(hours=9),
    )  # fmt: skip
    jury.services.proclaim(edition, by=chair, at=start_of(edition.ceremony_on) + timedelta(hours=9))
    sheet = Sheet.objects.get()
    assert sheet.title == "Partagée"
    page = Client().get(sheet.get_absolute_url()).content.decode()
    assert "Accueil" in page
    assert "Être mis en relation" in page
    assert EMAIL not in page
