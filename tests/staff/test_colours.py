"""Each colour that is read upon another is told from it, in both themes."""

import pytest

from villes_internet.staff import charter


@pytest.mark.parametrize("theme", [charter.LIGHT, charter.DARK])
def test_what_is_read_is_told_from_what_it_stands_on(theme: str) -> None:
    tokens = charter.colours(theme)
    faint = {
        f"{pair.what} upon {pair.upon}": round(measured, 2)
        for pair in charter.PAIRS
        if (measured := charter.contrast(tokens[pair.what], tokens[pair.upon])) < pair.least
    }
    assert faint == {}


def test_no_colour_escapes_the_measure() -> None:
    measured = {name for pair in charter.PAIRS for name in (pair.what, pair.upon)}
    assert set(charter.colours(charter.LIGHT)) == measured | charter.QUIET
    assert set(charter.colours(charter.DARK)) == measured | charter.QUIET


@pytest.mark.parametrize(
    ("one", "other", "contrast"),
    [
        ("#000", "#fff", 21),
        ("#fff", "#000", 21),
        ("#777777", "#ffffff", 4.48),
        ("#0b3d91", "#fff", 10.04),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, contrast: float) -> None:
    assert charter.contrast(one, other) == pytest.approx(contrast, abs=0.01)
