from atlaas.models.practice import Practice
from atlaas.models.sheet import Sheet

__all__ = ["Practice", "Sheet"]
