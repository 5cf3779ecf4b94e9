"""One criterion in formulas: what stands for each name, the columns beside what went in, and the points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tenderkit.evaluation.awarding import constants as known_to
from tenderkit.evaluation.edges import deciding_formula
from tenderkit.evaluation.field import Field
from tenderkit.evaluation.points import published_places, scale_points
from tenderkit.evaluation.spec import Bid, Criterion
from tenderkit.excel.fields import exact
from tenderkit.excel.result_book import ResultBook, heading
from tenderkit.excel.result_course import by_bidder
from tenderkit.formula import Node, evaluate_bids, excel, names_in
from tenderkit.formula.tree import Table

SCORE = "q"  # what a model on scores calls the points for the score


@dataclass(frozen=True)
class Helper:
    """A column beside what went in: a model's named step, or the values of all bids that a formula looks at.

    ``name`` is the step's, or ``P``, ``v`` or ``q``.
    """

    leaf: Criterion
    name: str

    @property
    def is_step(self) -> bool:
        """Tell whether the column holds a named step."""
        return self.leaf.model is not None and self.name in self.leaf.model.definition.steps


def helpers(leaf: Criterion, *, prices: bool = False) -> list[Helper]:
    """Give the columns that a criterion's formula needs; ``prices`` when those of all bids do not stand elsewhere."""
    if leaf.model is None:
        return []
    definition = leaf.model.definition
    trees = [deciding_formula(definition), *definition.step_trees.values()]
    used = {name for tree in trees for name in names_in(tree)}
    found = [Helper(leaf, SCORE)] if leaf.kind == "score" else []
    if leaf.kind == "offer" and "vs" in used:
        found.append(Helper(leaf, "v"))
    if leaf.kind == "price" and prices and "Ps" in used:
        found.append(Helper(leaf, "P"))
    return [*found, *(Helper(leaf, step) for step in definition.steps)]


def helper_heading(book: ResultBook, helper: Helper, part: str = "only_ranked") -> str:
    """Give what stands above a helper's column; ``part`` is the label that tells which bids are in it."""
    words, model = book.frame.words, helper.leaf.model
    title = heading(helper.leaf)
    if not helper.is_step or model is None:
        return words("points_of_score" if helper.name == SCORE else part, title=title)
    symbol = model.definition.symbols.get(helper.name)
    meaning = symbol[words.language] if symbol else ""
    return words("step_of", title=title, step=helper.name, meaning=meaning)


def helper_values(field: Field, helper: Helper) -> dict[str, Fraction]:
    """Give the values of a helper's column by bidder, as the engine has them over the bids of a field."""
    leaf, spec = helper.leaf, field.spec
    given = list(field.given[leaf.id])
    if not given or leaf.model is None:
        return {}
    if leaf.scale is not None:
        given = [scale_points(leaf.scale, value, spec.points_top) for value in given]
    if helper.is_step:
        definition = leaf.model.definition
        steps = dict(definition.step_trees)
        before = {key: steps[key] for key in list(steps)[: list(steps).index(helper.name)]}
        known: dict[str, Fraction | Table] = dict(known_to(leaf.model, spec.points_top))  # type: ignore[arg-type]
        known |= {name: value for name, value in (("floor", leaf.floor), ("cap", leaf.cap)) if value is not None}
        given = list(evaluate_bids(steps[helper.name], {definition.own_name: given}, known, before))
    return by_bidder(field, given)


def constants(book: ResultBook, leaf: Criterion | None) -> dict[str, str]:
    """Give the cells of the numbers that a criterion's model, or the award model, has published."""
    identifier = leaf.id if leaf else ""
    found = {name: cell for (of, name), cell in book.parameters.items() if of == identifier}
    for name, cells in (("floor", book.floors), ("cap", book.caps)):
        if identifier in cells:
            found[name] = cells[identifier]
    return {**found, "S": book.top}


def written(book: ResultBook, node: Node, leaf: Criterion, references: Mapping[str, str]) -> str:
    """Give a formula of a criterion's model as it stands in a cell."""
    tables = {name: cells for (of, name), cells in book.tables.items() if of == leaf.id}
    return excel(node, {**constants(book, leaf), **references}, tables=tables)


def on_scale(book: ResultBook, leaf: Criterion, own: str) -> str:
    """Give the formula of the points for a score."""
    if leaf.scale is None:
        return own
    bottom, top = Fraction(leaf.scale.bottom), Fraction(leaf.scale.top)
    return f"{book.top}*({own}-{exact(bottom)})/{exact(top - bottom)}"


def helper_formula(book: ResultBook, helper: Helper, own: str, references: Mapping[str, str]) -> str:
    """Give the formula of a helper's cell; ``own`` is the cell of what went in."""
    leaf = helper.leaf
    if helper.is_step and leaf.model is not None:
        return written(book, leaf.model.definition.step_trees[helper.name], leaf, references)
    return on_scale(book, leaf, own) if helper.name == SCORE else own


def points_formula(book: ResultBook, leaf: Criterion, own: str, references: Mapping[str, str]) -> str:
    """Give the formula of a bid's points, rounded where the tender or the model says so."""
    if leaf.model is None:
        formula = on_scale(book, leaf, own)
    else:
        formula = written(book, deciding_formula(leaf.model.definition), leaf, references)
    places = published_places(book.spec, leaf)
    return formula if places is None else f"ROUND({formula},{places})"


def award_cells(book: ResultBook, leaf: Criterion, bid: Bid) -> dict[str, str]:
    """Give the cells of a criterion's weight, points and amount for a bid."""
    cells = {"p": book.points[bid.bidder, leaf.id]}
    if leaf.id in book.shares:
        cells["w"] = book.shares[leaf.id]
    if leaf.id in book.amounts:
        cells["a"] = book.amounts[leaf.id]
    return cells


def award_references(book: ResultBook, bid: Bid) -> dict[str, str]:
    """Give what stands for each name in the award model's formula, for a bid in the ranking."""
    steps = {name: cell for (bidder, name), cell in book.steps.items() if bidder == bid.bidder}
    areas = {f"{name}s": area for name, area in book.step_areas.items()}
    price = {"P": book.prices[bid.bidder], "Ps": book.admitted_prices}
    return {**constants(book, None), **price, **steps, **areas}


def award_formula(book: ResultBook, node: Node, bid: Bid, criteria: list[dict[str, str]] | None = None) -> str:
    """Give a formula of the award model as it stands in a bid's cell."""
    cells = [award_cells(book, leaf, bid) for leaf in book.leaves] if criteria is None else criteria
    tables = {name: rows for (of, name), rows in book.tables.items() if not of}
    return excel(node, award_references(book, bid), cells, tables)
