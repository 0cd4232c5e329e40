from atlaas.models.contact import SheetContact
from atlaas.models.history import SheetEntry
from atlaas.models.illustration import Illustration, SheetIllustration
from atlaas.models.practice import Practice
from atlaas.models.sheet import Sheet

__all__ = ["Illustration", "Practice", "Sheet", "SheetContact", "SheetEntry", "SheetIllustration"]
