"""How fast is a whole stress test? Compared with one exact result of each of its tenders."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from measuring import alternate, verdict

from tenderkit.library import Library
from tenderkit.plan import make_plan
from tenderkit.stress.cases import case_of, result_of
from tenderkit.stress.draw import draw
from tenderkit.stress.market import expected_market, settled
from tenderkit.stress.measures import USUAL
from tenderkit.stress.run import test_evaluation as stress_test
from tenderkit.tender import read_tender

EXAMPLE = Path(__file__).parent.parent / "examples" / "cleaning" / "tender.yaml"
LOT = "nord"
AIM = 1.0


def run(runs: int, _: Path) -> bool:
    """Compare the stress test of the cleaning example's first lot with exact results; tell whether the aim is reached.

    Its tenders are drawn once more and made into exact bids before the time runs.
    """
    library = Library()
    tender, source = read_tender(EXAMPLE.read_text(encoding="utf-8"), EXAMPLE.name)
    spec = make_plan(tender, source, library).specs[LOT]
    estimates = {lot.id: lot.own_estimate_dkk for lot in tender.lots}
    market = settled(expected_market(Fraction(estimates[LOT] or 0)), spec)
    drawn = draw(market, spec, USUAL, seed=1)
    cases = [case_of(spec, drawn, row) for row in range(USUAL)]
    runs = min(runs, 3)
    ours, exact = alternate(
        runs,
        lambda: stress_test(spec, market, tenders=USUAL, seed=1, library=library),
        lambda: [result_of(case) for case in cases],
    )
    report = stress_test(spec, market, tenders=USUAL, seed=1, library=library)
    print(f"Stress test of the cleaning example, lot {LOT}; median of {runs} alternating runs in one process")
    print(f"  tenderkit: {USUAL:,} tenders, {len(report.alternatives)} other models, {len(report.findings)} findings")
    print(f"    {ours:6.2f} s")
    print(f"  one exact result of each of the {USUAL:,} tenders")
    print(f"    {exact:6.2f} s, {exact / USUAL * 1000:.2f} ms each")
    return verdict("  ratio", ours / exact, AIM)
