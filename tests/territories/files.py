"""The files of a France of six communes, to be changed line by line and written to a folder."""

import csv
from copy import deepcopy
from pathlib import Path

VAL, PLATEAU = "200000008", "200000016"

Rows = list[dict[str, str]]

SMALL_FRANCE: dict[str, Rows] = {
    "regions.csv": [
        {"code": "27", "name": "Bourgogne-Franche-Comté", "zone": "metro"},
        {"code": "93", "name": "Provence-Alpes-Côte d'Azur", "zone": "metro"},
    ],
    "departments.csv": [
        {"code": "70", "name": "Haute-Saône", "region": "27", "zone": "metro"},
        {"code": "21", "name": "Côte-d'Or", "region": "27", "zone": "metro"},
        {"code": "13", "name": "Bouches-du-Rhône", "region": "93", "zone": "metro"},
    ],
    "communes.csv": [],
    "epci.csv": [
        {"siren": VAL, "name": "CC du Val", "kind": "CC", "members": "70001 70002 70003 21001"},
        {"siren": PLATEAU, "name": "Métropole du Plateau", "kind": "METRO", "members": "70004"},
    ],
    "former_communes.csv": [
        {"code": "70900", "name": "Vieux-Bourg", "kind": "deleguee", "part_of": "70001"},
        {"code": "70001", "name": "Bourg-Bas", "kind": "deleguee", "part_of": "70001"},
    ],
}


def commune(
    code: str, name: str, population: str = "500", epci: str = "", **more: str
) -> dict[str, str]:
    return {
        "code": code,
        "name": name,
        "zone": "metro",
        "department": code[:2],
        "region": "93" if code.startswith("13") else "27",
        "epci": epci,
        "siren": "",
        "postal_codes": f"{code[:2]}120",
        "population": population,
        "latitude": "47.7",
        "longitude": "5.7",
        "former_codes": "",
        **more,
    }


SMALL_FRANCE["communes.csv"] = [
    commune("70001", "Bourg", "3000", VAL, former_codes="70900 70901"),
    commune("70002", "L'Étang-St-Jean", "400", VAL),
    commune("70003", "Sainte-Œuvre", "300", VAL),
    commune("21001", "Semoise", "100", VAL),
    commune("70004", "Le Plateau", "", PLATEAU, latitude="", longitude=""),
    commune("13001", "Île-Seule", "0"),
]


class Files:
    """Small France in a folder; `rows` finds the row of a code, to change or to drop it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.tables = deepcopy(SMALL_FRANCE)

    def row(self, file: str, code: str) -> dict[str, str]:
        key = "siren" if file == "epci.csv" else "code"
        return next(row for row in self.tables[file] if row[key] == code)

    def drop(self, file: str, code: str) -> None:
        self.tables[file].remove(self.row(file, code))

    def move(self, code: str, epci: str) -> None:
        """Another EPCI for a commune, in both files that say it."""
        for row in self.tables["epci.csv"]:
            members = [member for member in row["members"].split() if member != code]
            row["members"] = " ".join([*members, code] if row["siren"] == epci else members)
        self.row("communes.csv", code)["epci"] = epci

    def merge(self, code: str, into: str) -> None:
        """`code` is no more, and `into` has its old code."""
        self.move(code, "")
        self.drop("communes.csv", code)
        row = self.row("communes.csv", into)
        row["former_codes"] = f"{row['former_codes']} {code}".strip()

    def write(self) -> Path:
        for file, rows in self.tables.items():
            with (self.directory / file).open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
        return self.directory
