"""How fast is one exact result? Compared with only its last step, written out: fractions multiplied, added, sorted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

from measuring import alternate, verdict

from tenderkit.evaluation import score
from tenderkit.evaluation.spec import Bid, Criterion, EvaluationSpec, Model, PriceLine, Result
from tenderkit.library import Library

BIDS, SCORED, OFFERED = 200, 14, 5
AIM, MILLISECONDS = 5.0, 50


@dataclass(frozen=True)
class Contest:
    """A lot's evaluation with bids for it, and their agreed scores."""

    spec: EvaluationSpec
    bids: tuple[Bid, ...]
    scores: dict[tuple[str, str], Decimal]

    def result(self) -> Result:
        """Give the exact result."""
        return score(self.spec, self.bids, self.scores)


def run(runs: int, _: Path) -> bool:
    """Compare one exact result with the bare sum of its weighted points; tell whether the aim is reached."""
    contest = a_contest()
    result = contest.result()
    leaves = contest.spec.leaves()
    shares = [leaf.share for leaf in leaves]
    points = {entry.bid.bidder: [own.points for own in entry.points] for entry in result.ranking}

    def bare() -> list[tuple[Fraction, str]]:
        totals = ((sum(map(Fraction.__mul__, shares, own), Fraction(0)), bidder) for bidder, own in points.items())
        return sorted(totals, reverse=True)

    if {(entry.exact, entry.bid.bidder) for entry in result.ranking} != set(bare()):
        raise ValueError("the two do not calculate the same")
    runs *= 10
    ours, floor = alternate(runs, contest.result, bare)
    print(f"One exact result, {BIDS} bids, {len(leaves)} criteria; median of {runs} alternating runs in one process")
    print("  tenderkit: bids checked, prices summed, points by their models, groups, totals, ranks by the tie rules")
    print(f"    {ours * 1000:6.1f} ms (should stay under {MILLISECONDS} on the machine of README.md)")
    print("  fractions: only points that are ready, times weights, added and sorted")
    print(f"    {floor * 1000:6.1f} ms")
    return verdict("  ratio", ours / floor, AIM)


def a_contest() -> Contest:
    """Give many bids for an evaluation with three price lines, scores and offered numbers, in two groups."""
    dice, library = Random(1), Library()  # noqa: S311 - made-up bids, the same each time
    prices = Model("relative-linear", library.model("relative-linear"), {"X": Fraction(1, 2)})
    criteria = (
        Criterion("price", "", Fraction(2, 5), Fraction(2, 5), "price", model=prices, better="lower"),
        Criterion("quality", "", Fraction(3, 10), Fraction(3, 10), "group", children=tuple(_scored(library))),
        Criterion("social", "", Fraction(3, 10), Fraction(3, 10), "group", children=tuple(_offered(library))),
    )
    lines = (
        PriceLine("A", "", "year", Fraction(4)),
        PriceLine("H", "", "hour", Fraction(2400)),
        PriceLine("T", "", "month", Fraction("309.6")),
    )
    award = Model("weighted-sum", library.model("weighted-sum"))
    spec = EvaluationSpec("nord", "", criteria, lines, Fraction(10), award, 3, None, ("price", "lots-drawing"))
    bids = tuple(_bid(f"bidder-{number}", spec, dice) for number in range(BIDS))
    scored = [leaf for leaf in spec.leaves() if leaf.kind == "score"]
    scores = {(bid.bidder, leaf.id): Decimal(dice.randint(0, 10)) for bid in bids for leaf in scored}
    return Contest(spec, bids, scores)


def _scored(library: Library) -> Iterator[Criterion]:
    own, share = Fraction(1, SCORED), Fraction(3, 10) / SCORED
    scale = library.scale("zero-to-ten")
    for number in range(SCORED):
        yield Criterion(f"quality.{number}", "", own, share, "score", scale=scale)


def _offered(library: Library) -> Iterator[Criterion]:
    own, share = Fraction(1, OFFERED), Fraction(3, 10) / OFFERED
    model = Model("above-floor", library.model("above-floor"))
    for number in range(OFFERED):
        name, floor, cap = f"social.{number}", Fraction(15), Fraction(25)
        yield Criterion(name, "", own, share, "offer", model=model, floor=floor, cap=cap)


def _bid(bidder: str, spec: EvaluationSpec, dice: Random) -> Bid:
    kroner = {"A": (4_000_000, 6_000_000), "H": (250, 400), "T": (7000, 12_000)}
    prices = {line: Decimal(dice.randint(low * 100, high * 100)) / 100 for line, (low, high) in kroner.items()}
    offers = {leaf.id: Decimal(dice.randint(60, 110)) / 4 for leaf in spec.leaves() if leaf.kind == "offer"}
    return Bid(bidder, bidder, spec.lot, prices, offers)
