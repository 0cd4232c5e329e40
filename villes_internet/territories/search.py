"""What a person means when they type a name, a postal code, an INSEE code or a SIREN.

Reads the text only; `TerritoryQuerySet.search` finds the rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from villes_internet.territories import spelling
from villes_internet.territories.choices import EpciKind

DEPARTMENT = re.compile(r"2[ab]|9[78]\d|\d\d", re.IGNORECASE)
FIVE = re.compile(r"\d[\dab]\d{3}", re.IGNORECASE)
SIREN = re.compile(r"\d{9}")
SHORTEST_FUZZY = 3  # letters; a shorter text is the beginning of a name

ABBREVIATED = {
    re.compile(r"(communaute de communes|cc)\b"): EpciKind.COMMUNITY_OF_COMMUNES,
    re.compile(r"(communaute d agglomeration|ca)\b"): EpciKind.AGGLOMERATION,
    re.compile(r"(communaute urbaine|cu)\b"): EpciKind.URBAN_COMMUNITY,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """`name` is a sort key; each of the others is empty when the text does not hold it."""

    name: str = ""
    department: str = ""
    code: str = ""  # INSEE code, postal code or SIREN
    postal_prefix: str = ""
    epci_kind: str = ""  # « CC du Pays de… », « communauté de communes »

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name, alone and behind each article: « rochelle » is « La Rochelle » too."""
        return (self.name, *(f"{article} {self.name}" for article in spelling.ARTICLES))

    @property
    def legal_nature(self) -> str:
        """That of `epci_kind`, as names begin with it."""
        return spelling.sort_key(spelling.LEGAL_NATURES[EpciKind(self.epci_kind)])


def understand(text: str) -> Wanted:
    """« La Rochelle (70) », « 70120 La Rochelle », « 246 700 488 », « 2A004 », « 701 »."""
    text = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}\b)", "", text.strip()[:160])
    words = re.findall(r"[^\s(),;]+", text)
    if len(words) == 1:
        return _understand_word(words[0])
    name, department, code = [], "", ""
    for word in words:
        if FIVE.fullmatch(word) or SIREN.fullmatch(word):
            code = word.upper()
        elif DEPARTMENT.fullmatch(word) and word == words[-1]:
            department = word.upper()
        else:
            name.append(word)
    key, epci_kind = _without_legal_nature(spelling.sort_key(" ".join(name)))
    return Wanted(name=key, department=department, code=code, epci_kind=epci_kind)


def _understand_word(word: str) -> Wanted:
    if FIVE.fullmatch(word) or SIREN.fullmatch(word):
        return Wanted(code=word.upper())
    if DEPARTMENT.fullmatch(word):
        return Wanted(department=word.upper())
    if re.fullmatch(r"\d{3,4}", word):
        return Wanted(postal_prefix=word)
    return Wanted(name=spelling.sort_key(word))


def _without_legal_nature(key: str) -> tuple[str, str]:
    """« communaute de communes du pays de falaise » is a CC whose name holds the rest.

    A thousand names begin so: what tells them apart is what follows.
    """
    for pattern, kind in ABBREVIATED.items():
        if match := pattern.match(key):
            rest = key[match.end() :].strip()
            return (rest if len(rest) >= SHORTEST_FUZZY else "", kind)
    return key, ""
