"""The limit of how many lots one bidder can win: whether it can stand, and as the evaluation works with it."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.evaluation.allocation import LotLimit
from tenderkit.library import Library
from tenderkit.problems import Problem, TenderkitError
from tenderkit.source import Path, Source
from tenderkit.tender import LotsAward, Tender

_AT_MOST: Path = ("award", "lots", "at_most")
_CHOOSE: Path = ("award", "lots", "choose")


def lot_limit(tender: Tender) -> LotLimit | None:
    """Give the limit with the lots' values; None where each lot is awarded by itself.

    A limit of as many lots as there are limits nothing, and is none.
    """
    rule = tender.award.lots
    if rule is None or rule.at_most >= len(tender.lots):
        return None
    return LotLimit(rule.at_most, rule.choose, {lot.id: lot.value_dkk for lot in tender.lots})


def limit_problems(tender: Tender, source: Source, library: Library) -> Iterator[Problem]:
    """Give what is wrong with the limit: no lots to limit, no lot to win, or nothing that can be added up."""
    rule = tender.award.lots
    if rule is None:
        return
    if len(tender.lots) == 1:
        yield Problem(
            "lots-limit-on-one-lot",
            "There is one lot, so there is nothing that a limit of lots could decide.",
            source.place(("award", "lots"), "award.lots"),
            help="Remove award.lots, or divide the purchase into lots.",
        )
    elif rule.at_most < 1:
        yield Problem(
            "wrong-value",
            f"A bidder could win at most {rule.at_most} lots.",
            source.place(_AT_MOST, "award.lots.at_most"),
            help=f"Give 1 to {len(tender.lots) - 1}; without a limit remove award.lots.",
        )
    yield from _not_to_add(rule, tender, source, library)


def _not_to_add(rule: LotsAward, tender: Tender, source: Source, library: Library) -> Iterator[Problem]:
    place = source.place(_CHOOSE, "award.lots.choose")
    if rule.choose == "lowest-price" and not tender.price_lines:
        yield Problem(
            "lots-sum-not-possible",
            "The lowest sum of evaluated prices cannot decide: the tender has no price lines.",
            place,
            help="Choose highest-points.",
        )
    if rule.choose == "highest-points":
        try:
            lowest_wins = library.model(tender.award.model).better == "lower"
        except TenderkitError:
            return  # told where the award model is read
        if lowest_wins:
            yield Problem(
                "lots-sum-not-possible",
                f'The highest sum of totals cannot decide: with "{tender.award.model}" the lowest total wins.',
                place,
                help="Choose lowest-price, or an award model in which the highest total wins.",
            )
