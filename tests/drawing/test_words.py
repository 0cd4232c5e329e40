"""Any name fits, and is written with letters that the font has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villes_internet.drawing.words import Face, fit, font, legible, shortened

LONG = "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"


@given(text=st.text(max_size=160), face=st.sampled_from(Face), lines=st.integers(1, 4))
def test_whatever_is_written_stays_in_its_box(text: str, face: Face, lines: int) -> None:
    block = fit(text, face, width=860, height=200, most=150, lines=lines)
    widest = max(font(face, block.size).getlength(line) for line in block.lines)
    assert widest <= 860
    assert block.height <= 200
    assert block.size <= 150
    assert len(block.lines) <= lines


@given(text=st.text(max_size=160), face=st.sampled_from(Face))
def test_no_word_is_lost_between_two_lines(text: str, face: Face) -> None:
    block = fit(text, face, width=860, height=200, most=150, lines=3)
    assert "".join(block.lines).replace(" ", "") == legible(text, face).replace(" ", "")


def test_a_short_name_is_no_larger_than_allowed_and_a_long_one_takes_more_lines() -> None:
    short = fit("Y", Face.BOLD, width=860, height=200, most=150, lines=3)
    assert (short.lines, short.size) == (("Y",), 150)
    long = fit(LONG, Face.BOLD, width=860, height=200, most=150, lines=3)
    assert long.lines == ("Saint-Remy-en-Bouzemont-", "Saint-Genest-et-Isson")


def test_a_line_breaks_between_words_rather_than_inside_a_compound_name() -> None:
    name = "Communauté de communes de Villeneuve-sur-Lot"
    block = fit(name, Face.BOLD, width=860, height=400, most=90, lines=2)
    assert block.lines == ("Communauté de communes", "de Villeneuve-sur-Lot")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("L’Haÿ-les-Roses, Œuilly", "L’Haÿ-les-Roses, Œuilly"),
        ("« Où\u202f?\u00a0»", "« Où\u00a0?\u00a0»"),
        ("5\u202f035\u202f120", "5\u00a0035\u00a0120"),
        ("Porte\u2011à\u2011porte", "Porte-à-porte"),
        ("Faʻaʻā", "Fa‘a‘a"),
        ("Le bus 🚌 passe", "Le bus passe"),
        ("E\u0301te\u0301", "Été"),
        ("🚌", ""),
    ],
)
def test_what_the_font_lacks_is_written_with_its_nearest(written: str, read: str) -> None:
    assert legible(written, Face.BOLD) == read


def test_a_line_too_long_loses_its_last_words() -> None:
    line = shortened("Développement économique et attractivité", Face.REGULAR, 28, 400)
    assert line == "Développement économique…"
    assert shortened("Médiation", Face.REGULAR, 28, 400) == "Médiation"
    assert shortened("Médiation", Face.REGULAR, 28, 40) == ""
