"""What the sheets of a result workbook share: the bids in their rows, and where each published number stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from tenderkit.assembly.eliminated import apart
from tenderkit.evaluation.minimum import STAGE, with_minimum
from tenderkit.evaluation.spec import Bid, BidResult, Criterion, Eliminated, EvaluationSpec, Result
from tenderkit.evaluation.traits import in_kroner, names_used
from tenderkit.excel.frame import Frame
from tenderkit.excel.result_course import Course
from tenderkit.excel.sheets import quoted

ADMITTED, REJECTED, INCOMPLETE, FELL_OUT = 1, -1, -2, -3


@dataclass
class ResultBook:
    """A lot's result while its sheets are drafted, with the agreed scores it was made from.

    The dictionaries give, from other sheets, the cells of shares, amounts, floors, caps and minimums by criterion id,
    of model parameters and tables by criterion id (empty for the award model) and name, and of the columns of each bid
    by bidder id. ``alarms`` are the areas that tell whether minimums and stages still have the outcome that the result
    was made from; ``worse`` the criteria of which a tie rule takes the lowest sum.
    """

    frame: Frame
    result: Result
    scores: Mapping[tuple[str, str], Decimal]
    course: Course
    shares: dict[str, str] = field(default_factory=dict)
    amounts: dict[str, str] = field(default_factory=dict)
    floors: dict[str, str] = field(default_factory=dict)
    caps: dict[str, str] = field(default_factory=dict)
    minimums: dict[str, str] = field(default_factory=dict)
    parameters: dict[tuple[str, str], str] = field(default_factory=dict)
    tables: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    top: str = ""
    places: str = ""
    weights_check: str = ""
    weights_right: bool = True
    names: dict[str, str] = field(default_factory=dict)
    admitted: dict[str, str] = field(default_factory=dict)
    prices: dict[str, str] = field(default_factory=dict)
    admitted_prices: str = ""
    line_prices: dict[tuple[str, str], str] = field(default_factory=dict)
    line_areas: dict[str, str] = field(default_factory=dict)
    status: dict[str, str] = field(default_factory=dict)
    complete: dict[str, str] = field(default_factory=dict)
    points: dict[tuple[str, str], str] = field(default_factory=dict)
    weighted: dict[tuple[str, str], str] = field(default_factory=dict)
    steps: dict[tuple[str, str], str] = field(default_factory=dict)
    step_areas: dict[str, str] = field(default_factory=dict)
    alarms: list[str] = field(default_factory=list)
    worse: frozenset[str] = frozenset()

    @property
    def spec(self) -> EvaluationSpec:
        """Give the lot's published evaluation."""
        return self.result.spec

    @property
    def bids(self) -> list[Bid]:
        """Give all bids, one for each row, in the order of their ids."""
        bids = [item.bid for item in self.result.ranking]
        bids += [*(item.bid for item in self.result.eliminated), *self.result.rejected]
        return sorted({bid.bidder: bid for bid in bids}.values(), key=lambda bid: bid.bidder)

    @property
    def leaves(self) -> tuple[Criterion, ...]:
        """Give the criteria that get points."""
        return self.spec.leaves()

    def of(self, bid: Bid) -> BidResult | None:
        """Give a bid's result; None when it is not in the ranking."""
        return next((item for item in self.result.ranking if item.bid.bidder == bid.bidder), None)

    def out(self, bid: Bid) -> list[Eliminated]:
        """Give why a bid fell out; nothing for a bid that is in the ranking or was not admitted."""
        return [item for item in self.result.eliminated if item.bid.bidder == bid.bidder]

    def out_at(self, bid: Bid) -> str:
        """Give the stage at which a bid fell out, or the minimum; empty for other bids."""
        return next((item.stage for item in self.out(bid)), "")

    def fixed_status(self, bid: Bid) -> int:
        """Give what a bid's status is when the workbook is made."""
        return ADMITTED if self.of(bid) else FELL_OUT if self.out(bid) else REJECTED

    def unpriced(self, bid: Bid) -> bool:
        """Tell whether a bid's prices are not looked at, because it is below a minimum."""
        return self.out_at(bid) == STAGE

    def stage_title(self, stage: str) -> str:
        """Give what readers call a stage, or the minimum."""
        words = self.frame.words
        if stage == STAGE:
            return words("minimum")
        return self.spec.award.definition.stages[stage].title[words.language]

    def reasons(self, bid: Bid) -> list[str]:
        """Give why a bid fell out, a sentence for each condition that it did not meet."""
        words, found = self.frame.words, []
        for item in self.out(bid):
            value, limit = apart(item.value, item.limit, words.language)
            criterion = self.spec.criterion(item.criterion)
            if criterion is not None:
                found.append(words("out_minimum", title=heading(criterion), value=value, limit=limit))
            else:
                name = "out_stage_at" if value else "out_stage"
                found.append(words(name, title=self.stage_title(item.stage), value=value, limit=limit))
        return found

    @property
    def can_fall_out(self) -> bool:
        """Tell whether a bid can fall out before the ranking."""
        return bool(self.minimum_criteria or self.spec.award.definition.stages)

    @property
    def minimum_criteria(self) -> list[Criterion]:
        """Give the criteria and groups that have a minimum."""
        return list(with_minimum(self.spec.criteria))

    @property
    def again(self) -> str:
        """Give the condition under which the result must be calculated again; empty where nothing can fall out."""
        words = self.frame.words
        counts = [f"COUNTIF({area},{quoted(words('again'))})" for area in self.alarms]
        return f"{'+'.join(counts)}>0" if counts else ""

    @property
    def uses_weights(self) -> bool:
        """Tell whether weights count: in the award model, in what a group must reach, or in a tie."""
        return not self.uses_amounts or "w" in names_used(self.spec.award.definition)

    @property
    def uses_amounts(self) -> bool:
        """Tell whether the award model works with amounts in kroner."""
        return in_kroner(self.spec.award.definition)

    @property
    def better_high(self) -> bool:
        """Tell whether the highest total wins."""
        return self.spec.award.definition.better == "higher"

    @property
    def total_format(self) -> str:
        """Give the number format of totals."""
        places = self.spec.total_places
        return "#,##0" + ("." + "0" * places if places else "")

    def weighted_of(self, item: BidResult, criterion: Criterion) -> Fraction:
        """Give a bid's weighted points on a criterion or group."""
        return sum((item.on(leaf.id).weighted for leaf in criterion.leaves()), Fraction(0))


def heading(criterion: Criterion) -> str:
    """Give what readers call a criterion."""
    return f"{criterion.number} {criterion.title}".strip()


def column_of(cells: Iterable[str]) -> str:
    """Give the area from the first to the last of a column's cells, all of them references to the same sheet.

    >>> column_of(["'Tilbud'!$C$9", "'Tilbud'!$C$10"])
    "'Tilbud'!$C$9:$C$10"
    """
    first, *rest = list(cells)
    return f"{first}:{rest[-1].rpartition('!')[2]}" if rest else first
