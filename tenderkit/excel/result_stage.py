"""One stage of an award model in rows: who was in, its condition in numbers, who was kept, and whether that holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tenderkit.assembly.formulas import steps_behind
from tenderkit.evaluation.awarding import Contest, columns, constants, kept
from tenderkit.evaluation.field import Field
from tenderkit.evaluation.minimum import alone
from tenderkit.evaluation.score import criterion_values
from tenderkit.evaluation.spec import Bid, Criterion
from tenderkit.excel.draft import Draft
from tenderkit.excel.result_book import ResultBook, heading
from tenderkit.excel.result_checked import colours, met, outcome
from tenderkit.excel.result_course import by_bidder
from tenderkit.excel.result_leaf import (
    SCORE,
    Helper,
    award_cells,
    helper_formula,
    helper_heading,
    helper_values,
    helpers,
    points_formula,
)
from tenderkit.excel.result_leaf import constants as published
from tenderkit.excel.result_points import POINTS_FORMAT, Points
from tenderkit.excel.sheets import address, area, quoted
from tenderkit.formula import Node, evaluate_bids, excel, names_in
from tenderkit.formula.tree import Call, Compare

STEP_FORMAT = "#,##0.00####"
FIRST = 3  # number, bidder, whether the bid is in


@dataclass
class Stage:
    """One stage while it is drafted: the bids that it looks at, and the column of each value on the sheet.

    Points that hang on other bids are calculated here over the bids still in, and so are steps.
    """

    book: ResultBook
    points: Points
    now: Field
    id: str
    leaves: list[Criterion]
    steps: list[str]
    columns: dict[str, int] = field(default_factory=dict)
    first: int = 0

    @classmethod
    def of(cls, book: ResultBook, points: Points, name: str) -> Stage:
        """Give a stage with its columns: the price, criteria that are calculated anew, steps, and what is compared."""
        definition = book.spec.award.definition
        condition = definition.stage_trees[name]
        needed = steps_behind(definition, [condition])
        steps = [step for step in definition.steps if step in needed]
        trees = [condition, *(definition.step_trees[step] for step in steps)]
        by_points = any("p" in names_in(tree) for tree in trees)
        leaves = [leaf for leaf in book.leaves if not alone(leaf)] if by_points else []
        stage = cls(book, points, book.course.entered[name], name, leaves, steps)
        keys = ["P"]
        for leaf in leaves:
            keys += [f"{leaf.id}.{helper.name}" for helper in _helpers(leaf)]
            keys.append(f"points.{leaf.id}")
        keys += [f"step.{step}" for step in steps]
        for index in range(len(compared(condition))):
            keys += [f"value.{index}", f"limit.{index}"]
        stage.columns = {key: column for column, key in enumerate([*keys, "kept"], start=FIRST)}
        return stage

    @property
    def condition(self) -> Node:
        """Give the condition's tree."""
        return self.book.spec.award.definition.stage_trees[self.id]

    def cell(self, key: str, bid: Bid) -> str:
        """Give the cell of a value in a bid's row."""
        return address(self.first + [own.bidder for own in self.book.bids].index(bid.bidder), self.columns[key])

    def area(self, key: str) -> str:
        """Give the area of a value over all bids; it is blank for those that are not in."""
        column = self.columns[key]
        return area((self.first, column), (self.first + len(self.book.bids) - 1, column))

    def written(self, node: Node, bid: Bid) -> str:
        """Give a formula of the award model as it stands in a cell here."""
        references = {**published(self.book, None), "P": self.cell("P", bid), "Ps": self.area("P")}
        for name in self.steps:
            references |= {name: self.cell(f"step.{name}", bid), f"{name}s": self.area(f"step.{name}")}
        here = {leaf.id for leaf in self.leaves}
        criteria = []
        for leaf in self.book.leaves:
            anew = {"p": self.cell(f"points.{leaf.id}", bid)} if leaf.id in here else {}
            criteria.append({**award_cells(self.book, leaf, bid), **anew})
        tables = {name: rows for (of, name), rows in self.book.tables.items() if not of}
        return excel(node, references, criteria, tables)

    def of_leaf(self, leaf: Criterion, bid: Bid) -> dict[str, str]:
        """Give what stands for each value in a criterion's formula, over the bids that are in."""
        own = self.points.own_cell(leaf, bid)
        found = {"P": own, "Ps": self.area("P")} if leaf.kind == "price" else {"v": own}
        for helper in _helpers(leaf):
            key = f"{leaf.id}.{helper.name}"
            found[f"{helper.name}s"] = self.area(key)
            if helper.is_step or helper.name == SCORE:
                found[helper.name] = self.cell(key, bid)
        return found


def compared(condition: Node) -> list[Compare]:
    """Give the comparisons that must all hold; none where the condition is made of other things too."""
    if isinstance(condition, Compare):
        return [condition]
    if isinstance(condition, Call) and condition.function == "AND":
        parts = [compared(argument) for argument in condition.arguments]
        return [part for found in parts for part in found] if all(parts) else []
    return []


def _helpers(leaf: Criterion) -> list[Helper]:
    """Give the columns that a criterion needs here; the price over all lines has one of its own already."""
    return helpers(leaf, prices=bool(leaf.lines))


def step_heading(book: ResultBook, name: str) -> str:
    """Give a step's name and what it means."""
    words = book.frame.words
    symbol = book.spec.award.definition.symbols.get(name)
    return words("award_step", step=name, meaning=symbol[words.language] if symbol else "")


def put_stage(stage: Stage, draft: Draft, number: int) -> None:
    """Put a stage with a row for each bid; those that are not in any more stand grey."""
    book, words = stage.book, stage.book.frame.words
    about = book.spec.award.definition.stages[stage.id]
    draft.row = draft.section(words("section_stage", number=number, title=about.title[words.language]))
    draft.remark(about.explain[words.language].strip())
    draft.remark(words("stage_condition", condition=about.keep))
    draft.headings(draft.row, _headings(stage))
    stage.first = draft.row + 1
    values, inside = _values(stage), {bid.bidder for bid in stage.now.bids}
    for place, bid in enumerate(book.bids):
        draft.row += 1
        draft.number(draft.row, 0, place + 1, "0")
        draft.formula(draft.row, 1, book.names[bid.bidder], bid.name, "label")
        draft.text(draft.row, 2, words.yes if bid.bidder in inside else words.no, "status")
        if bid.bidder in inside:
            _row(stage, draft, bid, {key: column[bid.bidder] for key, column in values.items()})
        else:
            for column in range(FIRST, stage.columns["kept"] + 3):
                draft.text(draft.row, column, "", "number")
    if book.bids:
        colours(book, draft, stage.columns["kept"], (stage.first, draft.row))
        rows = area((stage.first, 0), (draft.row, stage.columns["kept"] + 2), fixed=False)
        draft.highlight(rows, f"$C{stage.first + 1}={quoted(words.no)}", "muted")
    draft.row += 1


def _headings(stage: Stage) -> list[str]:
    book, words = stage.book, stage.book.frame.words
    heads = [words("number"), words("bidder"), words("inside"), words("evaluated_price")]
    for leaf in stage.leaves:
        heads += [helper_heading(book, helper, "only_inside") for helper in _helpers(leaf)]
        heads.append(words("stage_points", title=heading(leaf)))
    heads += [step_heading(book, name) for name in stage.steps]
    count = len(compared(stage.condition))
    for index in range(1, count + 1):
        several = f" {index}" if count > 1 else ""
        heads += [words("stage_value", number=several), words("stage_limit", number=several)]
    return [*heads, words("met_all"), words("met_then"), words("outcome")]


def _values(stage: Stage) -> dict[str, dict[str, Fraction]]:
    """Give what stands in the stage's columns, by column and bidder, as the engine has it."""
    now, spec = stage.now, stage.book.spec
    found = {"P": by_bidder(now, now.prices)}
    if not now.bids:
        return found
    for leaf in stage.leaves:
        for helper in _helpers(leaf):
            found[f"{leaf.id}.{helper.name}"] = helper_values(now, helper)
        found[f"points.{leaf.id}"] = by_bidder(now, now.points[leaf.id])
    contest = Contest(now.prices, [criterion_values(leaf, now.points[leaf.id]) for leaf in spec.leaves()])
    known, fixed = columns(spec.award, spec.points_top, contest), constants(spec.award, spec.points_top)
    found |= {f"step.{name}": by_bidder(now, known[name]) for name in stage.steps}
    for index, part in enumerate(compared(stage.condition)):
        for key, node in (("value", part.left), ("limit", part.right)):
            side = evaluate_bids(node, known, fixed, criteria=contest.criteria)
            found[f"{key}.{index}"] = by_bidder(now, side)
    held = kept(spec.award, stage.id, spec.points_top, contest)
    return {**found, "kept": by_bidder(now, [Fraction(keep) for keep in held])}


def _row(stage: Stage, draft: Draft, bid: Bid, values: Mapping[str, Fraction]) -> None:
    """Put a bid that the stage looks at."""
    book, words = stage.book, stage.book.frame.words
    complete = book.complete[bid.bidder]

    def put(key: str, formula: str, shown: str) -> None:
        guarded = f'IF({complete},{formula},"")'
        draft.formula(draft.row, stage.columns[key], guarded, values[key], "number", shown)

    put("P", book.prices[bid.bidder], "money")
    for leaf in stage.leaves:
        own, known = stage.points.own_cell(leaf, bid), stage.of_leaf(leaf, bid)
        for helper in _helpers(leaf):
            shown = "money" if helper.name == "P" else STEP_FORMAT
            put(f"{leaf.id}.{helper.name}", helper_formula(book, helper, own, known), shown)
        put(f"points.{leaf.id}", points_formula(book, leaf, own, known), POINTS_FORMAT)
    for name in stage.steps:
        put(f"step.{name}", stage.written(book.spec.award.definition.step_trees[name], bid), STEP_FORMAT)
    sides = []
    for index, part in enumerate(compared(stage.condition)):
        put(f"value.{index}", stage.written(part.left, bid), STEP_FORMAT)
        put(f"limit.{index}", stage.written(part.right, bid), STEP_FORMAT)
        sides.append(met(part.operator, stage.cell(f"value.{index}", bid), stage.cell(f"limit.{index}", bid)))
    holds = ",".join(sides) or stage.written(stage.condition, bid)
    yes, no, missing = quoted(words.yes), quoted(words.no), quoted(words("missing"))
    formula = f"IF({complete},IF(AND({holds}),{yes},{no}),{missing})"
    outcome(book, draft, stage.columns["kept"], formula, kept=bool(values["kept"]))
