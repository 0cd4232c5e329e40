"""Choosing what to resume of an earlier year, by radio buttons and without a script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict

from candidatures.carrying import TEXTS
from candidatures.choices import NUMERIC, ResumptionChoice
from candidatures.forms.questions import field_of
from candidatures.models import Question
from candidatures.resuming import Proposal, SourceDetails
from candidatures.services import Decision

RESUME, LEAVE = "reprendre", "laisser"
RESTORE = "remettre"


class ProposalRow(NamedTuple):
    """A proposal in its form; `text` is where one shortens a text that is now too long."""

    proposal: Proposal
    choice: BoundField | None
    version: BoundField
    text: BoundField | None
    why_not: str


class ResumeAnswersForm(forms.Form):
    """For each answer of before: `r<id>` is what to do of it, `v<id>` the version it would replace.

    A text that the present question finds too long is not resumed as it is: `q<id>` holds it, to be
    shortened here.
    """

    def __init__(self, data: QueryDict | None = None, *, proposals: Sequence[Proposal]) -> None:
        super().__init__(data)
        self.proposals = list(proposals)
        self.why_not: dict[int, str] = {}
        for one in self.proposals:
            question = one.question
            pk = question.pk
            self.fields[f"v{pk}"] = forms.IntegerField(
                initial=one.version, min_value=0, required=False, widget=forms.HiddenInput
            )
            if not one.can_resume:
                continue
            self.why_not[pk] = _why_not(question, one.value)
            if self.why_not[pk] and question.kind not in TEXTS:
                continue
            self.fields[f"r{pk}"] = forms.ChoiceField(
                label=f"Que faire de la réponse à «\N{NO-BREAK SPACE}{question}\N{NO-BREAK SPACE}»",
                choices=_choices(one),
                required=False,
                widget=forms.RadioSelect,
            )
            if self.why_not[pk]:
                field = field_of(question)
                field.label, field.help_text = "Le texte, à raccourcir", ""
                field.initial = one.value
                self.fields[f"q{pk}"] = field

    def rows(self) -> Iterator[ProposalRow]:
        for one in self.proposals:
            pk = one.question.pk
            yield ProposalRow(
                one,
                self[f"r{pk}"] if f"r{pk}" in self.fields else None,
                self[f"v{pk}"],
                self[f"q{pk}"] if f"q{pk}" in self.fields else None,
                self.why_not.get(pk, ""),
            )

    @property
    def waiting(self) -> int:
        """How many may be resumed at once: nothing is in their place, and they fit."""
        return sum(self._may_all(one) for one in self.proposals)

    def clean(self) -> dict[str, Any]:
        """A text that is still too long only matters where it is to be resumed."""
        cleaned = super().clean() or {}
        for pk in (one.question.pk for one in self.proposals):
            if self.data.get(f"r{pk}") != RESUME:
                self.errors.pop(f"q{pk}", None)
            elif f"q{pk}" in self.fields and cleaned.get(f"q{pk}") == "":
                self.add_error(f"q{pk}", "Gardez du texte ce qu’il faut reprendre, ou laissez-le.")
        return cleaned

    def again(
        self, questions: Iterable[Question], proposals: Sequence[Proposal]
    ) -> ResumeAnswersForm:
        """To choose again for these questions, with what was typed, over what stands now."""
        data = QueryDict(mutable=True)
        data.update({f"v{one.question.pk}": str(one.version) for one in proposals})
        for name in (f"q{question.pk}" for question in questions):
            if name in self.data:
                data[name] = self.data[name]
        return ResumeAnswersForm(data, proposals=proposals)

    def values(self, *, everything: bool) -> dict[Question, tuple[str, int]]:
        """What to write, over which version; `everything`: also what waits and was not left."""
        return {
            one.question: (
                self.cleaned_data.get(f"q{one.question.pk}", one.value),
                self.cleaned_data.get(f"v{one.question.pk}") or 0,
            )
            for one in self.proposals
            if self._is_chosen(one, everything=everything)
        }

    def _is_chosen(self, one: Proposal, *, everything: bool) -> bool:
        choice = self.cleaned_data.get(f"r{one.question.pk}")
        return choice == RESUME or (everything and choice != LEAVE and self._may_all(one))

    def _may_all(self, one: Proposal) -> bool:
        return one.is_waiting and not self.why_not[one.question.pk]


def _choices(one: Proposal) -> list[tuple[str, str]]:
    if one.is_answered:
        return [(RESUME, "Remplacer la réponse de cette année"), (LEAVE, "Garder la nôtre")]
    return [(RESUME, "Reprendre"), (LEAVE, "Laisser")]


def _why_not(question: Question, value: str) -> str:
    """Why the present question refuses it: too long, or beyond its limits; else empty."""
    if question.kind not in TEXTS | NUMERIC:
        return ""
    field = field_of(question)
    try:
        field.run_validators(Decimal(value) if question.kind in NUMERIC else value)
    except ValidationError as error:
        return str(error.messages[0])
    return ""


class PracticeRow(NamedTuple):
    """A practice in its form; one that entered the dossier has no choice left."""

    details: SourceDetails
    choice: BoundField | None
    seen: BoundField


SHOWN = re.compile(r"vu-((?:fiche|action)-\d{1,18})")


class DecideForm(forms.Form):
    """For each practice of a page: `c-<key>` is what to do of it, `vu-<key>` what was decided."""

    def __init__(self, data: QueryDict | None = None, *, shown: Sequence[SourceDetails]) -> None:
        super().__init__(data)
        self.shown = list(shown)
        for one in self.shown:
            source = one.source
            self.fields[f"vu-{source.key}"] = forms.IntegerField(
                initial=source.seen, min_value=0, required=False, widget=forms.HiddenInput
            )
            field = forms.ChoiceField(
                label=f"Que faire de «\N{NO-BREAK SPACE}{source.title}\N{NO-BREAK SPACE}»",
                choices=[*ResumptionChoice.choices, (RESTORE, RESTORE)],
                required=False,
                widget=forms.RadioSelect,
            )
            # What is offered now; what was sent may answer what a colleague has since decided.
            field.widget.choices = _decisions(one)
            self.fields[f"c-{source.key}"] = field

    def rows(self) -> Iterator[PracticeRow]:
        for one in self.shown:
            key = one.source.key
            choice = None if one.source.is_entered else self[f"c-{key}"]
            yield PracticeRow(one, choice, self[f"vu-{key}"])

    @property
    def keepable(self) -> int:
        """How many « tout garder » would keep."""
        return sum(_may_keep_with_all(one) for one in self.shown)

    def decisions(self, *, keep_others: bool) -> list[Decision]:
        """What was chosen; `keep_others`: and to keep what may be, where nothing was chosen."""
        found = []
        for one in self.shown:
            key = one.source.key
            chosen = self.cleaned_data.get(f"c-{key}")
            if not chosen and keep_others and _may_keep_with_all(one):
                chosen = ResumptionChoice.KEPT
            if chosen:
                choice = None if chosen == RESTORE else ResumptionChoice(chosen)
                seen = self.cleaned_data.get(f"vu-{key}") or 0
                found.append(Decision(key, choice, seen))
        return found


def keys_shown(data: QueryDict) -> set[str]:
    """The keys of the practices that the page which was sent showed."""
    return {found[1] for name in data if (found := SHOWN.fullmatch(name))}


def _may_keep_with_all(one: SourceDetails) -> bool:
    return one.can_keep and one.source.resumption is None


def _decisions(one: SourceDetails) -> list[tuple[str, str]]:
    update = "Toujours en cours : mettre à jour" if one.too_old else "Mettre à jour"
    choices = [(ResumptionChoice.UPDATED.value, update)]
    if one.can_keep:
        choices.insert(0, (ResumptionChoice.KEPT.value, "Garder"))
    if one.source.is_dropped:
        return [*choices, (RESTORE, "Remettre à examiner")]
    return [*choices, (ResumptionChoice.DROPPED.value, "Abandonner")]
