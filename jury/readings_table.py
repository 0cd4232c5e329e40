"""Readings listed in a spreadsheet: a dossier and a juror on each line, judged before any is kept.

The dossier is known by the code of its collectivité, the juror by the address of their account.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from candidatures.models import Candidature
from jury.models import Assignment, Juror, Recusal
from labels.models import Edition
from villes_internet.french import plural
from villes_internet.spreadsheets import Line, UnreadableTableError

CODE, ADDRESS = "code", "adresse"


@dataclass(frozen=True)
class Fault:
    """Why a line, by the number that a spreadsheet gives it, cannot be kept."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Listed:
    """The readings of a table that are not entrusted yet, and what is wrong in it."""

    readings: tuple[tuple[Juror, Candidature], ...]
    already: int
    faults: tuple[Fault, ...]


def judge(edition: Edition, lines: Sequence[Line]) -> Listed:
    """What the lines of a table say, in four queries.

    Raises UnreadableTableError where the first one does not name the two columns.
    """
    code_at, address_at = _columns(lines)
    jurors = {
        juror.user.email.lower(): juror
        for juror in Juror.objects.filter(edition=edition).select_related("user")
    }
    dossiers = {
        dossier.territory.code: dossier
        for dossier in Candidature.objects.of_edition(edition).deposited().with_details()
    }
    recused = set(
        Recusal.objects.standing()
        .filter(juror__edition=edition)
        .values_list("juror", "candidature")
    )
    entrusted = set(
        Assignment.objects.filter(juror__edition=edition).values_list("juror", "candidature")
    )
    loads = Counter(juror for juror, _ in entrusted)
    readings: dict[tuple[int, int], tuple[Juror, Candidature]] = {}
    faults: list[Fault] = []
    already = 0
    for line in lines[1:]:
        code, address = _text(line, code_at), _text(line, address_at).lower()
        juror = jurors.get(address)
        dossier = dossiers.get(
            code.zfill(5)
        )  # a spreadsheet drops the zero that a code begins with
        if juror is None:
            faults.append(Fault(line.number, _no_juror(address)))
            continue
        if dossier is None:
            faults.append(Fault(line.number, _no_dossier(code)))
            continue
        pair = juror.pk, dossier.pk
        if pair in entrusted or pair in readings:
            already += 1
        elif pair in recused:
            sentence = f"{juror} est déporté·e du dossier « {dossier.territory} »."
            faults.append(Fault(line.number, sentence))
        elif loads[juror.pk] >= juror.max_load:
            most = f"{juror.max_load} lecture{plural(juror.max_load)}"
            sentence = f"{juror} prend {most} au plus, et celle-ci serait de trop."
            faults.append(Fault(line.number, sentence))
        else:
            loads[juror.pk] += 1
            readings[pair] = juror, dossier
    return Listed(tuple(readings.values()), already, tuple(faults))


def _columns(lines: Sequence[Line]) -> tuple[int, int]:
    heads = [str(cell).strip().lower() for cell in lines[0].cells] if lines else []
    if CODE not in heads or ADDRESS not in heads:
        raise UnreadableTableError(
            "La première ligne doit nommer deux colonnes, « code » et « adresse ». "
            "Rien n’a été confié."
        )
    if len(lines) == 1:
        raise UnreadableTableError("Ce tableau ne contient aucune lecture. Rien n’a été confié.")
    return heads.index(CODE), heads.index(ADDRESS)


def _text(line: Line, rank: int) -> str:
    return str(line.at(rank)).strip()


def _no_juror(address: str) -> str:
    if not address:
        return "L’adresse manque."
    return f"Personne ne siège au jury de cette édition avec l’adresse {address[:80]}."


def _no_dossier(code: str) -> str:
    if not code:
        return "Le code manque."
    return f"Aucun dossier n’est déposé par une collectivité de code {code[:20]}."
