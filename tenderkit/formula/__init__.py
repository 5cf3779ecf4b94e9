"""One formula, every rendering: parsed once, then evaluated exactly, written for Excel, set as an equation, and said.

The language: numbers and percentages; names, where ``P`` is this bid's value and ``Ps`` the values of all admitted
bids; ``+ - * / ^`` and comparisons; the functions in :data:`~tenderkit.formula.functions.FUNCTIONS`; and
``SUM_CRITERIA(...)`` and its kin over the criteria, inside which ``w``, ``p`` and ``a`` are one criterion's weight,
points and amount.

Whole arrays of simulated tenders are for :func:`tenderkit.formula.simulate.simulate`, which is not loaded from here.
"""

from __future__ import annotations

from tenderkit.formula.equation import equation, mathml
from tenderkit.formula.exact import Exact, conditions_for_bids, evaluate, evaluate_bids
from tenderkit.formula.excel import excel
from tenderkit.formula.functions import is_rational, tables_in
from tenderkit.formula.parse import parse, parse_condition
from tenderkit.formula.phrases import Phrases, read_phrases
from tenderkit.formula.tree import Node, Table, names_in
from tenderkit.formula.words import condition_words, words

__all__ = [
    "Exact",
    "Node",
    "Phrases",
    "Table",
    "condition_words",
    "conditions_for_bids",
    "equation",
    "evaluate",
    "evaluate_bids",
    "excel",
    "is_rational",
    "mathml",
    "names_in",
    "parse",
    "parse_condition",
    "read_phrases",
    "tables_in",
    "words",
]
