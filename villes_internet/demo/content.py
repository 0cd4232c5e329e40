"""The texts of the demonstration, read from data/: fictitious, never results."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def read() -> dict[str, Any]:
    """Who applies, with which practices and answers, and with what result."""
    return tomllib.loads((DATA / "demonstration.toml").read_text())


@cache
def initiatives() -> dict[str, dict[str, Any]]:
    """The pool of practices, by code."""
    rows = tomllib.loads((DATA / "practices.toml").read_text())["initiative"]
    return {row["code"]: row for row in rows}


def answers() -> dict[str, dict[str, Any]]:
    """The answers to the questionnaire, by type of candidate."""
    return {row["size"]: row["values"] for row in read()["answers"]}


def told_by(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The practices that a territory tells, and those of its neighbourhoods.

    One neighbourhood in four stopped long ago: its sheet is too old for the editions to come.
    """
    told = [initiatives()[code] for code in row["initiatives"]]
    places = row.get("neighbourhoods", [])
    return told + [
        _in_neighbourhood(one, place, has_stopped=rank % 4 == 3)
        for one in told
        for rank, place in enumerate(places)
    ]


def _in_neighbourhood(one: dict[str, Any], place: str, *, has_stopped: bool) -> dict[str, Any]:
    where = f"quartier {place}"
    dates = {"started_on": date(2023, 9, 1), "ended_on": date(2025, 6, 30)} if has_stopped else {}
    summary = f"{where.capitalize()}. {one['summary']}"
    return one | {"title": f"{one['title']}, {where}", "summary": summary, "pictures": 0} | dates
