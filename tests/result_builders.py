"""Lots with made-up models, minimums and stages, and their result workbooks, for the tests of results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cases import cleaning
from scoring_builders import a_bid, a_price, a_score, a_spec, library

from tenderkit import excel
from tenderkit.evaluation import score
from tenderkit.evaluation.examples import example_question
from tenderkit.evaluation.spec import Bid, Criterion, EvaluationSpec, Model
from tenderkit.excel.sheets import Workbook
from tenderkit.library.model import EvaluationModel

Scores = Mapping[tuple[str, str], Decimal]


def a_book(spec: EvaluationSpec, bids: Sequence[Bid], scores: Scores, **given: Any) -> Workbook:
    """Give the result workbook of a lot."""
    outcome = score(spec, bids, scores, **given)
    return excel.result(cleaning(), outcome, scores=scores)


def altered(model_id: str, model: str = "above-floor", **changes: Any) -> Model:
    """Give a model of the library with some of its parts replaced, checked as a file is."""
    plain = library().model(model).model_dump()
    return Model(model_id, EvaluationModel.model_validate({**plain, **changes}))


def an_offered(
    name: str, share: str, model: Model, *, floor: str = "0", cap: str = "100", amount: str = ""
) -> Criterion:
    """Give a criterion on an offered number."""
    return Criterion(
        name,
        f"Tilbudt tal {name}",
        Fraction(share),
        Fraction(share),
        "offer",
        model=model,
        floor=Fraction(floor),
        cap=Fraction(cap),
        better="lower" if Fraction(cap) < Fraction(floor) else "higher",
        amount=Fraction(amount) if amount else None,
    )


def of_every_model() -> Iterator[tuple[str, EvaluationSpec, list[Bid], dict[tuple[str, str], Decimal]]]:
    """Give a lot for each worked example of each model of the library: its name, evaluation, bids and scores."""
    for name in library().ids("model"):
        definition = library().model(name)
        for number, example in enumerate(definition.examples, start=1):
            question = example_question(name, definition, example.given)
            spec = replace(_spec_of(question.model, example.given), points_top=Fraction(example.given.points_top))
            bids, scores = _bids_of(spec, example.given)
            yield f"{name}-{number}", spec, bids, scores


def _spec_of(model: Model, given: Any) -> EvaluationSpec:
    quality = replace(a_score("quality", "1/2"), weight=Fraction(1, 2))
    match model.definition.input:
        case "price":
            return a_spec([a_price("1/2", model), quality])
        case "offer":
            floor, cap = (str(given.floor or 0), str(10**9 if given.cap is None else given.cap))
            offered = an_offered("offer", "1/2", model, floor=floor, cap=cap, amount="1000")
            if model.definition.gives == "value":
                award = Model("price-plus-time", library().model("price-plus-time"))
                return a_spec([replace(offered, weight=Fraction(1), share=Fraction(1))], award=award)
            return a_spec([a_price("1/2", Model("lowest-ratio", library().model("lowest-ratio"))), offered])
        case "score":
            return a_spec(
                [a_price("1/2", Model("lowest-ratio", library().model("lowest-ratio"))), replace(quality, model=model)]
            )
        case _:
            return a_spec(_criteria_of(given), award=model)


def _criteria_of(given: Any) -> list[Criterion]:
    even = Fraction(1, max(1, len(given.criteria)))
    return [
        replace(
            a_score(name, str(even if worth.weight is None else Fraction(worth.weight) / 100)),
            weight=even if worth.weight is None else Fraction(worth.weight) / 100,
            amount=None if worth.amount is None else Fraction(worth.amount),
        )
        for name, worth in given.criteria.items()
    ] or [replace(a_score("quality", "1"), amount=Fraction(100))]


def _bids_of(spec: EvaluationSpec, given: Any) -> tuple[list[Bid], dict[tuple[str, str], Decimal]]:
    scored = [leaf.id for leaf in spec.leaves() if leaf.kind == "score"]
    bids, scores = [], {}
    for number, bid in enumerate(given.bids):
        offers = {} if bid.offer is None else {"offer": bid.offer}
        bids.append(a_bid(f"b{number}", bid.price if bid.price is not None else 1000 + 37 * number, offers))
        for place, name in enumerate(scored):
            scores[f"b{number}", name] = Decimal((7 + 3 * number + 2 * place) % 11)
    return bids, scores
