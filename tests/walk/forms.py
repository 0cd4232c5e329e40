"""The forms of a page, and how to fill them as a person in a hurry or a hostile one would."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Any
from xml.etree.ElementTree import Element

from django.core.files.uploadedfile import SimpleUploadedFile

NONSENSE = "🦓 <b>zut</b> " * 2_000
NOT_A_CHOICE = "999999"


class Filling(Enum):
    EMPTY = "empty"
    NONSENSE = "full of nonsense"


@dataclass(frozen=True)
class Form:
    """A form with its controls, those outside that name it included."""

    method: str
    action: str
    controls: tuple[Element, ...]

    @property
    def key(self) -> str:
        """Which form it is: two rows of a list hold the same one."""
        path = "".join("0" if sign.isdigit() else sign for sign in self.action)
        return f"{path}({', '.join(sorted({name_of(control) for control in self.controls}))})"

    @property
    def asks_something(self) -> bool:
        """False for a button alone."""
        return any(
            control.tag != "button" and control.get("type") not in {"hidden", "submit"}
            for control in self.controls
        )

    def filled(self, filling: Filling) -> dict[str, Any]:
        sent: dict[str, Any] = {}
        button_sent = False
        for control in self.controls:
            name = control.get("name", "")
            kind = control.get("type", "text") if control.tag == "input" else control.tag
            if not name or kind == "reset":
                continue
            if kind in {"submit", "button"}:
                if not button_sent:
                    sent[name] = control.get("value", "")
                button_sent = True
            elif kind == "hidden":
                sent[name] = control.get("value", "")
            elif filling is Filling.NONSENSE:
                sent[name] = _nonsense(kind)
            elif kind not in {"checkbox", "radio", "file", "select"}:
                sent[name] = ""
        return sent


def _nonsense(kind: str) -> Any:
    match kind:
        case "file":
            return SimpleUploadedFile("zut.pdf", NONSENSE.encode())
        case "radio" | "checkbox" | "select":
            return NOT_A_CHOICE
        case _:
            return NONSENSE


def forms_of(tree: Element, url: str) -> list[Form]:
    found = []
    for form in tree.iter("form"):
        inside = [control for control in form.iter() if _is_control(control)]
        outside = [
            control
            for control in tree.iter()
            if _is_control(control) and form.get("id") and control.get("form") == form.get("id")
        ]
        own = [control for control in inside if control.get("form") in {None, form.get("id")}]
        action = form.get("action") or url
        found.append(Form(form.get("method", "get").lower(), action, (*own, *outside)))
    return found


def name_of(control: Element) -> str:
    return re.sub(r"\d+", "0", control.get("name", ""))


def _is_control(element: Element) -> bool:
    return element.tag in {"input", "select", "textarea", "button"}
