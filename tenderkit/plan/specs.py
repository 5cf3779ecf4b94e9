"""One evaluation per lot: criteria with exact weights, what must be reached, and what belongs together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation import spec
from tenderkit.evaluation.minimum import obstacle
from tenderkit.evaluation.traits import gives_value, in_kroner, names_used
from tenderkit.library import Library
from tenderkit.plan.models import ModelReader
from tenderkit.plan.scored import LeafMaker
from tenderkit.plan.types import ChosenClause
from tenderkit.problems import Problem, nearest
from tenderkit.source import Path, Source
from tenderkit.tender import Criterion, Lot, Tender, quantity

_WHOLE = Decimal(100)
_USUAL_PLACES = 3


@dataclass
class SpecMaker:
    """Makes a lot's evaluation from the tender's criteria, and collects what is wrong on the way."""

    tender: Tender
    source: Source
    library: Library
    clauses: Mapping[str, ChosenClause]
    problems: list[Problem]

    def __post_init__(self) -> None:
        """Make the readers that share the list of problems."""
        self.models = ModelReader(self.source, self.library, self.problems)
        self.leaves = LeafMaker(self.tender, self.clauses, self.models)

    def make(self, lot: Lot) -> spec.EvaluationSpec | None:
        """Give a lot's evaluation; None when a problem was found."""
        before = len(self.problems)
        self.models.lot = lot.id
        award = self.models.award(self.tender.award.model, self.tender.award.parameters)
        criteria = tuple(
            made
            for key, criterion in self.tender.criteria.items()
            if (made := self._criterion(key, criterion, lot, Fraction(1), ("criteria", key), None)) is not None
        )
        lines = self._price_lines(lot)
        self._check_ties()
        if award is not None:
            self._check_award(award, criteria)
        if award is None or len(self.problems) > before:
            return None
        rounding = self.tender.award.rounding
        return spec.EvaluationSpec(
            lot=lot.id,
            lot_title=lot.title,
            criteria=criteria,
            price_lines=lines,
            points_top=Fraction(self.tender.award.points_top),
            award=award,
            total_places=_total_places(rounding.total, award),
            point_places=None if rounding.points == "none" else rounding.points,
            ties=tuple(self.tender.award.ties),
        )

    def _price_lines(self, lot: Lot) -> tuple[spec.PriceLine, ...]:
        lines = []
        for key, line in self.tender.price_lines.items():
            amount = quantity(line.quantity, lot.id)
            if amount is None:
                self._add(
                    "missing-quantity",
                    f'Price line "{key}" has no quantity for lot "{lot.id}".',
                    ("price_lines", key, "quantity"),
                    "Give a quantity for every lot.",
                )
                continue
            lines.append(
                spec.PriceLine(
                    key, line.label, line.unit, Fraction(amount), None if line.max is None else Fraction(line.max)
                )
            )
        return tuple(lines)

    def _check_ties(self) -> None:
        known = {"price", "lots-drawing", *self._ids(self.tender.criteria, "")}
        for i, rule in enumerate(self.tender.award.ties):
            if rule not in known:
                self._add("unknown-tie-rule", f'"{rule}" is no tie rule.', ("award", "ties", i), nearest(rule, known))

    def _ids(self, criteria: Mapping[str, Criterion], prefix: str) -> list[str]:
        ids = []
        for key, criterion in criteria.items():
            ids += [f"{prefix}{key}", *self._ids(criterion.sub, f"{prefix}{key}.")]
        return ids

    def _criterion(
        self, key: str, criterion: Criterion, lot: Lot, share: Fraction, path: Path, amount: Fraction | None
    ) -> spec.Criterion | None:
        if criterion.weight is None and (criterion.amount is None or amount is not None):
            self._add("missing-weight", f'"{key}" has no weight.', path, 'Add "weight: 20 %" (per cent of the level).')
            return None
        weight = Fraction(1) if criterion.weight is None else Fraction(criterion.weight) / 100
        own_share = share * weight
        own_amount = (
            Fraction(criterion.amount)
            if criterion.amount is not None
            else (None if amount is None else amount * weight)
        )
        identity = ".".join(str(part) for part in path if part not in {"criteria", "sub"})
        made: spec.Criterion | None
        if criterion.sub:
            children = tuple(
                sub
                for child, inner in criterion.sub.items()
                if (sub := self._criterion(child, inner, lot, own_share, (*path, "sub", child), own_amount)) is not None
            )
            self.leaves.check_lines(criterion, path, priced=False)
            title = criterion.title or key
            made = spec.Criterion(identity, title, weight, own_share, "group", criterion.number, children)
        else:
            made = self.leaves.make(identity, key, criterion, lot, path)
        if made is None:
            return None
        minimum = self._minimum(key, criterion, made, path)
        return replace(made, weight=weight, share=own_share, amount=own_amount, minimum=minimum)

    def _minimum(self, key: str, criterion: Criterion, made: spec.Criterion, path: Path) -> Fraction | None:
        """Give the published minimum as a share of full points; note one that cannot stand here."""
        if criterion.minimum is None:
            return None
        at = (*path, "minimum")
        if not 0 <= criterion.minimum <= _WHOLE:
            self._add("wrong-value", f"A minimum of {criterion.minimum} % cannot be.", at, "Give 0 % to 100 %.")
        elif reason := obstacle(made):
            self._add(
                "minimum-not-possible",
                f'"{made.title or key}" can have no minimum: {reason}.',
                at,
                "Set it on criteria for quality, scored on a scale or by a model that looks at the bid alone: "
                "who falls out must be known before prices are looked at.",
            )
        return Fraction(criterion.minimum) / 100

    def _check_award(self, award: spec.Model, criteria: tuple[spec.Criterion, ...]) -> None:
        """Note criteria that lack what the award model works with."""
        kroner = in_kroner(award.definition)
        by_weight = "w" in names_used(award.definition)
        for leaf in (leaf for criterion in criteria for leaf in criterion.leaves()):
            path = _path(leaf.id)
            if kroner and leaf.amount is None:
                self._add(
                    "amount-missing",
                    f'"{leaf.title}" has no amount for full points, which "{award.id}" works with.',
                    path,
                    'Add "amount:" in kroner, here or on the criterion above.',
                )
            if gives_value(leaf) and not kroner:
                self._add(
                    "value-without-kroner",
                    f'"{leaf.title}" passes on the offered number as it is, but "{award.id}" adds up points.',
                    (*path, "model"),
                    "Choose a model that gives points, or an award model with an amount in kroner for each unit.",
                )
        if by_weight:
            for path, key in _unweighted(self.tender.criteria, ("criteria",)):
                self._add("missing-weight", f'"{key}" has no weight.', path, f'"{award.id}" adds up by weight.')

    def _add(self, identifier: str, message: str, path: Path, advice: str) -> None:
        self.models.add(identifier, message, path, advice)


def _path(identity: str) -> Path:
    """Give a criterion's path in the tender from its dotted id."""
    first, *rest = identity.split(".")
    return ("criteria", first, *(part for name in rest for part in ("sub", name)))


def _unweighted(criteria: Mapping[str, Criterion], path: Path) -> Iterator[tuple[Path, str]]:
    """Give the criteria that have an amount and no weight."""
    for key, criterion in criteria.items():
        if criterion.weight is None and criterion.amount is not None:
            yield (*path, key), key
        yield from _unweighted(criterion.sub, (*path, key, "sub"))


def _total_places(written: int | None, award: spec.Model) -> int:
    """Give to how many decimals totals are rounded: as written, else as the award model says, else three."""
    if written is not None:
        return written
    own = award.definition.rounding
    return _USUAL_PLACES if own == "none" else own
