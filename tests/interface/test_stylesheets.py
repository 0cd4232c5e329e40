"""A stylesheet that two merges left open would undress the site without a word."""

import re
from pathlib import Path

import pytest
from django.conf import settings

STYLESHEETS = sorted((Path(settings.PROJECT) / "static" / "css").glob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LEFT_BY_A_MERGE = re.compile(r"^(<{7}|={7}|>{7})", re.MULTILINE)


@pytest.mark.parametrize("stylesheet", STYLESHEETS, ids=lambda path: path.name)
def test_every_rule_is_closed_and_every_merge_settled(stylesheet: Path) -> None:
    rules = COMMENT.sub("", stylesheet.read_text())
    assert rules.count("{") == rules.count("}")
    assert LEFT_BY_A_MERGE.search(rules) is None
