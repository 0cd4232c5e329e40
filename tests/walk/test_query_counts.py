"""A list asks the database as much for three rows as for one: the numbers are written here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.walk import agent_visits, staff_visits, visits
from tests.walk.cast import browser
from tests.walk.pages import Page, undone
from tests.walk.visits import Visit
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class List:
    """`write` makes that many rows, and says who looks at them and where."""

    queries: int
    write: Callable[[int], Visit]
    fewest: int = 1
    most: int = 3


LISTS = {
    "atlaas:home": List(15, visits.home),
    "labels:palmares": List(12, visits.palmares),
    "atlaas:sheets": List(8, visits.library),
    "atlaas:feed": List(2, visits.feed),
    "atlaas:sheet": List(7, visits.sheet),
    "atlaas:territory": List(11, visits.territory),
    "atlaas:territories": List(3, visits.territories),
    "pages:sitemap": List(5, visits.site_map_index),
    "pages:sitemap_section, fiches": List(2, visits.site_map("fiches")),
    "pages:sitemap_section, territoires": List(2, visits.site_map("territoires")),
    "pages:sitemap_section, palmares": List(2, visits.site_map("palmares")),
    "demo:mailbox": List(2, visits.mailbox),
    "demo:message": List(1, visits.received_message),
    "candidatures:index": List(18, agent_visits.candidatures),
    "candidatures:thread": List(8, agent_visits.thread),
    "candidatures:correction": List(7, agent_visits.correction),
    "candidatures:correction, in documents": List(8, agent_visits.documents_to_correct),
    "candidatures:correction, of documents, made": List(8, agent_visits.corrected_documents),
    "candidatures:detail": List(30, agent_visits.candidature),
    "candidatures:detail, resumable": List(33, agent_visits.resumable_candidature),
    "candidatures:deposit": List(19, agent_visits.deposit),
    "candidatures:approve": List(8, agent_visits.approve),
    "candidatures:ask_approval": List(17, agent_visits.ask_approval),
    "candidatures:past_deposit": List(7, agent_visits.past_deposit),
    "candidatures:section": List(12, agent_visits.section),
    "candidatures:earlier_answers": List(8, agent_visits.earlier_answers),
    "candidatures:earlier_passages": List(8, agent_visits.earlier_passages),
    "candidatures:attachments": List(6, agent_visits.attachments),
    "candidatures:illustrations": List(6, agent_visits.illustrations),
    "candidatures:resume": List(14, agent_visits.resume),
    "candidatures:resume_answers": List(10, agent_visits.resume_answers),
    "candidatures:resume_practices": List(16, agent_visits.resume_practices),
    "candidatures:change_initiative": List(14, agent_visits.initiative),
    "candidatures:change_initiative, resumed": List(16, agent_visits.resumed_initiative),
    "candidatures:add_initiative": List(9, agent_visits.new_initiative),
    "candidatures:import_initiatives": List(6, agent_visits.import_page),
    "territories:memberships": List(4, agent_visits.memberships),
    "territories:team": List(8, agent_visits.team),
    "territories:new_membership": List(4, agent_visits.new_membership),
    "account_email": List(5, agent_visits.addresses),
    "jury:index": List(4, visits.seats, fewest=2),  # a single seat leads to its readings
    "jury:dashboard": List(7, visits.readings),
    "jury:affiliations": List(7, visits.affiliations),
    "jury:declaration": List(6, visits.declaration),
    "jury:review": List(13, visits.review),
    "jury:deliberation": List(10, visits.deliberation),
    "jury:decide": List(16, visits.decision),
    "staff_home": List(15, staff_visits.staff_home),
    "labels_staff:editions": List(5, staff_visits.editions),
    "labels_staff:edition": List(14, staff_visits.edition),
    "labels_staff:referentiel": List(7, staff_visits.referentiel),
    "labels_staff:theme": List(5, staff_visits.theme),
    "labels_staff:mentions": List(5, staff_visits.mentions),
    "candidatures_staff:candidature, corrected": List(13, staff_visits.corrected),
    "candidatures_staff:candidature, documents": List(14, staff_visits.corrected_documents),
    "candidatures_staff:threads": List(6, staff_visits.threads),
    "candidatures_staff:thread": List(8, staff_visits.staff_thread),
    "candidatures_staff:candidatures": List(15, staff_visits.campaign),
    "candidatures_staff:ask_for_export": List(9, staff_visits.export_form),
    "candidatures_staff:exports": List(6, staff_visits.exports),
    "candidatures_staff:feedback": List(6, staff_visits.feedback),
    "candidatures_staff:write_mailing": List(9, staff_visits.mailing_form),
    "candidatures_staff:mailings": List(6, staff_visits.mailings),
    "candidatures_staff:mailing": List(7, staff_visits.mailing_read),
    "candidatures_staff:mailing, sent": List(6, staff_visits.mailing_sent),
    "candidatures_staff:change_mailing": List(4, staff_visits.mailing_changed),
    "candidatures_staff:candidature": List(19, staff_visits.followed),
    "depositing:rules": List(6, staff_visits.rules),
    "questionnaire:outline": List(6, staff_visits.outline),
    "questionnaire:preview": List(5, staff_visits.preview),
    "questionnaire:change_question": List(6, staff_visits.question_form),
    "questionnaire:add_question": List(6, staff_visits.new_question),
    "jury_staff:criteria": List(7, staff_visits.criteria),
    "jury_staff:jury": List(16, staff_visits.composition),
    "jury_staff:juror": List(8, staff_visits.juror),
    "jury_staff:distribution": List(12, staff_visits.distribution),
    "jury_staff:change_load": List(6, staff_visits.load),
    "jury_staff:proposal": List(12, staff_visits.proposal),
    "mail:list": List(6, staff_visits.letters),
    "mail:detail": List(5, staff_visits.letter_in_full),
    "territories_staff:memberships": List(5, staff_visits.requests),
}

# Pages whose loop goes over something else than rows.
NOT_LISTS = {
    "pages:accessibility": "the sample, as the code names it",
    "atlaas:territory_named": "the page of atlaas:territory",
    "gallery": "examples",
    "jury_staff:entrust": "the wrong lines of a file that was sent",
    "mfa_view_recovery_codes": "ten codes of one row",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_as_much_whatever_its_length(name: str) -> None:
    listed = LISTS[name]
    counts = {}
    for rows in (listed.fewest, listed.most):
        with undone():
            counts[rows] = queries(*listed.write(rows))
    assert counts == {listed.fewest: listed.queries, listed.most: listed.queries}


def queries(who: User | None, url: str) -> int:
    client = browser()
    if who:
        client.force_login(who)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return len(captured)


def test_every_page_with_a_list_is_counted(pages: list[Page]) -> None:
    forgotten = {
        page.address
        for page in pages
        if page.is_html and page.status == 200 and not page.step and loops(page.template)
        if not page.scene.startswith("halfway")
        if page.address not in LISTS and page.address not in NOT_LISTS
    }
    assert forgotten == set(), "Count their queries in LISTS, or say in NOT_LISTS why not."


@cache
def loops(template: str) -> bool:
    """Whether the template, or one that it includes, goes over something; the frame aside."""
    path = Path(settings.PROJECT) / "templates" / template
    if not path.is_file() or template.startswith("components/"):
        return False
    source = path.read_text()
    included = re.findall(r"{% include [\"']([^\"']+)[\"']", source)
    return "{% for " in source or "formset" in source or any(map(loops, included))
