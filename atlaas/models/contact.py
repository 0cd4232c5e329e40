"""Who receives what is written about a sheet: kept apart from it, and shown to nobody."""

from __future__ import annotations

from django.db import models

from atlaas.models.sheet import Sheet


class SheetContact(models.Model):
    """The address behind a sheet's `contact_role`; whoever writes learns it only from an answer."""

    sheet = models.OneToOneField(Sheet, models.CASCADE, related_name="contact")
    email = models.EmailField("adresse électronique")

    class Meta:
        verbose_name = "contact d’une fiche"
        verbose_name_plural = "contacts d’une fiche"

    def __str__(self) -> str:
        return str(self.sheet_id)
