"""Malformed territorial data is refused line by line, and nothing of it is loaded."""

from collections.abc import Callable

import pytest

from tests.territories.files import PLATEAU, VAL, Files
from villes_internet.territories.importing import MalformedDataError, import_territories
from villes_internet.territories.models import Department, Territory

pytestmark = pytest.mark.django_db


def rename_column(files: Files) -> None:
    for row in files.tables["communes.csv"]:
        row["nom"] = row.pop("name")


def edit(file: str, code: str, /, **cells: str) -> Callable[[Files], None]:
    return lambda files: files.row(file, code).update(cells)


def repeat(file: str, code: str) -> Callable[[Files], None]:
    return lambda files: files.tables[file].append(dict(files.row(file, code)))


MALFORMED: list[tuple[str, Callable[[Files], None], str]] = [
    (
        "region zone",
        edit("regions.csv", "27", zone="x"),
        "regions.csv, ligne 2 : « x » : zone inconnue.",
    ),
    (
        "region twice",
        repeat("regions.csv", "27"),
        "regions.csv, ligne 4 : code 27 déjà lu à la ligne 2.",
    ),
    (
        "department's region",
        edit("departments.csv", "70", region="99"),
        "departments.csv, ligne 2 : « 99 » : région inconnue.",
    ),
    (
        "code that lost its zero",
        edit("communes.csv", "13001", code="1001"),
        "communes.csv, ligne 7 : « 1001 » n’est pas un code INSEE (5 caractères).",
    ),
    (
        "code twice",
        repeat("communes.csv", "13001"),
        "communes.csv, ligne 8 : code 13001 déjà lu à la ligne 7.",
    ),
    (
        "empty name",
        edit("communes.csv", "13001", name=" "),
        "communes.csv, ligne 7 : le nom est vide.",
    ),
    (
        "endless name",
        edit("communes.csv", "13001", name="a" * 121),
        "communes.csv, ligne 7 : le nom dépasse 120 caractères.",
    ),
    (
        "department",
        edit("communes.csv", "13001", department="96"),
        "communes.csv, ligne 7 : « 96 » : département inconnu.",
    ),
    (
        "region against department",
        edit("communes.csv", "13001", region="27"),
        "communes.csv, ligne 7 : le département 13 n’est pas dans la région 27.",
    ),
    (
        "negative population",
        edit("communes.csv", "13001", population="-3"),
        "communes.csv, ligne 7 : population « -3 » : attendu un entier positif, zéro ou rien.",
    ),
    (
        "population with a space",
        edit("communes.csv", "13001", population="1 200"),
        "communes.csv, ligne 7 : population « 1 200 » : attendu un entier positif, zéro ou rien.",
    ),
    (
        "postal code",
        edit("communes.csv", "13001", postal_codes="13000 1300"),
        "communes.csv, ligne 7 : « 1300 » n’est pas un code postal (5 chiffres).",
    ),
    (
        "siren key",
        edit("communes.csv", "13001", siren="211300012"),
        "communes.csv, ligne 7 : SIREN 211300012 : la clé de contrôle est fausse.",
    ),
    (
        "latitude",
        edit("communes.csv", "13001", latitude="91.5"),
        "communes.csv, ligne 7 : latitude « 91.5 » : attendu entre −90 et 90.",
    ),
    (
        "latitude alone",
        edit("communes.csv", "13001", longitude=""),
        "communes.csv, ligne 7 : latitude et longitude vont ensemble.",
    ),
    (
        "old code of a living commune",
        edit("communes.csv", "13001", former_codes="70002"),
        "communes.csv, ligne 7 : l’ancien code 70002 est celui d’une commune.",
    ),
    (
        "old code twice",
        edit("communes.csv", "13001", former_codes="70900"),
        "communes.csv, ligne 7 : ancien code 70900 déjà lu à la ligne 2.",
    ),
    (
        "epci against its members",
        edit("communes.csv", "13001", epci=VAL),
        f"communes.csv, ligne 7 : 13001 dit {VAL}, epci.csv dit aucune intercommunalité.",
    ),
    (
        "epci siren",
        edit("epci.csv", VAL, siren="20000000"),
        "epci.csv, ligne 2 : « 20000000 » n’est pas un SIREN (9 chiffres).",
    ),
    (
        "epci siren key",
        edit("epci.csv", VAL, siren="200000009"),
        "epci.csv, ligne 2 : SIREN 200000009 : la clé de contrôle est fausse.",
    ),
    (
        "epci kind",
        edit("epci.csv", VAL, kind="SIVOM"),
        "epci.csv, ligne 2 : « SIVOM » : nature juridique inconnue.",
    ),
    (
        "epci without members",
        edit("epci.csv", PLATEAU, members=""),
        "epci.csv, ligne 3 : l’intercommunalité n’a aucun membre.",
    ),
    (
        "unknown member",
        edit("epci.csv", PLATEAU, members="70004 70999"),
        "epci.csv, ligne 3 : le membre 70999 n’est pas une commune.",
    ),
    (
        "member of two",
        edit("epci.csv", PLATEAU, members="70004 70002"),
        f"epci.csv, ligne 3 : 70002 est déjà membre de {VAL}.",
    ),
    (
        "part of nothing",
        edit("former_communes.csv", "70900", part_of="70999"),
        "former_communes.csv, ligne 2 : 70999 n’est pas une commune.",
    ),
    ("column", rename_column, "communes.csv, ligne 1 : colonne absente : name."),
]


@pytest.mark.parametrize(
    ("spoil", "said"), [case[1:] for case in MALFORMED], ids=[case[0] for case in MALFORMED]
)
def test_a_malformed_file_is_refused_line_by_line(
    files: Files, spoil: Callable[[Files], None], said: str
) -> None:
    spoil(files)
    with pytest.raises(MalformedDataError) as refused:
        import_territories(files.write(), year=2026)
    assert said in [str(problem).replace("\u00a0", " ") for problem in refused.value.problems]
    assert not Territory.objects.exists()
    assert not Department.objects.exists()


def test_every_problem_is_told_at_once(files: Files) -> None:
    files.row("communes.csv", "70001")["population"] = "beaucoup"
    files.row("epci.csv", VAL)["kind"] = "?"
    with pytest.raises(MalformedDataError) as refused:
        import_territories(files.write(), year=2026)
    assert [(p.file, p.line) for p in refused.value.problems] == [
        ("communes.csv", 2),
        ("epci.csv", 2),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "epci.csv : fichier introuvable."),
        (b"", "epci.csv, ligne 1 : colonne absente : siren, name, kind, members."),
        (b"siren,name,kind,members\n", "epci.csv : le fichier ne contient aucune ligne."),
        (b"siren,name,kind,members\n200000008,V\n", "epci.csv, ligne 2 : 2 cellules au lieu de 4."),
        (
            "siren,name,kind,members\n200000008,Vallée,CC,70001\n".encode("latin-1"),
            "epci.csv : fichier illisible : il n’est pas encodé en UTF-8.",
        ),
    ],
    ids=["absent", "empty", "header alone", "short line", "latin-1"],
)
def test_a_file_that_is_no_such_table_is_refused(
    files: Files, content: bytes | None, said: str
) -> None:
    path = files.write() / "epci.csv"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(MalformedDataError) as refused:
        import_territories(files.directory, year=2026)
    assert str(refused.value.problems[0]).replace("\u00a0", " ") == said
