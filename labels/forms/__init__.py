from labels.forms.edition import EditionForm
from labels.forms.referentiel import MentionFormSet, ServiceFormSet, ThemeForm

__all__ = ["EditionForm", "MentionFormSet", "ServiceFormSet", "ThemeForm"]
