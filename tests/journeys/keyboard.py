"""Somebody who has a keyboard and nothing else, and who looks at the screen at each key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

MOST_STOPS = 120  # nobody presses Tab longer than that


@dataclass
class Keyboard:
    """Each stop must be in sight and show its ring; `wrong` tells those that are not."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def find(self, role: str, name: str) -> Locator:
        return self.page.get_by_role(role, name=name)  # type: ignore[arg-type]

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """In place of what the field holds."""
        self.press("Control+A")
        self.page.keyboard.type(text)

    def go_to(self, wanted: Locator, *, key: str = "Tab") -> None:
        """From stop to stop until the focus is there; « Shift+Tab » goes back."""
        passed: list[str] = []
        while len(passed) < MOST_STOPS:
            self.press(key)
            here = self.look()
            if here is None:
                break
            passed.append(here)
            if self.is_on(wanted):
                return
        raise AssertionError(f"{self.page.url}: {wanted} is not among the stops {passed}")

    def is_on(self, wanted: Locator) -> bool:
        has_focus = wanted.evaluate_all("found => found.includes(document.activeElement)")
        return bool(has_focus)

    def look(self) -> str | None:
        """What has the focus; nothing past the last stop of the page."""
        focus = self.page.evaluate("probes.focus()")
        if focus is None:
            return None
        self.wrong += [f"{self.page.url}: {wrong}" for wrong in focus["wrong"]]
        return str(focus["name"])

    def reach(self, role: str, name: str, *, key: str = "Tab") -> None:
        self.go_to(self.find(role, name), key=key)

    def leave_by(self, role: str, name: str) -> None:
        """Go to a link or to a button and press Enter: another page comes."""
        self.reach(role, name)
        with self.page.expect_navigation():
            self.press("Enter")

    def follow(self, name: str) -> None:
        self.leave_by("link", name)

    def jump(self, name: str) -> None:
        """Follow a link to further down the page."""
        self.reach("link", name)
        self.press("Enter")

    def send(self, name: str) -> None:
        self.leave_by("button", name)

    def fill(self, name: str, text: str, *, role: str = "textbox") -> None:
        self.reach(role, name)
        self.write(text)

    def move_until(self, key: str, holds: Callable[[], bool]) -> None:
        """Press an arrow until the group or the list has what is wanted."""
        for _ in range(MOST_STOPS):
            self.press(key)
            if holds():
                return
        raise AssertionError(f"{key} never brought it, at {self.look()}")
