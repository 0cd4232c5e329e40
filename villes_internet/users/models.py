"""A person, known by their e-mail address alone."""

from __future__ import annotations

import zlib
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

DISCS = 8  # colours, as many as the tokens --disc-1, --disc-2… of the stylesheet


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a person; without a password they sign in by a code sent to `email`."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person: agent, élu·e, juror or member of the association's staff, or several of them."""

    email = models.EmailField("adresse électronique", max_length=254, unique=True)
    full_name = models.CharField("prénom et nom", max_length=150)
    is_staff = models.BooleanField(
        "équipe de l’association", default=False, help_text="Donne accès à l’espace de gestion."
    )
    is_active = models.BooleanField("compte actif", default=True)
    date_joined = models.DateTimeField("inscription", default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "personne"
        verbose_name_plural = "personnes"
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_any_case",
                violation_error_message="Un compte existe déjà avec cette adresse électronique.",
            ),
        )

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def initials(self) -> str:
        """« IM » for Inès Moreau, « JT » for Jean-Luc de la Tour; one letter for a single word."""
        words = [word for word in str(self).split() if word[0].isalnum()] or [str(self)]
        return "".join(word[0].upper()[0] for word in [*words[:1], *words[1:][-1:]])

    @property
    def disc(self) -> int:
        """Which colour their initials stand on, the same everywhere and for ever."""
        return zlib.crc32(self.email.encode()) % DISCS + 1
