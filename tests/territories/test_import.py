"""Bringing the territories of a year into the base: all or nothing, and history kept."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from tests.territories.files import PLATEAU, VAL, Files, commune
from villes_internet.territories.importing import (
    OutdatedDataError,
    Plan,
    import_territories,
    loading,
)
from villes_internet.territories.importing.telling import tell
from villes_internet.territories.models import Department, Perimeter, Territory, TerritoryName

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(files: Files) -> Files:
    """Small France, in the base since 2026."""
    import_territories(files.write(), year=2026)
    return files


def territory(code: str) -> Territory:
    return Territory.objects.get(code=code)


def perimeters(commune_code: str) -> list[tuple[str, int, int | None]]:
    rows = Perimeter.objects.filter(commune__code=commune_code).order_by("years")
    return [(row.epci.code, row.years.lower, row.years.upper) for row in rows]


def told(plan: Plan) -> list[str]:
    return list(tell(plan))


# --- What a first import writes ---------------------------------------------


def test_a_commune_is_written_as_a_page_prints_it(loaded: Files) -> None:
    etang = territory("70002")
    assert etang.name == "L’Étang-St-Jean"
    assert etang.sort_key == "l etang saint jean"
    assert etang.slug == "l-etang-st-jean"
    assert etang.postal_codes == ["70120"]
    assert (etang.population, etang.latitude, etang.longitude) == (400, 47.7, 5.7)
    assert territory("70003").sort_key == "sainte oeuvre"


def test_an_unknown_population_is_not_zero(loaded: Files) -> None:
    assert territory("70004").population is None
    assert territory("13001").population == 0


def test_an_epci_adds_its_communes_up_and_lies_where_most_people_live(loaded: Files) -> None:
    val = territory(VAL)
    assert val.name == "Communauté de communes du Val"
    assert (val.epci_kind, val.siren, val.population) == ("CC", VAL, 3800)
    assert val.department == Department.objects.get(code="70")
    assert perimeters("21001") == [(VAL, 2026, None)]
    assert perimeters("13001") == []


def test_the_departement_of_an_epci_is_that_of_most_of_its_people(files: Files) -> None:
    files.row("communes.csv", "21001")["population"] = "9000"
    import_territories(files.write(), year=2026)
    assert territory(VAL).department_id == "21"


def test_old_names_and_codes_are_kept_beside(loaded: Files) -> None:
    names = TerritoryName.objects.filter(territory__code="70001").order_by("code")
    assert [(name.name, name.code) for name in names] == [
        ("Bourg-Bas", "70001"),
        ("Vieux-Bourg", "70900"),
        ("", "70901"),
    ]
    assert [found.code for found in Territory.objects.search("vieux bourg")] == ["70001"]
    assert [found.code for found in Territory.objects.search("70901")] == ["70001"]


def test_the_official_name_of_an_epci_still_finds_it(loaded: Files) -> None:
    assert Territory.objects.search("CC du Val")[0].code == VAL
    assert not TerritoryName.objects.filter(territory__code=PLATEAU).exists()


# --- The next years ---------------------------------------------------------


def test_a_second_import_changes_nothing(loaded: Files) -> None:
    plan = import_territories(loaded.directory, year=2027)
    assert plan.is_empty
    assert told(plan) == ["Rien n’a changé."]
    assert perimeters("70002") == [(VAL, 2026, None)]


def test_a_merged_commune_keeps_its_row_and_points_to_its_successor(loaded: Files) -> None:
    before = territory("70003")
    loaded.merge("70003", into="70001")
    plan = import_territories(loaded.write(), year=2027)
    after = territory("70003")
    assert after.pk == before.pk
    assert after.name == "Sainte-Œuvre"
    assert after.vanished_on == date(2027, 1, 1)
    assert after.successor == territory("70001")
    assert perimeters("70003") == [(VAL, 2026, 2027)]
    assert "Fusionnées\u00a0: 1" in told(plan)
    assert "  Sainte-Œuvre (70003) dans Bourg (70001)" in told(plan)


def test_a_merged_commune_is_found_through_its_successor(loaded: Files) -> None:
    loaded.merge("70003", into="70001")
    import_territories(loaded.write(), year=2027)
    for text in ("sainte oeuvre", "ste œuvre", "70003"):
        heir = Territory.objects.current().search(text)[0]
        assert (heir.code, heir.former_name) == ("70001", "Sainte-Œuvre")
    assert import_territories(loaded.directory, year=2027).is_empty


def test_a_commune_deleguee_says_its_successor_better_than_an_old_code(loaded: Files) -> None:
    loaded.merge("70003", into="70001")
    loaded.tables["former_communes.csv"].append(
        {"code": "70003", "name": "Sainte-Œuvre", "kind": "deleguee", "part_of": "70002"}
    )
    import_territories(loaded.write(), year=2027)
    assert territory("70003").successor == territory("70002")


def test_a_commune_that_vanishes_without_a_trace_has_no_successor(loaded: Files) -> None:
    loaded.drop("communes.csv", "13001")
    plan = import_territories(loaded.write(), year=2027)
    assert territory("13001").vanished_on == date(2027, 1, 1)
    assert territory("13001").successor is None
    assert "Disparues sans successeur connu\u00a0: 1" in told(plan)


def test_a_commune_restored_is_current_again(loaded: Files, tmp_path: Path) -> None:
    pk = territory("13001").pk
    row = loaded.row("communes.csv", "13001")
    loaded.drop("communes.csv", "13001")
    import_territories(loaded.write(), year=2027)
    loaded.tables["communes.csv"].append(row)
    plan = import_territories(loaded.write(), year=2028)
    assert (territory("13001").pk, territory("13001").vanished_on) == (pk, None)
    assert "Rétablies\u00a0: 1" in told(plan)


def test_a_renamed_commune_is_still_found_by_its_old_name(loaded: Files) -> None:
    loaded.row("communes.csv", "21001")["name"] = "Semoise-la-Neuve"
    plan = import_territories(loaded.write(), year=2027)
    assert territory("21001").slug == "semoise-la-neuve"
    assert "  Semoise (21001) → Semoise-la-Neuve" in told(plan)
    loaded.row("communes.csv", "21001")["name"] = "Clairval"
    import_territories(loaded.write(), year=2028)
    found = Territory.objects.search("semoise")[0]
    assert (found.code, found.former_name) == ("21001", "Semoise")


def test_a_commune_that_takes_its_name_back_was_never_formerly_so_called(loaded: Files) -> None:
    for year, name in ((2027, "Clairval"), (2028, "Semoise")):
        loaded.row("communes.csv", "21001")["name"] = name
        import_territories(loaded.write(), year=year)
    names = TerritoryName.objects.filter(territory__code="21001")
    assert [name.name for name in names] == ["Clairval"]


def test_a_change_of_population_is_told_for_the_commune_and_its_epci(loaded: Files) -> None:
    loaded.row("communes.csv", "70002")["population"] = "1450"
    lines = told(import_territories(loaded.write(), year=2027))
    assert territory("70002").population == 1450
    assert territory(VAL).population == 4850
    assert "Changent de population\u00a0: 2" in lines
    assert "  L’Étang-St-Jean (70002)\u00a0: 400 → 1\u202f450" in lines


def test_a_commune_that_changes_epci_closes_one_perimeter_and_opens_another(loaded: Files) -> None:
    loaded.move("21001", PLATEAU)
    lines = told(import_territories(loaded.write(), year=2027))
    assert perimeters("21001") == [(VAL, 2026, 2027), (PLATEAU, 2027, None)]
    assert "  Semoise (21001)\u00a0: Communauté de communes du Val → Métropole du Plateau" in lines


def test_a_commune_corrected_the_same_year_was_never_in_the_wrong_epci(loaded: Files) -> None:
    loaded.move("21001", PLATEAU)
    import_territories(loaded.write(), year=2026)
    assert perimeters("21001") == [(PLATEAU, 2026, None)]


def test_a_commune_that_leaves_every_epci_keeps_the_years_it_was_in_one(loaded: Files) -> None:
    loaded.move("21001", "")
    import_territories(loaded.write(), year=2028)
    assert perimeters("21001") == [(VAL, 2026, 2028)]


def test_an_epci_that_vanishes_is_succeeded_by_the_one_that_took_most_of_its_people(
    loaded: Files,
) -> None:
    for code in ("70001", "70002", "70003"):
        loaded.move(code, PLATEAU)
    loaded.move("21001", "")
    loaded.drop("epci.csv", VAL)
    import_territories(loaded.write(), year=2027)
    val = territory(VAL)
    assert (val.vanished_on, val.successor) == (date(2027, 1, 1), territory(PLATEAU))
    for text in (VAL, "communaute de communes du val"):
        heir = Territory.objects.current().search(text)[0]
        assert (heir.code, heir.former_name) == (PLATEAU, "Communauté de communes du Val")
    assert import_territories(loaded.directory, year=2027).is_empty


def test_an_epci_whose_communes_scatter_has_no_successor(loaded: Files) -> None:
    """500 of its 1 300 inhabitants go to one, 400 to another, 400 to none."""
    loaded.row("communes.csv", "70001")["population"] = "500"
    import_territories(loaded.write(), year=2026)
    hills = "200000024"
    loaded.tables["epci.csv"].append(
        {"siren": hills, "name": "CC des Collines", "kind": "CC", "members": ""}
    )
    loaded.move("70001", PLATEAU)
    loaded.move("70002", hills)
    for code in ("70003", "21001"):
        loaded.move(code, "")
    loaded.drop("epci.csv", VAL)
    import_territories(loaded.write(), year=2027)
    assert territory(VAL).vanished_on == date(2027, 1, 1)
    assert territory(VAL).successor is None


def test_an_older_year_never_overwrites_a_newer_one(loaded: Files) -> None:
    with pytest.raises(OutdatedDataError, match="données de 2026"):
        import_territories(loaded.directory, year=2025)


# --- All or nothing ---------------------------------------------------------


def test_an_import_that_is_interrupted_leaves_nothing(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(plan: Plan) -> None:
        raise DatabaseError("the connection fell")

    monkeypatch.setattr(loading, "load_perimeters", fail)
    with pytest.raises(DatabaseError):
        import_territories(files.write(), year=2026)
    assert not Territory.objects.exists()
    assert not Department.objects.exists()


# --- The command ------------------------------------------------------------


def run(**options: Any) -> str:
    out = StringIO()
    call_command("import_territories", stdout=out, **options)
    return out.getvalue()


def test_the_command_tells_its_steps_and_what_changed(files: Files) -> None:
    said = run(directory=files.write())
    assert said.startswith("Lecture des fichiers…\nVérification…\n")
    assert "Apparues\u00a0: 8\n  Bourg (70001)\n" in said
    assert Territory.objects.count() == 8


def test_check_tells_what_would_change_and_writes_nothing(files: Files) -> None:
    said = run(directory=files.write(), check=True)
    assert "Apparues\u00a0: 8\n" in said
    assert "Vérifié, rien n’est écrit" in said
    assert not Territory.objects.exists()
    assert not Department.objects.exists()


def test_the_command_refuses_malformed_files_with_status_1(files: Files) -> None:
    files.row("communes.csv", "70001")["population"] = "beaucoup"
    err = StringIO()
    with pytest.raises(CommandError, match="rien n’est chargé") as refused:
        call_command("import_territories", directory=files.write(), stdout=StringIO(), stderr=err)
    assert refused.value.returncode == 1
    assert "communes.csv, ligne 2" in err.getvalue()


def test_the_data_that_comes_along_never_overwrites_a_later_year(loaded: Files) -> None:
    loaded.tables["communes.csv"].append(commune("13002", "Nouvelle", "10"))
    loaded.row("communes.csv", "13001")["name"] = "Île-Double"
    loaded.move("13001", PLATEAU)
    import_territories(loaded.write(), year=2030)
    assert "La base contient déjà les données de 2030." in run()
    assert Territory.objects.count() == 9
    with pytest.raises(CommandError, match="2030"):
        run(directory=loaded.directory, year=2029)
