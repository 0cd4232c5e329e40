from candidatures.forms.answers import AnswersForm, RestoreForm
from candidatures.forms.attachment import AttachmentForm
from candidatures.forms.deposit import DepositForm, WithdrawForm
from candidatures.forms.extension import ExtensionForm
from candidatures.forms.illustration import IllustrationForm
from candidatures.forms.initiative import InitiativeForm
from candidatures.forms.presence import PresenceForm
from candidatures.forms.section_state import DelegateForm
from candidatures.forms.start import StartForm

__all__ = [
    "AnswersForm",
    "AttachmentForm",
    "DelegateForm",
    "DepositForm",
    "ExtensionForm",
    "IllustrationForm",
    "InitiativeForm",
    "PresenceForm",
    "RestoreForm",
    "StartForm",
    "WithdrawForm",
]
