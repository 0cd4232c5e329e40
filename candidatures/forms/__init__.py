from candidatures.forms.answers import AnswersForm
from candidatures.forms.attachment import AttachmentForm
from candidatures.forms.initiative import InitiativeForm
from candidatures.forms.start import StartForm

__all__ = ["AnswersForm", "AttachmentForm", "InitiativeForm", "StartForm"]
