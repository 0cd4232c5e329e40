from jury.forms.composition import AssignmentForm, JurorForm, RecusalForm
from jury.forms.criteria import ThresholdsForm, criterion_formset
from jury.forms.decision import DecisionForm
from jury.forms.declaration import DeclarationForm, SignForm
from jury.forms.distribution import LoadForm, ReadersForm, ReadingsForm
from jury.forms.recusals import AffiliationForm, DeclareForm, LiftForm, RecusalRulesForm
from jury.forms.review import ReviewForm

__all__ = [
    "AffiliationForm",
    "AssignmentForm",
    "DecisionForm",
    "DeclarationForm",
    "DeclareForm",
    "JurorForm",
    "LiftForm",
    "LoadForm",
    "ReadersForm",
    "ReadingsForm",
    "RecusalForm",
    "RecusalRulesForm",
    "ReviewForm",
    "SignForm",
    "ThresholdsForm",
    "criterion_formset",
]
