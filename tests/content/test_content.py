"""The data that the project ships keeps its promises: counts, references and typography."""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
TERRITORIES = ROOT / "villes_internet/territories/data"

REFERENTIEL = ROOT / "labels/data/referentiel.toml"
MENTIONS = ROOT / "labels/data/mentions.toml"
CRITERIA = ROOT / "jury/data/criteria.toml"
QUESTIONNAIRE = ROOT / "candidatures/data/questionnaire.toml"
DEMONSTRATION = ROOT / "villes_internet/demo/data/demonstration.toml"
PRACTICES = ROOT / "villes_internet/demo/data/practices.toml"
FILES = [REFERENTIEL, MENTIONS, CRITERIA, QUESTIONNAIRE, DEMONSTRATION, PRACTICES]

Rows = dict[str, dict[str, str]]

SIZES = {"village", "ville", "territoire"}
VILLAGE_LIMIT = 3_000
TITLE_LIMIT = 60
NOT_A_TEXT = re.compile(r"[a-z0-9_-]+|2[AB]\d{3}|https://\S+")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
OVERSEAS_REGIONS = {"01", "02", "03", "04", "06"}
LA_REUNION = "04"

# Bounds in words, counted between spaces: an elided article and its noun count as one.
WORDS = {
    "summary": (30, 50),
    "context": (45, 75),
    "objectives": (28, 55),
    "course": (55, 90),
    "results": (28, 55),
}


def read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def families() -> list[dict[str, Any]]:
    return list(read(REFERENTIEL)["family"])


def themes() -> list[dict[str, Any]]:
    return [theme for family in families() for theme in family["theme"]]


def services() -> list[dict[str, Any]]:
    return [service for theme in themes() for service in theme["service"]]


def questions() -> list[dict[str, Any]]:
    sections = read(QUESTIONNAIRE)["section"]
    return [question for section in sections for question in section["question"]]


def initiatives() -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in read(PRACTICES)["initiative"]}


def strings(value: Any) -> Iterator[str]:
    """Every text of a document: neither a code (ASCII slug) nor an address."""
    if isinstance(value, dict):
        for child in value.values():
            yield from strings(child)
    elif isinstance(value, list):
        for child in value:
            yield from strings(child)
    elif isinstance(value, str) and not NOT_A_TEXT.fullmatch(value):
        yield value


def is_sentence(text: str) -> bool:
    return text[0].isupper() and text.endswith((".", "?", "\u202f!", "»"))


def assert_unique_slugs(codes: list[str]) -> None:
    assert [code for code in codes if not SLUG.fullmatch(code)] == []
    assert [code for code, times in Counter(codes).items() if times > 1] == []


# --- The référentiel and the mentions ---------------------------------------------------------


def test_referentiel_counts_4_families_16_themes_139_services() -> None:
    assert len(families()) == 4
    assert len(themes()) == 16
    assert len(services()) == 139
    assert all(6 <= len(theme["service"]) <= 11 for theme in themes())


def test_referentiel_codes_are_unique_slugs() -> None:
    assert_unique_slugs([row["code"] for row in [*families(), *themes(), *services()]])


@pytest.mark.parametrize("rows", [families, themes, services])
def test_referentiel_names_are_unique(rows: Any) -> None:
    names = [row["name"] for row in rows()]
    assert len(set(names)) == len(names)


def test_referentiel_says_what_is_assumed() -> None:
    assert [theme["code"] for theme in themes() if not theme["known"]] == ["transition-ecologique"]
    assert all(service["assumed"] is True for service in services())


def test_referentiel_describes_every_theme_and_service() -> None:
    described = [*themes(), *services()]
    assert [row["code"] for row in described if not is_sentence(row["description"])] == []
    assert [row["code"] for row in services() if len(row["description"]) > 100] == []


def test_mentions_hold_one_green() -> None:
    mentions = read(MENTIONS)["mention"]
    assert_unique_slugs([mention["code"] for mention in mentions])
    assert len(mentions) == 4
    green = [mention["code"] for mention in mentions if mention["green"]]
    assert green == ["transition-ecologique"]
    assert all(is_sentence(mention["description"]) for mention in mentions)


# --- The jury's criteria and the questionnaire ------------------------------------------------


def test_criteria_weigh_100_and_name_each_level() -> None:
    criteria = read(CRITERIA)["criterion"]
    assert_unique_slugs([criterion["code"] for criterion in criteria])
    assert len(criteria) == 6
    assert sum(criterion["weight"] for criterion in criteria) == 100
    for criterion in criteria:
        assert criterion["scale_max"] == 5
        assert len(set(criterion["levels"])) == criterion["scale_max"] + 1
        assert max(len(level) for level in criterion["levels"]) <= 24
        assert is_sentence(criterion["guidance"])


def test_questionnaire_is_thin() -> None:
    sections = read(QUESTIONNAIRE)["section"]
    assert len(sections) == 3
    assert_unique_slugs([row["code"] for row in [*sections, *questions()]])
    for size in SIZES:
        asked = asked_of(size).values()
        assert len(asked) <= 15
        assert 6 <= sum(row["required"] and "asked_if" not in row for row in asked) <= 9


def test_questions_carry_what_their_kind_needs() -> None:
    own_key = {
        "long_text": "max_words",
        "number": "unit",
        "choice": "choices",
        "choices": "choices",
        "table": "columns",
    }
    others = {"short_text", "amount", "yes_no", "date", "url", "files"}
    for question in questions():
        kind = question["kind"]
        assert kind in own_key.keys() | others
        given = {key for key in set(own_key.values()) if key in question}
        assert given == ({own_key[kind]} if kind in own_key else set()), question["code"]
        assert isinstance(question["required"], bool)
        assert set(question["candidate_types"]) <= SIZES
        assert question["label"].endswith("?")
        assert is_sentence(question["help"])


def test_each_type_has_a_question_that_another_has_not() -> None:
    own = [question["candidate_types"] for question in questions() if question["candidate_types"]]
    assert sorted(own) == [["territoire"], ["village"], ["ville", "territoire"]]


def test_a_condition_looks_at_what_was_asked_before() -> None:
    before: set[str] = set()
    for question in questions():
        for clause in question.get("asked_if", []) + question.get("required_if", []):
            assert clause.get("question", question["code"]) in before | {question["code"]}
            assert clause.get("question") != question["code"]
        before.add(question["code"])


def test_the_enjeux_offered_are_those_of_the_referentiel() -> None:
    [offered] = [row["choices"] for row in questions() if row["code"] == "enjeux-prioritaires"]
    assert offered == [theme["name"] for theme in themes()]


def asked_of(size: str) -> dict[str, dict[str, Any]]:
    return {
        question["code"]: question
        for question in questions()
        if not question["candidate_types"] or size in question["candidate_types"]
    }


# --- The demonstration: practices and answers -------------------------------------------------


def test_initiatives_have_a_code_and_a_short_title_of_their_own() -> None:
    rows = read(PRACTICES)["initiative"]
    assert_unique_slugs([row["code"] for row in rows])
    assert len({row["title"] for row in rows}) == len(rows)
    assert [row["title"] for row in rows if len(row["title"]) > TITLE_LIMIT] == []


def test_initiatives_use_the_words_of_the_project() -> None:
    known = {service["code"] for service in services()}
    bands = {"gratuit", "moins_5000", "5000_20000", "20000_100000", "plus_100000"}
    for code, row in initiatives().items():
        assert row["kind"] in {"projet", "lieu", "evenement", "service"}, code
        assert row["mode"] in {"regie", "association", "delegataire"}, code
        assert row["cost_band"] in bands, code
        assert 2023 <= row["started_on"].year <= 2026, code
        assert 1 <= len(row["services"]) <= 3, code
        assert len(set(row["services"])) == len(row["services"]), code
        assert set(row["services"]) <= known, code


def test_initiatives_still_run_or_are_recent() -> None:
    ended = [row for row in initiatives().values() if "ended_on" in row]
    assert ended
    assert all(row["started_on"].year >= 2025 for row in ended)
    assert all(row["started_on"] < row["ended_on"] for row in ended)


def test_a_good_number_of_initiatives_say_how_to_do_the_same() -> None:
    rows = initiatives().values()
    for field, least in (("audience", 35), ("partners", 30), ("tools", 35), ("links", 15)):
        assert sum(bool(row.get(field)) for row in rows) >= least, field
    for row in rows:
        assert all(len(tool) == 2 and tool[0] for tool in row.get("tools", [])), row["code"]
        assert all(".example/" in link for link in row.get("links", [])), row["code"]


def test_initiatives_touch_every_family() -> None:
    linked = {code for row in initiatives().values() for code in row["services"]}
    for family in families():
        own = {service["code"] for theme in family["theme"] for service in theme["service"]}
        assert own & linked, family["code"]


@pytest.mark.parametrize("field", WORDS)
def test_initiatives_have_the_length_of_a_sheet(field: str) -> None:
    low, high = WORDS[field]
    lengths = {code: len(row[field].split()) for code, row in initiatives().items()}
    assert {code: n for code, n in lengths.items() if not low <= n <= high} == {}
    assert all(is_sentence(row[field]) for row in initiatives().values())


def test_answers_fit_the_questionnaire() -> None:
    sets = read(DEMONSTRATION)["answers"]
    assert sorted(answers["size"] for answers in sets) == sorted(SIZES)
    for answers in sets:
        asked = asked_of(answers["size"])
        needed = {code for code, row in asked.items() if row["required"]}
        under_condition = {code for code, row in asked.items() if "asked_if" in row}
        assert needed - under_condition <= answers["values"].keys() <= asked.keys()
        for code, value in answers["values"].items():
            assert_answers(value, asked[code])


def assert_answers(value: Any, question: dict[str, Any]) -> None:
    match question["kind"]:
        case "long_text":
            assert len(value.split()) <= question["max_words"]
            assert is_sentence(value)
        case "short_text":
            assert 0 < len(value) <= 100
        case "number" | "amount":
            assert type(value) is int
            assert value >= 0
        case "yes_no":
            assert isinstance(value, bool)
        case "choice":
            assert value in question["choices"]
        case "choices":
            assert set(value) <= set(question["choices"])
        case "table":
            assert {len(row) for row in value} == {len(question["columns"])}
        case "date":
            assert date.fromisoformat(value)
        case "url":
            assert re.fullmatch(r"https://[a-z.-]+\.example/", value)


# --- The demonstration: territories -----------------------------------------------------------


@pytest.fixture(scope="module")
def communes() -> Rows:
    with (TERRITORIES / "communes.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def epcis() -> Rows:
    with (TERRITORIES / "epci.csv").open(encoding="utf-8", newline="") as file:
        return {row["siren"]: row for row in csv.DictReader(file)}


def entries(*kinds: str) -> list[dict[str, Any]]:
    demonstration = read(DEMONSTRATION)
    return [row for kind in kinds for row in demonstration[kind]]


def size_of(code: str, communes: Rows, epcis: Rows) -> str:
    if code in epcis:
        return "territoire"
    population = int(communes[code]["population"])
    return "village" if population < VILLAGE_LIMIT else "ville"


def region_of(code: str, communes: Rows, epcis: Rows) -> str:
    commune = epcis[code]["members"].split()[0] if code in epcis else code
    return communes[commune]["region"]


def test_territories_exist_and_carry_initiatives_of_their_size(communes: Rows, epcis: Rows) -> None:
    pool = initiatives()
    for row in entries("laureate", "candidate", "draft"):
        code = row["code"]
        assert code in communes or code in epcis, code
        told = {*row["initiatives"], *row.get("resumed", [])}
        assert len(told) == 3, code
        sizes = {pool[initiative]["size"] for initiative in told}
        assert sizes == {size_of(code, communes, epcis)}, code


def test_every_initiative_is_carried() -> None:
    carried = {code for row in entries("laureate", "candidate") for code in row["initiatives"]}
    assert carried == initiatives().keys()


def test_laureates_are_24_spread_over_the_country(communes: Rows, epcis: Rows) -> None:
    codes = [row["code"] for row in entries("laureate")]
    assert len(set(codes)) == len(codes) == 24
    sizes = Counter(size_of(code, communes, epcis) for code in codes)
    assert sizes == {"ville": 12, "village": 8, "territoire": 4}
    regions = [region_of(code, communes, epcis) for code in codes]
    assert len(set(regions)) >= 15
    assert sum(region in OVERSEAS_REGIONS for region in regions) >= 3
    assert LA_REUNION in regions


def test_laureates_hold_plausible_results() -> None:
    mentions = {mention["code"] for mention in read(MENTIONS)["mention"]}
    laureates = entries("laureate")
    assert {row["arobases"] for row in laureates} == {1, 2, 3, 4, 5}
    assert any(row["ten"] for row in laureates)
    for row in laureates:
        assert set(row["mentions"]) <= mentions, row["code"]
        assert row["arobases"] == 5 or not row["ten"], row["code"]
    assert {mention for row in laureates for mention in row["mentions"]} == mentions


def test_laureates_carry_nothing_that_started_after_their_edition() -> None:
    pool = initiatives()
    carried = {code for row in entries("laureate") for code in row["initiatives"]}
    assert [code for code in carried if pool[code]["started_on"].year > 2025] == []


def test_laureates_share_no_initiative() -> None:
    carried = Counter(code for row in entries("laureate") for code in row["initiatives"])
    assert [code for code, times in carried.items() if times > 1] == []


def test_candidates_are_12_of_which_two_come_back() -> None:
    codes = [row["code"] for row in entries("candidate")]
    assert len(set(codes)) == len(codes) == 12
    assert {"70450", "246700488"} <= set(codes)
    laureates = {row["code"] for row in entries("laureate")}
    shared = laureates & set(codes)
    assert len(shared) == 2
    assert not shared & {"70450", "246700488"}


def test_drafts_are_one_of_each_size(communes: Rows, epcis: Rows) -> None:
    sizes = [size_of(row["code"], communes, epcis) for row in entries("draft")]
    assert sorted(sizes) == sorted(SIZES)


# --- Typography -------------------------------------------------------------------------------

FAULTS = {
    "straight apostrophe": r"'",
    "straight quotation mark": r'"',
    "three dots instead of an ellipsis": r"\.\.\.",
    "« without a no-break space after it": r"«(?!\u00a0)",
    "» without a no-break space before it": r"(?<!\u00a0)»",
    "; ! or ? without a narrow no-break space before it": r"(?<!\u202f)[;!?]",
    ": without a no-break space before it": r"(?<!\u00a0):",
    "plain space inside a number or before its unit": r"\d (?=\d{3}\b|[%€])",
    "space before a comma or a full stop": r"\s[,.]",
    "doubled, leading or trailing space": r"\s{2}|^\s|\s$",
    "hyphen instead of a dash": r" - ",
    "ligature missing": r"\b[Cc]oeur|\b[Oo]euvre|\b[Ss]oeur|\b[Nn]oeud",
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("fault", FAULTS)
def test_typography(path: Path, fault: str) -> None:
    assert [text for text in strings(read(path)) if re.search(FAULTS[fault], text)] == []
