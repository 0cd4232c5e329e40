"""The texts of the demonstration, read from data/: fictitious, never results."""

import tomllib
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
