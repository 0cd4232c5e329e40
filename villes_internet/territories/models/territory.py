"""The collectivités of France, and who belongs to which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    IntegerRangeField,
    RangeOperators,
)
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import TrigramStrictWordSimilarity, TrigramWordSimilarity
from django.db import models
from django.db.models import Case, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, Lower

from villes_internet.calendar import zone_of
from villes_internet.french import inhabitants
from villes_internet.territories.choices import (
    EpciKind,
    MembershipState,
    NameKind,
    Role,
    TerritoryKind,
    Zone,
)
from villes_internet.territories.search import SHORTEST_FUZZY, Wanted, understand

if TYPE_CHECKING:
    from villes_internet.users.models import User


LARGEST_FIRST = (models.F("population").desc(nulls_last=True), "sort_key", "code")
LONGEST_STRICT = 12  # letters; the planner gives the indexes up for more conditions on longer ones
LOOSEST = 0.5  # share of trigrams in common, from 0 to 1: PostgreSQL's own limit for a typo


class Region(models.Model):
    """A région of INSEE's COG, or an overseas collectivity that stands as its own."""

    code = models.CharField("code", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=80)
    zone = models.CharField("zone", max_length=5, choices=Zone.choices)

    class Meta:
        verbose_name = "région"

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A département of INSEE's COG, or an overseas collectivity that stands as its own."""

    code = models.CharField("code", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="région")
    zone = models.CharField("zone", max_length=5, choices=Zone.choices)

    class Meta:
        verbose_name = "département"

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def current(self) -> Self:
        """Those that exist today: a vanished commune keeps its row and its history."""
        return self.filter(vanished_on=None)

    def current_epci_of(self, commune: Territory) -> Self:
        """The EPCI that this commune belongs to today, if any."""
        return self.filter(members__commune=commune, members__years__upper_inf=True)

    def current_members_of(self, epci: Territory) -> Self:
        """The communes that make this EPCI today."""
        return self.current().filter(perimeters__epci=epci, perimeters__years__upper_inf=True)

    def for_user(self, user: User) -> Self:
        """Those that this person may act for: a granted rattachement, never one only asked for."""
        return self.filter(
            memberships__user=user.pk, memberships__state=MembershipState.ACTIVE
        ).distinct()

    def written_by(self, user: User) -> Self:
        """Those that this person writes for: readers are left out."""
        return self.filter(
            memberships__user=user.pk,
            memberships__state=MembershipState.ACTIVE,
            memberships__role__in=[Role.CONTRIBUTOR, Role.REFERENT],
        ).distinct()

    def search(self, text: str) -> Self:
        """Those that `text` may mean, the likeliest first, each with its département.

        `text` is a name (any accents, a typo, « st » for « saint »), an old name, a postal code or
        its beginning, an INSEE code or a SIREN, a name with a postal code or a département.
        Each row gets `former_name`: the old name or code that was recognised, if it was one.
        The caller limits them.
        """
        wanted = understand(text)
        if wanted == Wanted():
            return self.none()
        found = self.select_related("department")
        if wanted.department:
            found = found.filter(department=wanted.department)
        if wanted.epci_kind:
            found = found.filter(
                Q(epci_kind=wanted.epci_kind) | Q(other_keys__contains=f"|{wanted.legal_nature}")
            )
        if wanted.postal_prefix:
            found = found._with_postal_prefix(wanted.postal_prefix)
        if wanted.code:
            found = found._with_code(wanted.code)
        if wanted.name:
            return found._named(wanted)
        if wanted.code:
            return found.order_by("exactness", *LARGEST_FIRST)
        return found.annotate(former_name=Value("")).order_by(*LARGEST_FIRST)

    def _with_postal_prefix(self, prefix: str) -> Self:
        """Reads every row (8 ms): no index knows the beginnings of the codes in an array."""
        joined = Func(
            "postal_codes",
            Value(" "),
            function="array_to_string",
            output_field=models.TextField(),
        )
        return self.alias(postal=joined).filter(
            Q(postal__startswith=prefix) | Q(postal__contains=f" {prefix}")
        )

    def _with_code(self, code: str) -> Self:
        own = Q(code=code) | Q(siren=code)
        former = TerritoryName.objects.filter(code=code)
        found = Territory.objects.filter(own | Q(postal_codes__contains=[code])).values("pk")
        old = former.filter(territory=OuterRef("pk")).annotate(
            shown=Case(When(name="", then="code"), default="name")
        )
        return self.filter(pk__in=found.union(former.values("territory"))).annotate(
            exactness=Case(
                When(own, then=0), When(pk__in=former.values("territory"), then=1), default=2
            ),
            former_name=Case(
                When(exactness=1, then=Subquery(old.values("shown")[:1])), default=Value("")
            ),
        )

    def _named(self, wanted: Wanted) -> Self:
        """Exactly so named, then once so named, then beginning so, then holding it, then close."""
        name = wanted.name
        exact, begins, once = Q(sort_key__in=wanted.spellings), Q(), Q()
        for spelled in wanted.spellings:
            begins |= Q(sort_key__startswith=spelled)
            once |= Q(other_keys__contains=f"|{spelled}|")
        own, other = begins, Q(other_keys__contains=f"|{name}")
        if len(name) >= SHORTEST_FUZZY:
            own, other = _close(name, "sort_key"), _close(name, "other_keys")
        former = TerritoryName.objects.filter(territory=OuterRef("pk"), kind=NameKind.FORMER)
        nearest = (
            former.annotate(closeness=_closeness(name, "sort_key"))
            .filter(closeness__gt=Greatest(LOOSEST, _closeness(name, OuterRef("sort_key"))))
            .order_by("-closeness", "sort_key")
        )
        return (
            self.filter(own | other)
            .annotate(
                exactness=Case(
                    When(exact, then=0),
                    When(once, then=1),
                    When(begins, then=2),
                    When(sort_key__contains=f" {name}", then=3),
                    default=4,
                ),
                closeness=Case(
                    When(begins, then=Value(1.0)),
                    default=Greatest(_closeness(name, "sort_key"), _closeness(name, "other_keys")),
                    output_field=models.FloatField(),
                ),
                former_name=Case(
                    When(begins | Q(sort_key__contains=f" {name}"), then=Value("")),
                    default=Coalesce(Subquery(nearest.values("name")[:1]), Value("")),
                ),
            )
            .order_by("exactness", "-closeness", *LARGEST_FIRST)
        )


def _close(name: str, field: str) -> Q:
    """Holding `name`, or near it by a typo, as the trigram indexes can tell.

    A typo spoils most trigrams of a short name: whole words are then compared to whole words.
    """
    close = Q(**{f"{field}__trigram_word_similar": name})
    if len(name) <= LONGEST_STRICT:
        close |= Q(**{f"{field}__trigram_strict_word_similar": name})
    return close


def _closeness(name: str, field: str | OuterRef) -> Greatest:
    return Greatest(TrigramWordSimilarity(name, field), TrigramStrictWordSimilarity(name, field))


class Territory(models.Model):
    """A commune or an EPCI: what may apply to the label.

    `code` is INSEE's for a commune (5 characters, text) and the SIREN for an EPCI (9 digits).
    `population` is the *population municipale*, the only one that adds up.
    """

    code = models.CharField("code INSEE ou SIREN", max_length=9, unique=True)
    kind = models.CharField("nature", max_length=7, choices=TerritoryKind.choices)
    epci_kind = models.CharField(
        "nature juridique", max_length=5, choices=EpciKind.choices, blank=True
    )
    name = models.CharField("nom", max_length=160)
    sort_key = models.CharField(
        "clé de tri", max_length=160, help_text="Nom en minuscules, sans accent."
    )
    other_keys = models.TextField(
        "clés des autres noms",
        default="",
        db_default="",
        blank=True,
        help_text="Entre barres\u00a0: |evry|courcouronnes|. Tenues par l’import.",
    )
    slug = models.SlugField("nom dans l’adresse", max_length=160)
    siren = models.CharField("SIREN", max_length=9, blank=True, db_index=True)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        verbose_name="département",
        help_text="Pour une intercommunalité, celui de la plus grande part de sa population.",
    )
    postal_codes = ArrayField(
        models.CharField(max_length=5), verbose_name="codes postaux", default=list, blank=True
    )
    population = models.PositiveIntegerField("population municipale", null=True, blank=True)
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    vanished_on = models.DateField("disparue le", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, verbose_name="succédée par", null=True, blank=True, related_name="+"
    )

    former_name: str  # set by search()

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = "collectivité"
        indexes = (
            GinIndex(OpClass("sort_key", name="gin_trgm_ops"), name="territory_sort_key_trgm"),
            GinIndex(OpClass("other_keys", name="gin_trgm_ops"), name="territory_other_keys_trgm"),
            GinIndex(fields=["postal_codes"], name="territory_postal_codes"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    kind=TerritoryKind.COMMUNE, epci_kind="", code__regex=r"^[0-9][0-9AB][0-9]{3}$"
                )
                | Q(kind=TerritoryKind.EPCI, code__regex=r"^[0-9]{9}$"),
                name="territory_code_fits_kind",
                violation_error_message="Une commune a un code INSEE de 5 caractères, une "
                "intercommunalité un SIREN de 9 chiffres.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def label(self) -> str:
        """« La Rochelle (70) – Haute-Saône, 40 habitants »: homonyms told apart.

        Wants the département, which `search` brings along.
        """
        population = "" if self.population is None else f", {inhabitants(self.population)}"
        return f"{self.name} ({self.department_id}) – {self.department.name}{population}"

    @property
    def is_epci(self) -> bool:
        return self.kind == TerritoryKind.EPCI

    @property
    def clocks(self) -> ZoneInfo:
        """The time zone that its people live in."""
        return zone_of(self.department_id)


class TerritoryName(models.Model):
    """Another name people look for: that of a commune merged into this one, with its old code.

    The name is empty when only the old code is known. An EPCI's official name is kept here as the
    DGCL lists it (« CC du Pays de… ») when its own name spells it out.
    """

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="other_names")
    kind = models.CharField(
        "nature", max_length=8, choices=NameKind.choices, default=NameKind.FORMER
    )
    name = models.CharField("nom", max_length=160, blank=True)
    sort_key = models.CharField("clé de tri", max_length=160, blank=True)
    code = models.CharField("ancien code", max_length=9, blank=True, db_index=True)

    class Meta:
        verbose_name = "autre nom"
        constraints = (
            models.UniqueConstraint("territory", Lower("name"), "code", name="other_name_once"),
            models.CheckConstraint(
                condition=~Q(name="", code=""),
                name="other_name_says_something",
                violation_error_message="Un autre nom porte un nom ou un ancien code.",
            ),
        )

    def __str__(self) -> str:
        return self.name or self.code


class Perimeter(models.Model):
    """A commune's place in an EPCI over years: upper bound excluded, open while it lasts."""

    commune = models.ForeignKey(Territory, models.PROTECT, related_name="perimeters")
    epci = models.ForeignKey(Territory, models.PROTECT, related_name="members")
    years = IntegerRangeField("années")

    class Meta:
        verbose_name = "périmètre"
        constraints = (
            ExclusionConstraint(
                name="perimeter_one_epci_at_a_time",
                expressions=[
                    ("commune", RangeOperators.EQUAL),
                    ("years", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Une commune n’appartient qu’"
                "à une intercommunalité à la fois.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.commune_id} → {self.epci_id}"
