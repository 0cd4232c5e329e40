"""What a person gets at an address: a row of cells, one for each of them.

A cell is a status, then the words that this person may find in the answer (see `tests.walk.cast`),
and no others. « sign-in » is being sent to the sign-in page.
"""

from __future__ import annotations

from tests.walk.people import ANONYMOUS, PEOPLE

Row = dict[str, str]
SIGN_IN = "sign-in"


def row(others: str, **cells: str) -> Row:
    """The cell of each person; a passer-by signs in first unless said otherwise."""
    unknown = set(cells) - set(PEOPLE)
    if unknown:
        raise ValueError(f"Nobody is called {unknown}")
    return {who: SIGN_IN if who == ANONYMOUS else others for who in PEOPLE} | cells


def everyone(cell: str) -> Row:
    return row(cell, anonymous=cell)


def agents(cell: str) -> Row:
    """Those who act for the territory; to all others it does not exist."""
    return row("404", reader=cell, contributor=cell, referent=cell)


def writers(cell: str) -> Row:
    """Of those who act for the territory, a reader changes nothing."""
    return row("404", reader="403", contributor=cell, referent=cell)


def signers(cell: str) -> Row:
    """Only a référent·e signs for the territory; the others who act for it may look."""
    return row("404", reader="403", contributor="403", referent=cell)


def vouchers(cell: str) -> Row:
    """Who composes the team: its référent·e·s, and the staff in their place."""
    return row("404", reader="403", contributor="403", referent=cell, staff=cell)


def chair(cell: str) -> Row:
    return row("404", chair=cell)


def staff(cell: str) -> Row:
    """Everybody knows that there is a staff: 403 to the others."""
    return row("403", staff=cell)


SIGNED_IN = row("200")
NOBODY = row("404")
NOT_EVEN_PASSERS_BY = everyone("404")

NOBODY_BUT_THE_NEIGHBOUR = row("404", neighbour="200 rival")


def address_of(scene: str) -> str:
    return scene.partition(", ")[0]
