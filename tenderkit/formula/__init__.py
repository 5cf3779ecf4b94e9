"""One formula, every rendering: parsed once, then evaluated exactly, written for Excel, set as an equation, and said.

The language: numbers and percentages; names, where ``P`` is this bid's value and ``Ps`` the values of all admitted
bids; ``+ - * / ^`` and comparisons; the functions in :data:`~tenderkit.formula.functions.FUNCTIONS`; and
``SUM_CRITERIA(...)``, the sum over the criteria, inside which ``w``, ``p`` and ``a`` are one criterion's weight, points
and amount.
"""

from __future__ import annotations

from tenderkit.formula.equation import equation
from tenderkit.formula.evaluate import evaluate, evaluate_bids
from tenderkit.formula.excel import excel
from tenderkit.formula.parse import parse
from tenderkit.formula.phrases import Phrases, read_phrases
from tenderkit.formula.tree import Node, names_in
from tenderkit.formula.words import words

__all__ = [
    "Node",
    "Phrases",
    "equation",
    "evaluate",
    "evaluate_bids",
    "excel",
    "names_in",
    "parse",
    "read_phrases",
    "words",
]
