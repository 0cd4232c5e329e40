"""How the names of territories are spelled: to sort, to compare, and to read.

People type « st etienne », « L’Hay les roses » or « evry »; INSEE writes « Saint-Étienne »,
« L'Haÿ-les-Roses » and « Évry ». Both sides of a comparison go through `sort_key`.
"""

import re
import unicodedata

from django.utils.text import slugify

from villes_internet.territories.choices import EpciKind

ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
ARTICLES = ("le", "la", "les", "l")

LEGAL_NATURES = {
    EpciKind.COMMUNITY_OF_COMMUNES: "Communauté de communes",
    EpciKind.AGGLOMERATION: "Communauté d’agglomération",
    EpciKind.URBAN_COMMUNITY: "Communauté urbaine",
}


def sort_key(name: str) -> str:
    """`name` in lower case, without accents or punctuation, « St » spelled out."""
    plain = unicodedata.normalize("NFKD", name.translate(LIGATURES))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    plain = re.sub(r"\bs/", "sur ", plain)
    words = re.findall(r"[a-z0-9]+", plain)
    return " ".join(ABBREVIATIONS.get(word, word) for word in words)


def slug(name: str) -> str:
    """`name` as it stands in an address: « l-hay-les-roses »."""
    return slugify(re.sub(r"['’]", " ", name.translate(LIGATURES)))


def typographic(name: str) -> str:
    """`name` as a French page prints it: ’, « », –, œ in « Cœur », single spaces."""
    name = re.sub(r"\"([^\"]+)\"|''([^']+)''", lambda m: f"«\u00a0{m[1] or m[2]}\u00a0»", name)
    name = re.sub(r"\s+-\s+", " – ", name.replace("'", "’"))
    name = re.sub(r"\b([CcSs])oe(ur)", r"\1œ\2", name)
    return re.sub(r"[ \t]+", " ", name).strip()


def epci_name(official: str, kind: str) -> str:
    """The readable name of an EPCI that the DGCL lists as « CC du Pays de… », « CA Bergeracoise ».

    The abbreviation of its legal nature is spelled out, unless the name already says it.
    """
    abbreviation, _, rest = official.partition(" ")
    if abbreviation != kind or kind not in LEGAL_NATURES:
        return typographic(official)
    nature = LEGAL_NATURES[EpciKind(kind)]
    rest = typographic(rest)
    if rest.startswith("«\u00a0") and rest.endswith("\u00a0»"):
        rest = rest[2:-2]
    if sort_key(nature) in sort_key(rest):
        return rest
    if rest.startswith("Communauté "):
        rest = rest.removeprefix("Communauté ")
    if rest.startswith("Agglomération d"):
        return f"{nature} {rest.removeprefix('Agglomération ')}"
    if rest.startswith("Intercommunale"):
        rest = rest[0].lower() + rest[1:]
    return f"{nature} {rest}"


def shortened(name: str, longest: int) -> str:
    """`name` in so many characters: « CA de la Presqu’île de Guérande… »."""
    for kind, nature in LEGAL_NATURES.items():
        if len(name) > longest and name.startswith(f"{nature} "):
            name = kind.value + name.removeprefix(nature)
    if len(name) <= longest:
        return name
    kept, space, _ = name[:longest].rpartition(" ")
    return (kept if space else name[: longest - 1]) + "…"
