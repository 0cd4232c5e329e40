"""The questions of probes.js, for Chromium to ask of a page."""

from pathlib import Path

PROBES = Path(__file__).with_suffix(".js")
