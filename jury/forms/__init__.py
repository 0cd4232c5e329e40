from jury.forms.composition import AssignmentForm, JurorForm, RecusalForm
from jury.forms.criteria import CriterionFormSet
from jury.forms.decision import DecisionForm
from jury.forms.review import ReviewForm

__all__ = [
    "AssignmentForm",
    "CriterionFormSet",
    "DecisionForm",
    "JurorForm",
    "RecusalForm",
    "ReviewForm",
]
