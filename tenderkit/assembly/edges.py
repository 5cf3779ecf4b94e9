"""What a model does at its edges, as points of a document: one bid, equal bids, zero, beyond its span, rounding."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.assembly import cells, tree
from tenderkit.assembly.context import Context
from tenderkit.assembly.formulas import decimals
from tenderkit.evaluation.points import published_places
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model
from tenderkit.evaluation.traits import hangs_on_others, names_used, uses_price
from tenderkit.library.model import EvaluationModel
from tenderkit.quantities import format_number


def edge_points(leaf: Criterion, model: Model, spec: EvaluationSpec, context: Context) -> list[tree.Paragraph]:
    """Give what a criterion's model does at its edges.

    A price model says everything. For offers and scores a rule is left out where it says no more than the formula.
    """
    edges = model.definition.edges
    top = format_number(spec.points_top, context.language)
    if leaf.kind != "price":
        telling = _telling(model.definition)
        return [cells.point(context, f"edges-{leaf.kind}.{rule}.{choice}", top=top) for rule, choice in telling]
    keys = [f"edges.single_bid.{edges.single_bid}", f"edges.all_equal.{edges.all_equal}"]
    keys += [f"edges.zero.{edges.zero}", f"edges.negative.{edges.negative}"]
    keys += [] if edges.outside == "not-possible" else [f"edges.outside.{edges.outside}"]
    keys.append(f"edges.blank.{edges.blank}")
    return [_about_price(key, "part" if leaf.lines else "whole", context, top) for key in keys]


def award_edges(spec: EvaluationSpec, context: Context) -> list[tree.Paragraph]:
    """Give which prices an award model refuses; all else follows from its formula."""
    definition = spec.award.definition
    if not uses_price(definition):
        return []
    refused = [key for key in ("zero", "negative") if getattr(definition.edges, key) == "refused"]
    return [_about_price(f"edges.{key}.refused", "whole", context) for key in refused]


def _about_price(key: str, part: str, context: Context, top: str = "") -> tree.Paragraph:
    """Give a rule with what the price is called in it."""
    called = {name: context.label(f"edges-price.{part}.{name}") for name in ("price", "a_price", "the_price")}
    said = context.label(key, top=top, **called)
    return tree.Paragraph((tree.Text(said[:1].upper() + said[1:]),), point=True)


def _telling(definition: EvaluationModel) -> Iterator[tuple[str, str]]:
    """Give the edge rules that say more than the formula does, with what each says."""
    edges = definition.edges
    if hangs_on_others(definition):
        yield "single_bid", edges.single_bid
        yield "all_equal", edges.all_equal
    for name in ("zero", "negative"):
        if getattr(edges, name) == "refused":
            yield name, "refused"
    said_by_the_cap = edges.outside == "clamped" and "cap" in names_used(definition)
    if edges.outside != "not-possible" and not said_by_the_cap:
        yield "outside", edges.outside


def rounding_point(leaf: Criterion, spec: EvaluationSpec, context: Context) -> tree.Paragraph:
    """Give to how many decimals points are rounded: what the tender says, else what the model says."""
    places = published_places(spec, leaf)
    if places is None:
        return cells.point(context, "rounding.none")
    return cells.point(context, "rounding.places", decimals=decimals(places, context))
