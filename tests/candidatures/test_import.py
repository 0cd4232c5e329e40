"""Actions from a file: judged line by line as typing is, all of them added or none, and once."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidatures import services
from candidatures.importing.sealing import seal
from candidatures.models import Candidature, Initiative
from labels.models import DigitalService
from tests.candidatures.files import (
    address,
    agent,
    candidature,
    confirm,
    line,
    sealed,
    send,
    table,
    titles,
    words,
)
from tests.factories.candidatures import (
    CandidatureFactory,
    InitiativeFactory,
    contributor,
    deposited,
    reader,
    referent,
)
from tests.factories.labels import EditionFactory
from villes_internet.refusals import Forbidden, Refusal
from villes_internet.users.models import User

pytestmark = pytest.mark.django_db

__all__ = ["agent", "candidature"]


# --- Added once, all together ---------------------------------------------------------------------


def test_a_file_is_seen_then_added_after_what_is_there(
    client: Client, candidature: Candidature, agent: User
) -> None:
    InitiativeFactory(candidature=candidature, title="Déjà là", position=4)
    page = send(client, candidature, table(line(1), line(2, service="café des ecrans")))
    assert page.status_code == 200
    assert titles(candidature) == ["Déjà là"]
    assert "Café des écrans Médiation" in words(page)
    after = confirm(client, candidature, page)
    assert "2 actions sont ajoutées." in words(after)
    assert titles(candidature) == ["Déjà là", "Action 1", "Action 2"]
    added = Initiative.objects.get(title="Action 2")
    assert [service.name for service in added.services.all()] == ["Café des écrans"]
    assert (added.started_on, added.is_shared, added.position) == (date(2025, 3, 1), True, 6)
    entry = candidature.journal.get()
    assert entry.by == agent
    assert re.fullmatch(
        r"2 actions ajoutées depuis «\xa0actions.csv\xa0» \(import [0-9A-F]{8}\)", entry.what
    )
    candidature.refresh_from_db()
    assert candidature.updated_at == entry.at


def test_confirming_twice_adds_once(client: Client, candidature: Candidature, agent: User) -> None:
    page = send(client, candidature, table(line()))
    confirm(client, candidature, page)
    again = confirm(client, candidature, page)
    assert "Cet import est déjà fait" in words(again)
    assert titles(candidature) == ["Action 1"]
    candidature.initiatives.all().delete()
    confirm(client, candidature, page)
    assert titles(candidature) == []


def test_nothing_is_half_loaded(candidature: Candidature, agent: User) -> None:
    """The last service is no more: the actions that were written before it are not there either."""
    service = DigitalService.objects.all()[0]
    good, bad = (
        Initiative(title=title, kind="lieu", mode="regie", summary="?", started_on=date(2025, 1, 1))
        for title in ("Bonne", "Mauvaise")
    )
    gone = DigitalService(pk=service.pk + 1000)
    check_foreign_keys_at_once()
    with pytest.raises(IntegrityError):
        services.import_initiatives(
            candidature,
            actions=[(good, [service]), (bad, [gone])],
            doubling=[],
            source="actions.csv",
            reference="ABCD1234",
            by=agent,
            at=timezone.now(),
        )
    assert titles(candidature) == []
    assert candidature.journal.count() == 0


def check_foreign_keys_at_once() -> None:
    """PostgreSQL does when a transaction ends, which is when a test does."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_same_file_seen_twice_is_added_once(
    client: Client, candidature: Candidature, agent: User
) -> None:
    """Two tabs, or a colleague with the same file: what came in between is not doubled unseen."""
    data = table(line(1), line(2))
    first, second = send(client, candidature, data), send(client, candidature, data)
    client.force_login(contributor(candidature.territory))
    theirs = send(client, candidature, table(line(2), line(3)))
    client.force_login(agent)
    confirm(client, candidature, first)
    after = confirm(client, candidature, second)
    assert "Toutes ces actions sont déjà dans la candidature" in words(after)
    client.force_login(User.objects.latest("pk"))
    after = confirm(client, candidature, theirs)
    assert "Une action est ajoutée. Une autre est laissée de côté" in words(after)
    assert titles(candidature) == ["Action 1", "Action 2", "Action 3"]


def test_the_mosaic_is_shown_as_it_will_be_then_is(
    client: Client, candidature: Candidature, agent: User
) -> None:
    InitiativeFactory(candidature=candidature, title="Déjà là", position=1)
    page = send(client, candidature, table(line(title="Déjà là"), line(2), line(3)))
    assert page.context["preview"].new_themes == ["Médiation"]
    after = confirm(client, candidature, page, skip_known="on")
    assert page.context["preview"].mosaic == after.context["mosaic"]
    counts = {tile.name: tile.count for tile in after.context["mosaic"].tiles}
    assert counts["Médiation"] == 2


def test_the_checklist_asks_no_more_for_an_action(
    client: Client, candidature: Candidature, agent: User
) -> None:
    detail = reverse("candidatures:detail", args=[candidature.pk])
    lacking = len(client.get(detail).context["missing"])
    after = confirm(client, candidature, send(client, candidature, table(line())))
    assert len(after.context["missing"]) == lacking - 1


def test_one_wrong_line_and_nothing_is_added(
    client: Client, candidature: Candidature, agent: User
) -> None:
    page = send(client, candidature, table(line(1), line(2, kind="gare"), line(3)))
    assert page.status_code == 422
    assert "1 ligne à corriger sur 3" in words(page)
    assert "Rien n’a été ajouté à la candidature" in words(page)
    assert 'name="sealed"' not in page.content.decode()
    assert titles(candidature) == []


def test_what_is_already_there_is_flagged_and_left_aside_if_asked(
    client: Client, candidature: Candidature, agent: User
) -> None:
    InitiativeFactory(candidature=candidature, title="Le café numérique", position=1)
    data = table(
        line(title="LE CAFÉ NUMÉRIQUE !"), line(title="Deux fois"), line(title="Deux fois")
    )
    page = send(client, candidature, data)
    assert words(page).count("Déjà dans la candidature") == 1
    assert "Une ligne a pour titre celui d’une action de la candidature" in words(page)
    assert words(page).count("Plusieurs fois dans le fichier") == 2
    after = confirm(client, candidature, page, skip_known="on")
    assert "2 actions sont ajoutées. Une autre est laissée de côté" in words(after)
    assert titles(candidature) == ["Le café numérique", "Deux fois", "Deux fois"]
    page = send(client, candidature, data)
    confirm(client, candidature, page)
    assert len(titles(candidature)) == 6
    page = send(client, candidature, data)
    after = confirm(client, candidature, page, skip_known="on")
    assert "Toutes ces actions sont déjà dans la candidature" in words(after)
    assert len(titles(candidature)) == 6


# --- The preview comes back as it was shown, to whom it was shown ---------------------------------


def test_a_preview_is_confirmed_by_who_saw_it_for_the_dossier_it_was_shown_for(
    client: Client, candidature: Candidature, agent: User
) -> None:
    page = send(client, candidature, table(line()))
    text = sealed(page)
    neighbour = CandidatureFactory(edition=candidature.edition)
    colleague = contributor(candidature.territory)
    for who, dossier, given in (
        (colleague, candidature, text),
        (referent(neighbour.territory), neighbour, text),
        (agent, candidature, text + "x"),
        (agent, candidature, ""),
    ):
        client.force_login(who)
        response = client.post(address(dossier, "confirm_import"), {"sealed": given})
        assert response.status_code == 409
        assert "Rien n’a été ajouté à la candidature." in words(response)
        assert Initiative.objects.count() == 0


def test_a_preview_of_yesterday_is_to_be_made_again(
    client: Client,
    candidature: Candidature,
    agent: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = send(client, candidature, table(line()))
    later = monotonic_in(timedelta(hours=25))
    monkeypatch.setattr("django.core.signing.time.time", later)
    response = client.post(address(candidature, "confirm_import"), {"sealed": sealed(page)})
    assert response.status_code == 409
    assert "a plus de vingt-quatre heures" in words(response)
    assert titles(candidature) == []


def monotonic_in(delay: timedelta) -> Any:
    moment = (timezone.now() + delay).timestamp()
    return lambda: moment


def test_what_changed_since_the_preview_is_judged_again(
    client: Client, candidature: Candidature, agent: User
) -> None:
    page = send(client, candidature, table(line()))
    DigitalService.objects.filter(name="Bus du numérique").delete()
    response = confirm(client, candidature, page)
    assert response.status_code == 422
    assert "n’est plus dans le référentiel" in words(response)
    assert titles(candidature) == []


def test_more_text_than_a_page_can_send_back_is_refused(
    candidature: Candidature, agent: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("candidatures.importing.sealing.LONGEST", 10)
    with pytest.raises(Refusal, match="partagez-le en deux"):
        seal([], name="actions.csv", known=[], candidature=candidature, by=agent)


# --- Whose dossier, and when ----------------------------------------------------------------------


def test_who_only_reads_sends_nothing(client: Client, candidature: Candidature) -> None:
    someone = reader(candidature.territory)
    client.force_login(someone)
    page = client.get(address(candidature))
    assert "Vous êtes lecteur·rice" in words(page)
    assert 'type="file"' not in page.content.decode()
    assert send(client, candidature, table(line())).status_code == 403
    assert client.post(address(candidature, "confirm_import")).status_code == 403
    with pytest.raises(Forbidden):
        services.import_initiatives(
            candidature,
            actions=[],
            doubling=[],
            source="",
            reference="",
            by=someone,
            at=timezone.now(),
        )


def test_a_neighbour_learns_nothing_of_what_is_there(
    client: Client, candidature: Candidature
) -> None:
    """Not even by sending the title of an action to see whether it is flagged."""
    InitiativeFactory(candidature=candidature, title="Le secret de la mairie", position=1)
    theirs = CandidatureFactory(edition=candidature.edition)
    client.force_login(referent(theirs.territory))
    data = table(line(title="Le secret de la mairie"))
    for name in ("import_initiatives", "confirm_import"):
        assert client.post(address(candidature, name)).status_code == 404
    assert send(client, candidature, data).status_code == 404
    assert "Déjà dans la candidature" not in words(send(client, theirs, data))


def test_a_deposited_dossier_takes_no_import(client: Client) -> None:
    candidature = deposited(EditionFactory(real=True))
    client.force_login(referent(candidature.territory))
    page = client.get(address(candidature))
    assert "Cette candidature est déposée" in words(page)
    for response in (
        send(client, candidature, table(line())),
        client.post(address(candidature, "confirm_import"), {"sealed": "x"}),
    ):
        assert response.status_code == 409
        assert "elle ne peut plus être modifiée" in words(response)


def test_the_deposit_of_a_colleague_comes_before_the_confirmation(
    client: Client, candidature: Candidature, agent: User
) -> None:
    InitiativeFactory(candidature=candidature)
    page = send(client, candidature, table(line()))
    services.deposit(candidature, by=referent(candidature.territory), at=timezone.now())
    response = confirm(client, candidature, page)
    assert response.status_code == 409
    assert candidature.initiatives.count() == 1
