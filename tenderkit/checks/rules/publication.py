"""What must be published of the evaluation, and where a formula has no value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from tenderkit.checks.criteria import criterion_path, leaves, named
from tenderkit.checks.rule import Found, rule
from tenderkit.evaluation.spec import Criterion
from tenderkit.evaluation.undefined import undefined_cases
from tenderkit.library.model import Scale
from tenderkit.plan import Plan
from tenderkit.quantities import format_number
from tenderkit.source import Path

_LAST_TIE_RULE = "lots-drawing"


@rule(
    legal_basis="udbudsloven § 160 as changed on 1 July 2019",
    mark="verified",
    rule_ids=("DK-AWD-01", "DK-AWD-05"),
    valid_from=dt.date(2019, 7, 1),
)
def model_not_published(plan: Plan) -> Iterator[Found]:
    """A part of the evaluation model is not published: what counts, the slope, a level of a scale, or a tie rule.

    Why: The whole method must stand in the tender documents, the slope and every tool for comparing bids included.
    What is left open can be chosen after the prices are known, and that annuls the award.

    Source: § 160 with the change of 2019 and the authority's guide on evaluation models (seen). An earlier decision
    had let the slope stay open; it no longer holds.

    Mend: Give the value that the message names in tender.yaml. Every criterion that evaluators score needs
    "looks_for", every parameter of a model a value, and the tie rules must end with one that always decides.
    """
    reported = set()
    for _, leaf in leaves(plan):
        if leaf.id in reported:
            continue
        reported.add(leaf.id)
        yield from _of_leaf(plan, leaf)
    ties = plan.tender.award.ties
    path: Path = ("award", "ties")
    if not ties:
        yield Found(
            "No rule says what happens when two bids have the same total.",
            plan.source.place(path, "award.ties"),
            f"Give tie rules in order, such as price, a criterion, {_LAST_TIE_RULE}.",
        )
    elif ties[-1] != _LAST_TIE_RULE:
        yield Found(
            f'The tie rules end with "{ties[-1]}", and two bids can still be equal after it.',
            plan.source.place(path, "award.ties"),
            f'Add "{_LAST_TIE_RULE}" as the last rule.',
            {"last": ties[-1]},
        )


def _of_leaf(plan: Plan, leaf: Criterion) -> Iterator[Found]:
    at = criterion_path(leaf.id)
    if leaf.kind in {"score", "offer"} and not leaf.looks_for:
        yield Found(
            f'"{named(leaf)}" does not say what counts.',
            plan.source.place(at, leaf.id),
            'Add "looks_for:" with what the evaluators give weight to.',
            {"criterion": leaf.id},
        )
    if leaf.model is not None:
        for name in sorted(set(leaf.model.definition.parameters) - set(leaf.model.parameters)):
            yield Found(
                f'"{named(leaf)}": the parameter "{name}" of "{leaf.model.id}" has no value.',
                plan.source.place((*at, "parameters"), leaf.id),
                f"Give {name} a value below parameters.",
                {"criterion": leaf.id, "parameter": name},
            )
    if leaf.scale is not None:
        yield from _of_scale(plan, leaf, leaf.scale)


def _of_scale(plan: Plan, leaf: Criterion, scale: Scale) -> Iterator[Found]:
    described = {level.score for level in scale.levels}
    silent = [score for score in scale.scores if score not in described]
    if silent and scale.between is None:
        listed = ", ".join(format_number(score, "en") for score in silent)
        yield Found(
            f'"{named(leaf)}": no text of the scale "{leaf.scale_id}" says when the scores {listed} are given.',
            plan.source.place((*criterion_path(leaf.id), "scale"), leaf.id),
            'Use a scale with a text for each score, or one whose "between" tells when the others are given.',
            {"criterion": leaf.id, "scale": leaf.scale_id, "scores": listed},
        )
    empty = [level.score for level in scale.levels if not level.text[plan.tender.tender.language]]
    if empty:
        listed = ", ".join(format_number(score, "en") for score in empty)
        yield Found(
            f'"{named(leaf)}": the scale "{leaf.scale_id}" has no text for {listed}.',
            plan.source.place((*criterion_path(leaf.id), "scale"), leaf.id),
            "Write the text in the scale's file.",
            {"criterion": leaf.id, "scale": leaf.scale_id, "scores": listed},
        )


_CASES = {
    "zero": "when a price or a number is 0",
    "negative": "when a price is below 0",
    "limit": "when a price is equal to a published limit",
    "single-bid": "when there is one bid",
    "all-equal": "when all bids are equal",
    "outside": "beyond its span",
}


@rule(legal_basis="udbudsloven §§ 2 and 160", mark="partly", rule_ids=("DK-AWD-04", "DK-AWD-05"))
def formula_undefined(plan: Plan) -> Iterator[Found]:
    """A formula has no value at or below zero, at a limit, for one bid, for equal bids or beyond its span.

    Why: No published rule covers the case. It comes up only after the opening, and then every way out looks chosen
    for somebody. Tenders were lost on a price of zero and on bids outside the span of the formula.

    Source: Transparency (§ 2) and the full model (§ 160), seen; the cases from the literature on evaluation models.

    Mend: Choose a model whose edge rules cover the case, or state them in the model's file: what is refused, and
    what gives full points or none.
    """
    seen = set()
    for spec in plan.specs.values():
        for case in undefined_cases(spec):
            key = (case.criterion, case.model, case.case, case.reason)
            if case.covered or key in seen:
                continue
            seen.add(key)
            path = (*criterion_path(case.criterion), "model") if case.criterion else ("award", "model")
            reason = re.sub(r"^Column \d+: ", "", case.reason).rstrip(".")
            formula = plan.library.model(case.model).formula
            yield Found(
                f'The model "{case.model}" ({formula}) has no published answer {_CASES[case.case]}: {reason}.',
                plan.source.place(path, case.criterion or "award.model"),
                "Choose a model whose edge rules say what happens then: tenderkit model list.",
                {"model": case.model, "case": case.case, "criterion": case.criterion},
            )
