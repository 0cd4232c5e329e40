"""Each link of the footer and of the plan leads somewhere, and the plan forgets no public page."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from django.test import Client

from tests.factories.labels import NOW, AwardFactory, EditionFactory
from tests.walk.addresses import every_address
from tests.walk.people import ANONYMOUS
from tests.walk.rights import READ

pytestmark = pytest.mark.django_db

# Nobody looks for them in a plan: the end of a form, pictures, and what machines read.
NOT_ON_THE_PLAN = {
    "pages:contact_sent",
    "pages:security",
    "pages:robots",
    "pages:sitemap",
    "atlaas:picture",
    "favicon",
    "health",
    "account_inactive",
}


@pytest.fixture(autouse=True)
def palmares() -> None:
    AwardFactory(edition=EditionFactory(proclaimed_at=NOW))


def tree(client: Client, url: str) -> Element:
    root: Element = tinyhtml5.parse(client.get(url).content.decode(), namespace_html_elements=False)
    return root


def links(root: Element, within: str) -> list[str]:
    return [a.get("href", "") for part in root.iter(within) for a in part.iter("a")]


@pytest.mark.parametrize(
    ("url", "within", "fewest"),
    [("/", "footer", 12), ("/plan-du-site/", "main", 18)],
    ids=["footer", "plan"],
)
def test_every_link_answers(url: str, within: str, fewest: int, client: Client) -> None:
    found = links(tree(client, url), within)
    assert len(found) == len(set(found)) >= fewest
    answers = {link: client.get(link, follow=True).status_code for link in found}
    assert answers == dict.fromkeys(found, 200)


def test_the_plan_leads_to_every_public_page(client: Client) -> None:
    public = {
        address.url({})
        for name, address in every_address().items()
        if not address.parameters and name not in NOT_ON_THE_PLAN
        if READ.get(name, {}).get(ANONYMOUS, "").startswith("200")
    }
    assert len(public) > 12
    assert public - set(links(tree(client, "/plan-du-site/"), "main")) == set()


def test_a_link_to_a_part_of_another_page_finds_it(client: Client) -> None:
    lost = []
    for url in ("/aide/", "/aide/agents/", "/aide/jures/", "/contact/", "/donnees-personnelles/"):
        for link in links(tree(client, url), "main"):
            page, _, part = link.partition("#")
            if page and part and part not in {e.get("id") for e in tree(client, page).iter()}:
                lost.append((url, link))
    assert lost == []
