"""How the staff look for a letter."""

from typing import ClassVar

import django_filters

from villes_internet.filters import FilterSet
from villes_internet.mail.choices import MessageState
from villes_internet.mail.models import Message


class MessageFilter(FilterSet):
    etat = django_filters.ChoiceFilter(
        field_name="state", choices=MessageState.choices, label="État", empty_label="Tous"
    )
    destinataire = django_filters.CharFilter(
        field_name="to", lookup_expr="icontains", label="Destinataire"
    )

    class Meta:
        model = Message
        fields: ClassVar[list[str]] = []
