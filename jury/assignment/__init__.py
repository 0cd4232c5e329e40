"""Who reads what: the fairest distribution of the readings, by minimum-cost flow.

Plain values in, plain values out: nothing here knows Django nor the database.
"""

from jury.assignment.problem import Dossier, Pair, Problem, Reader
from jury.assignment.reasons import NextBest, Reason, explain
from jury.assignment.simulation import Cause, Coverage, OneMore, Shortage, Simulation, simulate
from jury.assignment.solver import Proposal, solve

__all__ = [
    "Cause",
    "Coverage",
    "Dossier",
    "NextBest",
    "OneMore",
    "Pair",
    "Problem",
    "Proposal",
    "Reader",
    "Reason",
    "Shortage",
    "Simulation",
    "explain",
    "simulate",
    "solve",
]
