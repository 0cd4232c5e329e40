"""The house's two typefaces, on paper and on screen: Lato for reading, Source Serif for headings.

Both come whole from their packages. A page gets them cut down to what French is written with: some
15 kB each, made once per machine.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import font_lato
import font_source_serif_pro
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from fontTools import subset

# Where fontTools cuts the fonts, it would write the hour into them.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

LATO = Path(font_lato.font_directory)
SERIF = Path(font_source_serif_pro.__file__).parent / "files"

WEB_FONTS = {
    "fonts/lato-400.woff2": LATO / "Lato-Regular.ttf",
    "fonts/lato-700.woff2": LATO / "Lato-Bold.ttf",
    "fonts/source-serif-600.woff2": SERIF / "SourceSerifPro-Semibold.otf",
}
FRENCH = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "ŒœŸ–—‘’“”‹›…•€−"),
]
FEATURES = ["ccmp", "kern", "liga", "locl", "mark"]


def cut(whole: Path, to: Path) -> None:
    """Write `whole` as WOFF2 with the characters of French alone, under its name at once."""
    options = subset.Options(
        flavor="woff2", hinting=False, desubroutinize=True, layout_features=FEATURES
    )
    to.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=to.parent, suffix=".unfinished")
    os.close(handle)
    with subset.load_font(whole, options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=FRENCH)
        subsetter.subset(font)
        subset.save_font(font, unfinished, options)
    Path(unfinished).chmod(0o644)
    Path(unfinished).replace(to)


class WebFontFinder(BaseFinder):
    """Offers the cut fonts among the static files; the first to ask for one has it made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR / "cut")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        if path not in WEB_FONTS:
            return []
        found = Path(self.storage.path(path))
        if not found.exists():
            cut(WEB_FONTS[path], to=found)
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        for path in WEB_FONTS:
            self.find(path)
            yield path, self.storage
