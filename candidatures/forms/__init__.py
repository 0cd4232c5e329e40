from candidatures.forms.answers import AnswersForm, RestoreForm
from candidatures.forms.attachment import AttachmentForm
from candidatures.forms.correction import CorrectionForm
from candidatures.forms.deposit import DepositForm, WithdrawForm
from candidatures.forms.export import ExportForm
from candidatures.forms.extension import ExtensionForm
from candidatures.forms.feedback import FeedbackForm
from candidatures.forms.files import FilesChange
from candidatures.forms.illustration import IllustrationForm
from candidatures.forms.importing import ConfirmForm, ImportForm
from candidatures.forms.initiative import InitiativeForm
from candidatures.forms.mailing import MailingForm
from candidatures.forms.presence import PresenceForm
from candidatures.forms.resuming import DecideForm, ResumeAnswersForm, keys_shown
from candidatures.forms.section_state import DelegateForm
from candidatures.forms.start import StartForm
from candidatures.forms.thread import MessageForm, SeenForm

__all__ = [
    "AnswersForm",
    "AttachmentForm",
    "ConfirmForm",
    "CorrectionForm",
    "DecideForm",
    "DelegateForm",
    "DepositForm",
    "ExportForm",
    "ExtensionForm",
    "FeedbackForm",
    "FilesChange",
    "IllustrationForm",
    "ImportForm",
    "InitiativeForm",
    "MailingForm",
    "MessageForm",
    "PresenceForm",
    "RestoreForm",
    "ResumeAnswersForm",
    "SeenForm",
    "StartForm",
    "WithdrawForm",
    "keys_shown",
]
