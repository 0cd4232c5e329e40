"""Template filters for what French asks and Django lacks: « 1er », « 14 h 05 », thin spaces."""

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.dateformat import format as format_date

from villes_internet.calendar import PARIS

register = template.Library()

NARROW = "\N{NARROW NO-BREAK SPACE}"
FEMININE = ("Communauté ", "Métropole ", "CC ", "CA ", "CU ")
# An initial H is taken for a breathed one: « de Haguenau » is right, and « de Hyères » not wrong.
VOWEL = re.compile(r"[AEIOUÀÂÉÈÊËÎÏÔÙÛŒÆ]|Y[^aeiouéèê]")


@register.filter
def of_name(place: object) -> str:
    """« de Gray », « d’Angers », « du Mans », « des Abymes », « de la Communauté de… »."""
    name = str(place)
    if name.startswith("Le "):
        return f"du {name[3:]}"
    if name.startswith("Les "):
        return f"des {name[4:]}"
    if name.startswith("Eurométropole "):
        return f"de l’{name}"
    if name.startswith(FEMININE):
        return f"de la {name}"
    return f"d’{name}" if VOWEL.match(name) else f"de {name}"


@register.filter
def to_name(place: object) -> str:
    """« à Gray », « au Mans », « aux Abymes », « à la Communauté de… »."""
    name = str(place)
    if name.startswith("Le "):
        return f"au {name[3:]}"
    if name.startswith("Les "):
        return f"aux {name[4:]}"
    if name.startswith("Eurométropole "):
        return f"à l’{name}"
    return f"à la {name}" if name.startswith(FEMININE) else f"à {name}"


@register.filter
def day(value: date | None) -> str:
    """« 1er février 2027 »."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    ordinal = "1er" if value.day == 1 else str(value.day)
    return f"{ordinal} {format_date(value, 'F Y')}"


@register.filter
def moment(value: date | None) -> str:
    """« 1er février 2027 à 14 h 05 », in Paris time; the day alone where no hour is known."""
    return _clock(timezone.localtime(value)) if isinstance(value, datetime) else day(value)


@register.filter
def there(value: datetime, zone: ZoneInfo) -> str:
    """The same by the clocks of that zone; nothing where they are those of Paris."""
    return "" if zone == PARIS else _clock(value.astimezone(zone))


def _clock(local: datetime) -> str:
    return f"{day(local.date())} à {local.hour}{NARROW}h{NARROW}{local.minute:02}"


@register.filter
def inhabitants(value: int | None) -> str:
    """« 1 habitant », « 517 000 habitants », or that the population is not known."""
    if value is None:
        return "population non connue"
    return f"{number(value)}\N{NO-BREAK SPACE}habitant{'s' if value >= 2 else ''}"


@register.filter
def number(value: Decimal | int) -> str:
    """« 5 035 000 » or « 4 200,50 », with narrow no-break spaces."""
    return f"{value:,}".translate({ord(","): NARROW, ord("."): ","})


@register.filter
def plural(value: int, endings: str = ",s") -> str:
    """The ending for this count: in French zero and one are singular. « 3|plural:"al,aux" »."""
    singular, several = endings.split(",")
    return several if abs(value) >= 2 else singular
