"""What is put to the test: a lot of a tender, or one model of the library with quality beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from tenderkit.api.loading import house_folder, library_with
from tenderkit.case import open_case
from tenderkit.evaluation.parameters import read_parameters
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model, PriceLine
from tenderkit.evaluation.traits import in_kroner, uses_price
from tenderkit.formula.excel import plain_number
from tenderkit.formula.tree import Table
from tenderkit.library import Library
from tenderkit.library.model import EvaluationModel
from tenderkit.plan import Plan, make_plan
from tenderkit.problems import Place, Problem, TenderkitError, nearest
from tenderkit.quantities import Language, parse_percent
from tenderkit.source import Source
from tenderkit.stress.fitting import Facts, facts_of, fitted
from tenderkit.stress.market import Market
from tenderkit.tender import Criterion as Written
from tenderkit.tender import Lot, Tender, load_tender

_TOP = Fraction(10)
_SCALE = "zero-to-ten"


@dataclass(frozen=True)
class Untested:
    """An evaluation that is to be tested.

    Attributes:
        spec: the evaluation.
        library: where its models and the pitfalls come from.
        open_parameters: parameters that were not chosen, by criterion id; a usual value stands in their place.
        language: the tender's language.
        authority, title, reference: of the tender; empty for a model alone.
        created: the ISO date of the publication; empty for a model alone.
        lots: how many lots the tender has.
    """

    spec: EvaluationSpec
    library: Library
    open_parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language: Language = "en"
    authority: str = ""
    title: str = ""
    reference: str = ""
    created: str = ""
    lots: int = 1


@dataclass(frozen=True)
class Draft:
    """A tender that may be tested lot by lot, read once.

    ``published`` is its plan where it was published; otherwise ``tender.yaml`` is what counts.
    """

    tender: Tender
    source: Source
    library: Library
    published: Plan | None

    @property
    def lots(self) -> Sequence[Lot]:
        """Give the tender's lots."""
        return self.tender.lots

    def lot(self, identifier: str) -> Lot:
        """Give a lot.

        Raises:
            TenderkitError: there is no such lot.
        """
        known = {lot.id: lot for lot in self.lots}
        if identifier not in known:
            message = f'There is no lot "{identifier}".'
            raise TenderkitError(Problem("unknown-lot", message, Place(label="--lot"), help=nearest(identifier, known)))
        return known[identifier]


def draft_of(folder: Path) -> Draft:
    """Give the tender in a folder, published or not.

    Raises:
        TenderkitError: the folder holds no tender, or the file has problems.
    """
    case = open_case(folder)
    lock = case.lock()
    if lock is not None:
        plan = lock.plan
        return Draft(plan.tender, plan.source, plan.library, plan)
    tender, source = load_tender(case.tender_file)
    return Draft(tender, source, library_with(house_folder(case, tender.house_clauses, None)), None)


def of_lot(draft: Draft, lot: str, market: Market) -> Untested:
    """Give a lot's evaluation: as it was published, or as ``tender.yaml`` has it now.

    A parameter that the tender has not chosen yet is filled with a usual value and named as open.

    Raises:
        TenderkitError: the tender has other problems.
    """
    if draft.published is not None:
        return _of_plan(draft.published, lot, {})
    opened: dict[str, tuple[str, ...]] = {}
    facts = facts_of(market, Fraction(draft.tender.award.points_top), Fraction(1, 2))
    filled = _filled(draft.tender, draft.library, facts, opened)
    return _of_plan(make_plan(filled, draft.source, draft.library), lot, opened)


def _of_plan(plan: Plan, lot: str, opened: Mapping[str, tuple[str, ...]]) -> Untested:
    heading = plan.tender.tender
    return Untested(
        plan.specs[lot],
        plan.library,
        opened,
        heading.language,
        plan.tender.authority.name,
        heading.title,
        heading.reference,
        plan.tender.procedure.publication.isoformat(),
        len(plan.tender.lots),
    )


def _filled(tender: Tender, library: Library, facts: Facts, opened: dict[str, tuple[str, ...]]) -> Tender:
    """Give the tender with a value for every parameter that was not chosen."""
    criteria = {key: _filled_one(key, each, library, facts, opened) for key, each in tender.criteria.items()}
    award = tender.award
    chosen = _chosen(award.model, award.parameters, library, facts)
    if chosen:
        opened[""] = tuple(chosen)
        award = award.model_copy(update={"parameters": {**award.parameters, **chosen}})
    return tender.model_copy(update={"criteria": criteria, "award": award})


def _filled_one(
    identity: str, written: Written, library: Library, facts: Facts, opened: dict[str, tuple[str, ...]]
) -> Written:
    sub = {key: _filled_one(f"{identity}.{key}", each, library, facts, opened) for key, each in written.sub.items()}
    chosen = _chosen(written.model, written.parameters, library, facts) if written.model else {}
    if chosen:
        opened[identity] = tuple(chosen)
    return written.model_copy(update={"sub": sub, "parameters": {**written.parameters, **chosen}})


def _chosen(
    model: str, parameters: Mapping[str, object], library: Library, facts: Facts
) -> dict[str, str | dict[str, str]]:
    """Give a usual value, as it is written, for each parameter without one; none where the model is unknown."""
    if model not in library.ids("model"):
        return {}
    definition = library.model(model)
    missing = [name for name, item in definition.parameters.items() if item.default is None and name not in parameters]
    usual = fitted(model, definition, facts) if missing else None
    return {} if usual is None else {name: _written(definition, name, usual.parameters[name]) for name in missing}


def _written(definition: EvaluationModel, name: str, value: Fraction | Table) -> str | dict[str, str]:
    """Give a value as it stands in ``tender.yaml``."""
    parameter = definition.parameters[name]
    if isinstance(value, tuple):
        kinds = parameter.rows or ("number", "number")
        return {_number(edge, kinds[0]): _number(own, kinds[1]) for edge, own in value}
    return _number(value, parameter.type)


def _number(value: Fraction, kind: str) -> str:
    short = Fraction(Decimal(f"{float(value * 100 if kind == 'percent' else value):.6g}"))
    return plain_number(short) + (" %" if kind == "percent" else "")


def of_model(identifier: str, market: Market, param: Sequence[str], weight: str, library: Library) -> Untested:
    """Give an evaluation with one model: a price model or an award model, with evaluators' scores beside the price.

    Args:
        identifier: the model.
        market: what bids to expect; a parameter that is not given is fitted to it, and named as open.
        param: the model's parameters, such as ``X=60%``.
        weight: the price's share of the whole, such as ``40%``; half when left out.
        library: where the model comes from.

    Raises:
        TenderkitError: there is no such model, it works on neither prices nor bids, or a parameter is wrong.
    """
    definition = library.model(identifier)
    if definition.input not in {"price", "bids"}:
        message = f'"{identifier}" works on offered numbers or scores, and cannot be tested alone.'
        advice = "Use it in a tender, and run: tenderkit model test FOLDER"
        raise TenderkitError(Problem("model-not-alone", message, help=advice))
    share = _share(weight)
    facts = facts_of(market, _TOP, share)
    given = dict(_pairs(param))
    values, problems = read_parameters(identifier, definition, given, lambda path: Place(label=f"--param {path[0]}"))
    problems = [problem for problem in problems if problem.id != "model-not-published"]
    if problems:
        raise TenderkitError(problems)
    usual = fitted(identifier, definition, facts)
    missing = tuple(name for name in definition.parameters if name not in values)
    if missing and usual is None:
        message = f"{', '.join(missing)} is not chosen, and has no usual value."
        raise TenderkitError(Problem("model-not-published", message, help=f"Add --param {missing[0]}=VALUE."))
    model = Model(identifier, definition, {**(dict(usual.parameters) if usual else {}), **values})
    return Untested(_alone(model, share, facts, library), library, _opened(definition, missing))


def _opened(definition: EvaluationModel, missing: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {"price" if definition.role == "criterion" else "": missing} if missing else {}


def _share(weight: str) -> Fraction:
    try:
        share = Fraction(parse_percent(weight)) / 100 if weight else Fraction(1, 2)
    except ValueError as error:
        raise TenderkitError(Problem("wrong-value", f"{error}.", Place(label="--weight"))) from error
    if not 0 < share < 1:
        message = "The price's weight lies between 0 % and 100 %."
        raise TenderkitError(Problem("wrong-value", message, Place(label="--weight"), help="Write --weight 40%."))
    return share


def _pairs(param: Sequence[str]) -> Iterator[tuple[str, str]]:
    for text in param:
        name, sign, value = text.partition("=")
        if not sign:
            message = f'"{text}" has no value.'
            raise TenderkitError(Problem("wrong-value", message, Place(label="--param"), help="Write --param X=60%."))
        yield name.strip(), value.strip()


def _alone(model: Model, share: Fraction, facts: Facts, library: Library) -> EvaluationSpec:
    """Give an evaluation with the model, quality on a scale, and the usual tie rules."""
    definition = model.definition
    ranks = definition.role == "award"
    award = model if ranks else Model("weighted-sum", library.model("weighted-sum"))
    priced = not (ranks and uses_price(definition))
    rest = 1 - share if priced else Fraction(1)
    amount = facts.quality_for_price * (facts.high - facts.low) if in_kroner(award.definition) else None
    scale = library.scale(_SCALE)
    quality = Criterion("quality", "Quality", rest, rest, "score", scale=scale, scale_id=_SCALE, amount=amount)
    price_model = fitted("relative-linear", library.model("relative-linear"), facts) if ranks else model
    price = Criterion("price", "Price", share, share, "price", model=price_model, better="lower")
    return EvaluationSpec(
        lot=model.id,
        lot_title=definition.title.en,
        criteria=(price, quality) if priced else (quality,),
        price_lines=(PriceLine("A", "Price", "piece", Fraction(1)),),
        points_top=_TOP,
        award=award,
        total_places=3,
        point_places=None,
        ties=("price", "lots-drawing"),
    )
