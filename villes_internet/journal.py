"""Who did what and when: the base of each app's own journal."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class JournalEntry(models.Model):
    """One line of a journal, written in the transaction of what it tells, never changed after."""

    at = models.DateTimeField("le")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="par", null=True, related_name="+"
    )
    what = models.CharField("quoi", max_length=300, help_text="Une phrase en français.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.what
