"""The whole of France: imported in seconds, and any collectivité found by whatever people type."""

import json
import time
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories.territories import CommuneFactory, TerritoryNameFactory
from villes_internet.territories.importing import import_territories
from villes_internet.territories.models import Department, Perimeter, Region, Territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("france")]

SLOW_MACHINE = 10  # times what an idle one takes: the indexes are asserted on their own


def found(text: str, limit: int = 5) -> list[str]:
    return [territory.code for territory in Territory.objects.search(text)[:limit]]


def test_all_of_france_is_there(france: float) -> None:
    assert Region.objects.count() == 26
    assert Department.objects.count() == 109
    assert Territory.objects.filter(kind="commune").count() == 34_969
    assert Territory.objects.filter(kind="epci").count() == 1_255
    assert Perimeter.objects.filter(years__startswith=2026).count() == 34_871


def test_it_is_imported_in_seconds(france: float) -> None:
    assert france < 4 * SLOW_MACHINE


def test_a_second_import_changes_nothing_and_is_quick() -> None:
    before = set(Territory.objects.values_list("pk", "code", "name", "population", "other_keys"))
    started = time.process_time()
    assert import_territories().is_empty
    assert time.process_time() - started < 2 * SLOW_MACHINE
    after = set(Territory.objects.values_list("pk", "code", "name", "population", "other_keys"))
    assert after == before


def test_the_command_says_so() -> None:
    out = StringIO()
    call_command("import_territories", stdout=out)
    assert "Rien n’a changé.\n" in out.getvalue()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("L’Haÿ-les-Roses", "94038"),
        ("l hay les roses", "94038"),
        ("lhay les roses", "94038"),
        ("st etienne", "42218"),
        ("ST-ÉTIENNE", "42218"),
        ("hazebrouk", "59295"),
        ("evry courcouronnes", "91228"),
        ("evry courcouronne", "91228"),
        ("courcouronnes", "91228"),
        ("havre", "76351"),
        ("rochelle", "17300"),
        ("villeneuve d'ascq", "59009"),
        ("paris", "75056"),
        ("strasbourg", "67482"),
        ("eurometropole de strasbourg", "246700488"),
        ("EUROMÉTROPOLE", "246700488"),
        ("Y", "80829"),
        ("eu", "76255"),
        ("Oz", "38289"),
        ("bu", "28064"),
        ("2a004", "2A004"),
        ("97101", "97101"),
        ("98817", "98817"),
        ("246700488", "246700488"),
        ("246 700 488", "246700488"),
        ("215902958", "59295"),
        ("cc faucigny glieres", "200000172"),
        ("faucigny glières", "200000172"),
        ("copamo", "246900740"),
        ("communauté de communes du pays de Falaise", "241400514"),
        ("ca du bassin de brive", "200043172"),
    ],
)
def test_the_likeliest_comes_first(text: str, code: str) -> None:
    assert found(text)[0] == code


def test_one_or_two_letters_are_a_name_or_its_beginning() -> None:
    assert found("eu", 2) == ["76255", "246700488"]
    assert found("oz", 2) == ["38289", "77350"]


def test_an_exact_name_comes_before_an_old_one_then_before_the_beginnings() -> None:
    assert found("evry", 3) == ["89162", "91228", "77175"]


def test_an_exact_old_name_comes_before_a_larger_town_whose_name_begins_so() -> None:
    CommuneFactory(code="99001", name="Zwyn-sur-Mer", town=True)
    heir = CommuneFactory(code="99002", name="Clairval", population=50)
    TerritoryNameFactory(territory=heir, name="Zwyn")
    assert found("zwyn") == ["99002", "99001"]


def test_a_typo_in_a_short_name_is_understood() -> None:
    assert "31555" in found("tolouse")


@pytest.mark.parametrize("text", ["la rochelle", "La  Rochelle", "LA ROCHELLE", "rochelle"])
def test_homonyms_come_together_the_largest_first(text: str) -> None:
    assert found(text, 2) == ["17300", "70450"]


def test_a_label_tells_homonyms_apart() -> None:
    labels = [territory.label() for territory in Territory.objects.search("la rochelle")[:2]]
    assert labels == [
        "La Rochelle (17) – Charente-Maritime, 79\u202f851\u00a0habitants",
        "La Rochelle (70) – Haute-Saône, 40\u00a0habitants",
    ]


@pytest.mark.parametrize("text", ["la rochelle 70", "La Rochelle (70)", "70120 la rochelle"])
def test_a_departement_or_a_postal_code_settles_homonyms(text: str) -> None:
    assert found(text, 1) == ["70450"]


@pytest.mark.parametrize(
    ("text", "code", "former"),
    [
        ("bage la ville", "01025", "Bâgé-la-Ville"),
        ("arbignieu", "01015", "Arbignieu"),
        ("la rochelle normande", "50565", "La Rochelle-Normande"),
        ("78228", "91228", "78228"),
        ("01340", "01015", "Saint-Bois"),
    ],
)
def test_a_merged_commune_is_found_by_its_old_name_or_code(
    text: str, code: str, former: str
) -> None:
    territory = Territory.objects.search(text)[0]
    assert (territory.code, territory.former_name) == (code, former)


def test_an_old_name_is_said_only_when_it_is_what_was_meant() -> None:
    assert {territory.former_name for territory in Territory.objects.search("lille")[:1]} == {""}
    assert Territory.objects.search("courcouronnes")[0].former_name == ""


def test_a_postal_code_finds_all_its_communes_and_an_insee_code_first() -> None:
    codes = [territory.code for territory in Territory.objects.search("70120")]
    sharing = Territory.objects.filter(postal_codes__contains=["70120"])
    assert codes[0] == "70120"
    assert set(codes[1:]) == set(sharing.values_list("code", flat=True))
    assert "70450" in codes


def test_the_beginning_of_a_postal_code_finds_the_largest_first() -> None:
    territories = Territory.objects.search("9100")
    assert [territory.code for territory in territories] == ["91228"]
    assert "70279" in found("701")


def test_a_departement_alone_finds_its_collectivites() -> None:
    assert found("75") == ["200054781", "75056"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("cc du", "CC"), ("communauté d’agglomération", "CA"), ("Communauté urbaine", "CU")],
)
def test_a_legal_nature_alone_finds_the_largest_of_its_kind(text: str, kind: str) -> None:
    largest = Territory.objects.filter(epci_kind=kind).order_by("-population")[:3]
    assert found(text, 3) == [territory.code for territory in largest]


@pytest.mark.parametrize("text", ["", "   ", "?!", "%", "zzzzzzzz", "99999", "\x00", "('"])
def test_nonsense_finds_nothing(text: str) -> None:
    assert found(text) == []


def plan(text: str) -> str:
    explained: Any = Territory.objects.search(text)[:20].explain(format="json")
    return json.dumps(json.loads(explained))


@pytest.mark.parametrize(
    "text", ["evry", "hazebrouk", "la rochelle", "communaute de communes du pays de falaise"]
)
def test_names_are_found_through_the_trigram_indexes(text: str) -> None:
    assert "territory_sort_key_trgm" in plan(text)
    assert "territory_other_keys_trgm" in plan(text)


@pytest.mark.parametrize(
    "text",
    [
        "y",
        "evry",
        "st etienne",
        "hazebrouk",
        "la rochelle",
        "saint",
        "70120",
        "701",
        "le",
        "communaute de communes",
    ],
)
def test_a_letter_typed_is_answered_at_once(text: str) -> None:
    durations = []
    for _ in range(3):
        started = time.perf_counter()
        list(Territory.objects.search(text)[:20])
        durations.append(time.perf_counter() - started)
    assert min(durations) < 0.030 * SLOW_MACHINE


def test_one_search_is_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        [territory.label() for territory in Territory.objects.search("saint")[:20]]
