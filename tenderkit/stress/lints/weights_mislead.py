"""P07: a criterion decides far more, or far less, than its weight says."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tenderkit.quantities import as_decimal
from tenderkit.stress.finding import Finding, Value
from tenderkit.stress.tested import Tested

#: A criterion with less than half, or more than twice, its weight in the differences is told (suggested default): then
#: two criteria have changed places in most evaluations. Nearer than that, chance in the bids moves the shares too.
TIMES = 2
#: Differences below this many percentage points are not told, whatever the ratio: small weights are small anyway.
LEAST = Fraction(5, 100)


def find(tested: Tested) -> Iterator[Finding]:
    """Find criteria and groups of the first level whose weight says something else than they do."""
    for measured in tested.measures.groups:
        stated, realised = measured.stated, Fraction(as_decimal(Fraction(measured.realised), 4))
        if stated is None or abs(stated - realised) < LEAST:
            continue
        if realised * TIMES < stated or realised > stated * TIMES:
            values = {
                "criterion": Value("text", tested.title(measured.criterion)),
                "weight": Value("percent", stated),
                "realised": Value("percent", realised),
            }
            yield Finding("weights-mislead", measured.criterion, values)
