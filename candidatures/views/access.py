"""How these views fetch what the person may see; anything else does not exist."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from candidatures.models import Candidature, Initiative
from villes_internet.users.access import signed_in


def visible(request: HttpRequest) -> QuerySet[Candidature]:
    return Candidature.objects.for_user(signed_in(request)).with_details()


def get_candidature(request: HttpRequest, pk: int) -> Candidature:
    return get_object_or_404(visible(request), pk=pk)


def get_initiative(request: HttpRequest, pk: int, initiative_pk: int) -> Initiative:
    candidature = get_candidature(request, pk)
    initiative = get_object_or_404(Initiative, pk=initiative_pk, candidature=candidature)
    initiative.candidature = candidature
    return initiative
