"""A picture has the colours of the pages."""

import re
from pathlib import Path

from django.conf import settings

from villes_internet.drawing import colours

CSS = (Path(settings.PROJECT) / "static/css/foundations.css").read_text()
LIGHT, DARK = CSS.split("@media (prefers-color-scheme: dark)", 1)


def token(name: str, sheet: str) -> str:
    found = re.search(rf"--{name}: #([0-9a-f]+);", sheet)
    assert found, name
    digits = found[1]
    return "#" + (digits if len(digits) == 6 else "".join(d + d for d in digits))


def test_each_colour_is_the_token_of_its_name() -> None:
    drawn = {name: value for name, value in vars(colours).items() if name.isupper()}
    dark = drawn.pop("PANEL_DARK")
    assert drawn == {name: token(name.lower().replace("_", "-"), LIGHT) for name in drawn}
    assert dark == token("panel", DARK)
