"""How these views fetch what the person may see, and tell them that it is taken."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from candidatures.models import Candidature, Initiative
from villes_internet.users.access import signed_in

TAKEN = "taken"  # a message with it: what the device kept of the form is not offered back


def visible(request: HttpRequest) -> QuerySet[Candidature]:
    return Candidature.objects.for_user(signed_in(request)).with_details()


def get_candidature(request: HttpRequest, pk: int) -> Candidature:
    return get_object_or_404(visible(request), pk=pk)


def get_initiative(request: HttpRequest, pk: int, initiative_pk: int) -> Initiative:
    """With its dossier; one query."""
    return get_object_or_404(
        Initiative.objects.select_related(
            "candidature__edition", "candidature__territory__department__region"
        ),
        pk=initiative_pk,
        candidature__in=Candidature.objects.for_user(signed_in(request)).filter(pk=pk),
    )
