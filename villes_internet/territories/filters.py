"""How the staff look for a rattachement."""

from typing import ClassVar

import django_filters
from django.db.models import Q, QuerySet

from villes_internet.filters import FilterSet
from villes_internet.territories import spelling
from villes_internet.territories.choices import MembershipState, Role
from villes_internet.territories.models import Membership


class MembershipFilter(FilterSet):
    etat = django_filters.ChoiceFilter(
        field_name="state", choices=MembershipState.choices, label="État", empty_label="Tous"
    )
    role = django_filters.ChoiceFilter(choices=Role.choices, label="Rôle", empty_label="Tous")
    q = django_filters.CharFilter(
        label="Personne ou collectivité", method="by_name", max_length=100
    )

    class Meta:
        model = Membership
        fields: ClassVar[list[str]] = []

    def by_name(
        self, queryset: QuerySet[Membership], name: str, value: str
    ) -> QuerySet[Membership]:
        return queryset.filter(
            Q(territory__sort_key__contains=spelling.sort_key(value))
            | Q(territory__code=value.upper())
            | Q(user__full_name__unaccent__icontains=value)
            | Q(user__email__icontains=value)
        )
