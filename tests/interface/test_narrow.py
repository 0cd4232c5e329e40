"""A list that is narrowed says by what, and how to lift each criterion."""

from __future__ import annotations

import django_filters
import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client

from tests.factories.labels import NOW, AwardFactory, EditionFactory, MentionFactory
from tests.factories.users import UserFactory
from villes_internet.filters import Criterion, FilterSet
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


class PeopleFilter(FilterSet):
    q = django_filters.CharFilter(label="Nom", field_name="full_name", lookup_expr="icontains")
    role = django_filters.ChoiceFilter(
        label="Rôle",
        field_name="is_staff",
        choices=[(1, "équipe"), (0, "agent")],
        empty_label="Tous",
    )
    account = django_filters.ModelMultipleChoiceFilter(
        label="Compte", field_name="pk", queryset=User.objects.all()
    )


def narrowed(query: str) -> PeopleFilter:
    return PeopleFilter(QueryDict(query), User.objects.order_by("pk"))


def test_each_criterion_says_what_was_asked_and_leads_to_the_list_without_it() -> None:
    assert narrowed("q=zoé&role=1&page=3&tri=-nom").criteria == [
        Criterion("q", "Nom", "«\u00a0zoé\u00a0»", "?role=1&tri=-nom"),
        Criterion("role", "Rôle", "équipe", "?q=zo%C3%A9&tri=-nom"),
    ]


def test_several_values_of_one_criterion_are_lifted_together() -> None:
    people = [UserFactory(full_name="Inès Moreau"), UserFactory(full_name="Amadou Ba")]
    asked = narrowed("&".join(f"account={person.pk}" for person in people))
    [criterion] = asked.criteria
    assert criterion.value == "Inès Moreau, Amadou Ba"
    assert criterion.url == "?"


def test_nothing_asked_narrows_nothing() -> None:
    assert narrowed("").criteria == []
    assert narrowed("q=&role=").criteria == []
    assert PeopleFilter(None, User.objects.all()).criteria == []


def test_what_is_refused_is_no_criterion_and_opens_the_fold() -> None:
    asked = narrowed("q=zoé&role=chef")
    assert [criterion.name for criterion in asked.criteria] == ["q"]
    assert asked.has_refused_choice
    assert not narrowed("q=zoé").has_refused_choice


def test_the_fold_counts_what_it_hides_only() -> None:
    assert narrowed("q=zoé").chosen == 0
    assert narrowed("q=zoé&role=0").chosen == 1


def test_the_order_of_the_list_survives_a_new_search_but_not_its_page() -> None:
    assert narrowed("q=zoé&tri=-nom&page=3").kept == [("tri", "-nom")]
    html = render_to_string(
        "components/filters.html",
        {"filter": narrowed("q=zoé&tri=-nom&page=3"), "label": "Chercher"},
    )
    assert '<input type="hidden" name="tri" value="-nom">' in html
    assert 'name="page"' not in html


def test_what_was_typed_is_shown_as_text() -> None:
    html = render_to_string("components/filters.html", {"filter": narrowed("q=<b>zut</b>")})
    assert "<b>zut" not in html
    assert "&lt;b&gt;zut&lt;/b&gt;" in html


def test_the_palmares_says_what_narrows_it(client: Client) -> None:
    edition = EditionFactory(year=2026, ceremony=True, proclaimed_at=NOW)
    mention = MentionFactory(edition=edition, name="Démocratie locale")
    AwardFactory(edition=edition, level=5).mentions.add(mention)
    page = client.get(f"/palmares/2026/?arobases=5&mention={mention.code}").content.decode()
    assert 'href="?arobases=5"' in page
    assert f'href="?mention={mention.code}"' in page
    assert "2 choisis" in page
