"""How firmly a real result stands: who would win with other weights, drawn at random around the published ones."""

from __future__ import annotations

from tenderkit.evaluation.spec import Result
from tenderkit.formula import parse
from tenderkit.stress.weights import SPREAD, weight_wins

#: Sets of weights that are drawn: the shares are then right to a fraction of a percentage point.
DRAWS = 100_000
_SUM = parse("SUM_CRITERIA(w*p)")


def weight_shares(result: Result, draws: int = DRAWS, seed: int = 1) -> dict[str, float]:
    """Give the share of random weights with which each bid of the ranking would win, 0 to 1, by bidder.

    Each criterion's weight is moved evenly by up to half of itself, up or down, and all are scaled to sum to 1. Empty
    where the total is no weighted sum, or fewer than two bids are ranked.
    """
    award = result.spec.award.definition
    if award.tree != _SUM or award.stages or len(result.ranking) < 2:  # noqa: PLR2004 - one bid wins always
        return {}
    leaves = result.spec.leaves()
    points = [[float(item.on(leaf.id).points) for leaf in leaves] for item in result.ranking]
    won = weight_wins(points, draws, seed, [float(leaf.share) for leaf in leaves], SPREAD)
    return {item.bid.bidder: share for item, share in zip(result.ranking, won.shares, strict=True)}
