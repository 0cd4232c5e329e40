"""The texts of the demonstration, read from data/demonstration.toml: fictitious, never results."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "demonstration.toml"


@cache
def read() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text())


def initiatives() -> dict[str, dict[str, Any]]:
    """The pool of practices, by code."""
    return {row["code"]: row for row in read()["initiative"]}


def answers() -> dict[str, dict[str, Any]]:
    """The answers to the questionnaire, by type of candidate."""
    return {row["size"]: row["values"] for row in read()["answers"]}
