"""Made-up tenders that may make good examples: the few that are kept while many are played."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from tenderkit.evaluation.spec import EvaluationSpec
from tenderkit.stress.cases import Case, case_of
from tenderkit.stress.draw import Drawn, Flags, Floats
from tenderkit.stress.shrink import shrink

_MOST = 4


@dataclass
class Shortlist:
    """The tenders with the fewest bids, and among them those where it shows most clearly."""

    rows: list[tuple[int, float, Drawn]] = field(default_factory=list)

    def add(self, drawn: Drawn, chosen: Flags, clearness: Floats) -> None:
        """Look at a block: ``chosen`` tenders show what is looked for; the clearer, the better the example."""
        places = np.flatnonzero(chosen)
        bids = drawn.present.sum(axis=1)
        order = np.lexsort((-clearness[places], bids[places]))[:_MOST]
        for place in places[order]:
            self.rows.append((int(bids[place]), -float(clearness[place]), drawn.rows(slice(place, place + 1))))
        self.rows = sorted(self.rows, key=lambda row: row[:2])[:_MOST]

    def cases(self, spec: EvaluationSpec) -> Iterator[Case]:
        """Give the tenders with exact numbers, the most promising first."""
        return (case_of(spec, drawn, 0) for _, _, drawn in self.rows)

    def smallest(self, spec: EvaluationSpec, holds: Callable[[Case], bool]) -> Case | None:
        """Give the simplest example that is found; None where the exact engine confirms none of the tenders."""
        return next((shrink(case, holds) for case in self.cases(spec) if holds(case)), None)
