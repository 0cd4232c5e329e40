"""What a référent·e says when depositing a candidature, and when taking the deposit back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from candidatures.admission import Standing
from candidatures.models import Candidature, Deposit, Engagement
from villes_internet.french import moment


class DepositForm(forms.Form):
    """A box for each engagement and for each condition that the territory declares.

    `seen` is the fingerprint of the dossier that the page shows.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self,
        data: Any = None,
        *,
        engagements: Iterable[Engagement],
        conditions: Iterable[Standing],
        seen: str,
    ) -> None:
        super().__init__(data, initial={"seen": seen})
        for engagement in engagements:
            self.fields[f"engagement_{engagement.pk}"] = forms.BooleanField(
                label=engagement.title,
                help_text=engagement.text,
                error_messages={"required": "Acceptez cet engagement pour déposer."},
            )
        for condition in (standing.condition for standing in conditions if standing.is_declared):
            self.fields[f"condition_{condition.pk}"] = forms.BooleanField(
                label=condition.label,
                help_text=condition.help,
                required=condition.is_blocking,
                error_messages={"required": "La collectivité doit le déclarer pour déposer."},
            )

    @property
    def accepted(self) -> set[int]:
        """The engagements ticked, by their keys."""
        return self._ticked("engagement_")

    @property
    def declared(self) -> set[int]:
        """The conditions ticked, by their keys."""
        return self._ticked("condition_")

    def _ticked(self, prefix: str) -> set[int]:
        return {
            int(name.removeprefix(prefix))
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value
        }


class WithdrawForm(forms.Form):
    """Says which deposit is meant, and that one knows what taking it back means."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    understood = forms.BooleanField(
        error_messages={"required": "Cochez cette case pour retirer le dépôt."}
    )

    def __init__(
        self,
        data: Any = None,
        *,
        candidature: Candidature,
        deposit: Deposit | None,
        **kwargs: Any,
    ) -> None:
        initial = {"number": deposit.number if deposit else None}
        super().__init__(data, initial=initial, **kwargs)
        self.fields["understood"].label = (
            "Je comprends que la candidature n’est plus déposée, et qu’elle doit l’être de nouveau "
            f"avant le {moment(candidature.last_second)} (heure de Paris) pour concourir."
        )
