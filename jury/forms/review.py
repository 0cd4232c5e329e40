"""The grid that a juror fills, built from the criteria of the edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from jury.choices import Answer
from jury.models import Criterion, Review
from jury.services import ReviewContent
from jury.services.reviews import NOTHING_NOTED, says_something
from labels.choices import AROBASES

NEEDED_TO_HAND_IN = "nécessaire pour remettre"
WITHOUT_A_NOTE = (
    (Answer.NOT_APPLICABLE, "Non applicable"),
    (Answer.ABSTAINED, "Je m’abstiens"),
)


class MentionsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    widget = forms.CheckboxSelectMultiple


class ScoreField(forms.TypedChoiceField):
    """A note from 0 to the criterion's scale, or why there is none; the error names the scale."""

    def __init__(self, criterion: Criterion, **kwargs: Any) -> None:
        labels = criterion.levels
        notes = [
            (value, f"{value}\N{NO-BREAK SPACE}: {labels[value]}" if value < len(labels) else value)
            for value in range(criterion.scale_max + 1)
        ]
        super().__init__(
            choices=[*notes, ("Sans note, sans effet sur la moyenne", WITHOUT_A_NOTE)],
            coerce=_answer,
            empty_value=None,
            required=False,
            label=criterion.name,
            help_text=criterion.guidance,
            widget=forms.RadioSelect(attrs={"class": "score score--or-none"}),
            error_messages={
                "invalid_choice": f"« {criterion.name} » se note de 0 à {criterion.scale_max} : "
                "%(value)s n’est pas une note possible."
            },
            **kwargs,
        )
        needed = NEEDED_TO_HAND_IN if criterion.is_required else "facultatif"
        self.needed = needed if criterion.counts_in_total else f"{needed}, hors moyenne"


def _answer(value: str) -> int | Answer:
    return int(value) if value.isdigit() else Answer(value)


def level_field(label: str, *, required: bool) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[(level, f"{level} @") for level in AROBASES],
        coerce=int,
        empty_value=None,
        required=required,
        widget=forms.RadioSelect(attrs={"class": "score"}),
        error_messages={
            "invalid_choice": "Un label compte de 1 à 5 arobases : %(value)s n’est pas possible.",
            "required": "Choisissez un nombre d’arobases, de 1 à 5.",
        },
    )


class ReviewForm(forms.Form):
    """A draft may be partial; handing in (`complete=True`) wants an answer to what is required.

    `criteria` are those asked of this dossier.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        criteria: Iterable[Criterion],
        mentions: Any,
        review: Review | None,
        complete: bool = False,
    ) -> None:
        super().__init__(data)
        self.criteria = list(criteria)
        self.complete = complete
        scores = {s.criterion_id: s for s in review.scores.all()} if review else {}
        for criterion in self.criteria:
            score = scores.get(criterion.pk)
            said = (score.answer if score.value is None else score.value) if score else None
            self.fields[f"score_{criterion.pk}"] = ScoreField(criterion, initial=said)
            self.fields[f"comment_{criterion.pk}"] = forms.CharField(
                label=f"Commentaire sur « {criterion.name} »",
                required=False,
                max_length=2000,
                initial=score.comment if score else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        level = level_field("Arobases proposées", required=False)
        level.needed = NEEDED_TO_HAND_IN  # type: ignore[attr-defined]
        self.fields["proposed_level"] = level
        self.fields["proposed_mentions"] = MentionsField(
            label="Mentions proposées", queryset=mentions, required=False
        )
        self.fields["comment_for_jury"] = forms.CharField(
            label="Pour le jury",
            help_text="Lu par le jury seul, pendant la délibération.",
            required=False,
            max_length=5000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        self.fields["comment_for_territory"] = forms.CharField(
            label="Pour la collectivité",
            help_text="Aide la présidence à écrire le mot du jury ; votre nom n’y figure pas.",
            required=False,
            max_length=5000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        if review:
            self.initial = {
                "proposed_level": review.proposed_level,
                "proposed_mentions": list(review.proposed_mentions.all()),
                "comment_for_jury": review.comment_for_jury,
                "comment_for_territory": review.comment_for_territory,
            }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for criterion in self.criteria:
            name = f"score_{criterion.pk}"
            if name in self.errors or cleaned.get(name) is not None:
                continue
            if self.complete and criterion.is_required:
                self.add_error(
                    name,
                    f"Donnez une note, de 0 à {criterion.scale_max}, ou dites pourquoi il n’y en a "
                    "pas : « Non applicable » ou « Je m’abstiens ».",
                )
            elif cleaned.get(f"comment_{criterion.pk}"):
                self.add_error(
                    name, "Donnez aussi une réponse : un commentaire seul ne se garde pas."
                )
        level_given = "proposed_level" in self.errors or cleaned.get("proposed_level") is not None
        if self.complete and not level_given:
            self.add_error("proposed_level", "Choisissez un nombre d’arobases, de 1 à 5.")
        if self.complete and not self.errors and not says_something(self.criteria, self._scores()):
            self.add_error(None, NOTHING_NOTED)
        return cleaned

    def _scores(self) -> dict[Criterion, tuple[int | Answer, str]]:
        cleaned = self.cleaned_data
        return {
            criterion: (said, cleaned.get(f"comment_{criterion.pk}", ""))
            for criterion in self.criteria
            if (said := cleaned.get(f"score_{criterion.pk}")) is not None
        }

    def content(self) -> ReviewContent:
        cleaned = self.cleaned_data
        return ReviewContent(
            scores=self._scores(),
            proposed_level=cleaned["proposed_level"],
            proposed_mentions=list(cleaned["proposed_mentions"]),
            comment_for_jury=cleaned["comment_for_jury"],
            comment_for_territory=cleaned["comment_for_territory"],
        )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each criterion's note and comment, as the template shows them."""
        return [
            (self[f"score_{criterion.pk}"], self[f"comment_{criterion.pk}"])
            for criterion in self.criteria
        ]
