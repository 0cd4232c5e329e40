"""Three questions, once the candidature is deposited."""

from django import forms

from candidatures.choices import Ease, TimeSpent


class FeedbackForm(forms.Form):
    ease = forms.TypedChoiceField(
        label="Remplir la candidature a été",
        choices=Ease.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la réponse la plus proche de votre avis."},
    )
    time_spent = forms.ChoiceField(
        label="Combien de temps y avez-vous passé, toute l’équipe réunie\N{NARROW NO-BREAK SPACE}?",
        choices=TimeSpent.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la durée la plus proche."},
    )
    wish = forms.CharField(
        label="Que faudrait-il changer en premier\N{NARROW NO-BREAK SPACE}?",
        required=False,
        max_length=1000,
        help_text="N’y écrivez rien qui désigne une personne ou votre collectivité.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
