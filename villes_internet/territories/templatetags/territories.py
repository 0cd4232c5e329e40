"""How templates write the name of a territory where there is little room for it."""

from django import template

from villes_internet.territories.spelling import shortened

register = template.Library()

register.filter("shorten", shortened)
