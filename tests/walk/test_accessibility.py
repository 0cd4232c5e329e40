"""axe finds nothing on any page, in both themes, on a desk and in a hand, and nothing overflows.

Every rule is on, those of WCAG 2.2 and the experimental ones that the RGAA asks for too; left out
are those of level AAA, those that axe has withdrawn, and the one that only says « look here ».
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.walk.contrast import faint
from tests.walk.pages import Page, hard_to_reach
from tests.walk.sample import sampled
from tests.walk.screen import Screen, shown

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTHS = (1280, 360)
LEFT_OUT = ["wcag2aaa", "deprecated", "review-item"]
RULES = """leftOut => Object.fromEntries(
    axe.getRules()
        .filter(rule => !rule.tags.some(tag => leftOut.includes(tag)))
        .map(rule => [rule.ruleId, {enabled: true}])
)"""
RUN = "options => axe.run(options).then(({violations, incomplete}) => [violations, incomplete])"
RESULTS = {"resultTypes": ["violations", "incomplete"]}
# The other rules say the same whatever the theme.
COLOURS = RESULTS | {"runOnly": ["color-contrast", "link-in-text-block"]}


@pytest.mark.parametrize("part", range(4))
def test_axe_finds_nothing(part: int, chromium: Browser, pages: list[Page]) -> None:
    """Split in four, for as many workers as there are. The sample is looked at closest."""
    screen = Screen(chromium)
    sample = list(sampled(pages).values())
    others = [page for page in shown(pages) if page not in sample] + hard_to_reach()
    assert len(others) > 80
    found = {}
    for page in [*sample, *others][part::4]:
        if problems := look(screen, page, closely=page in sample):
            found[str(page)] = problems
    assert found == {}, "\n" + json.dumps(found, indent=1, ensure_ascii=False)


def look(screen: Screen, page: Page, *, closely: bool) -> list[str]:
    """In each theme on each screen; closely is with every rule each time."""
    problems = []
    screen.tab.emulate_media(color_scheme="light")
    screen.show(page, width=WIDTHS[0])
    everything = RESULTS | {"rules": screen.tab.evaluate(RULES, LEFT_OUT)}
    for width, themes in ((WIDTHS[0], ("light", "dark")), (WIDTHS[1], ("dark", "light"))):
        screen.narrow(width)
        for rank, theme in enumerate(themes):
            screen.tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            asked = everything if closely or not rank else COLOURS
            with screen.laid_flat():  # what a bar covers is a scroll away
                violations, undecided = screen.tab.evaluate(RUN, asked)
            wrong = [describe(rule) for rule in violations]
            wrong += [it for rule in undecided for it in decide(screen, rule)]
            problems += [f"{width} {theme} {it}" for it in wrong]
    return problems + [f"asks {url}" for url in screen.asked_elsewhere]


def describe(rule: dict[str, Any]) -> str:
    return f"{rule['id']}: {[node['html'][:160] for node in rule['nodes'][:2]]}"


def decide(screen: Screen, rule: dict[str, Any]) -> list[str]:
    """What axe leaves to a person, where a rule of ours can tell."""
    if rule["id"] == "color-contrast":
        return faint(screen, [node["target"][0] for node in rule["nodes"]])
    if rule["id"] == "th-has-data-cells":
        # axe does not follow row groups; a table without them is told wrong.
        tables = [screen.tab.locator(node["target"][0]) for node in rule["nodes"]]
        if all(table.locator("th[scope=rowgroup]").count() for table in tables):
            return []
    return [f"undecided {describe(rule)}"]
