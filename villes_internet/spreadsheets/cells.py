"""What a cell holds, and what of a text any spreadsheet can read."""

import re
from datetime import date, datetime
from decimal import Decimal

from villes_internet.calendar import PARIS

Cell = str | int | Decimal | date | None  # a datetime is a date: it is written as Paris has it

# What XML refuses: most control characters, lone halves of a pair, and two that are no characters.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What a spreadsheet opening a CSV takes for the beginning of a formula; after apostrophes that are
# the text's own, so that the one which is added can be told from them.
FORMULA = re.compile(r"'*(\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")


def readable(text: str) -> str:
    """The text without what no file of a spreadsheet may hold."""
    return UNREADABLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def looks_like_a_formula(text: str) -> bool:
    return FORMULA.match(text) is not None


def in_paris(moment: datetime) -> datetime:
    """The hour on the clocks of Paris, to the minute, without its zone: files know none."""
    return moment.astimezone(PARIS).replace(tzinfo=None, second=0, microsecond=0)
