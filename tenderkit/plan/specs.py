"""One evaluation per lot: criteria with exact weights, models with their parameters, floors and caps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tenderkit import quantities
from tenderkit.evaluation import spec
from tenderkit.library import Library
from tenderkit.library.model import EvaluationModel
from tenderkit.plan.types import ChosenClause
from tenderkit.problems import Problem, TenderkitError, nearest
from tenderkit.source import Path, Source
from tenderkit.tender import Criterion, Lot, Tender, quantity


@dataclass
class SpecMaker:
    """Makes a lot's evaluation from the tender's criteria, and collects what is wrong on the way."""

    tender: Tender
    source: Source
    library: Library
    clauses: Mapping[str, ChosenClause]
    problems: list[Problem]

    def make(self, lot: Lot) -> spec.EvaluationSpec | None:
        """Give a lot's evaluation; None when a problem was found."""
        before = len(self.problems)
        award = self._model(self.tender.award.model, self.tender.award.parameters, ("award",), "award")
        criteria = tuple(
            made
            for key, criterion in self.tender.criteria.items()
            if (made := self._criterion(key, criterion, lot, Fraction(1), ("criteria", key), None)) is not None
        )
        lines = self._price_lines(lot)
        self._check_ties()
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
            total_places=rounding.total,
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
        if criterion.sub:
            children = tuple(
                made
                for child, sub in criterion.sub.items()
                if (made := self._criterion(child, sub, lot, own_share, (*path, "sub", child), own_amount)) is not None
            )
            return spec.Criterion(
                identity,
                criterion.title or key,
                weight,
                own_share,
                "group",
                criterion.number,
                children,
                amount=own_amount,
            )
        leaf = self._leaf(identity, key, criterion, lot, path)
        if leaf is None:
            return None
        return replace(leaf, weight=weight, share=own_share, amount=own_amount)

    def _leaf(self, identity: str, key: str, criterion: Criterion, lot: Lot, path: Path) -> spec.Criterion | None:
        given = [word for word in ("source", "scale", "model") if getattr(criterion, word)]
        if len(given) != 1:
            self._add(
                "criterion-without-method",
                f'"{key}" must say how it is scored, in one way.',
                path,
                'Give one of "scale:", "model:", "from:" or "sub:".',
            )
            return None
        base = spec.Criterion(
            identity,
            criterion.title or key,
            Fraction(1),
            Fraction(1),
            "score",
            criterion.number,
            looks_for=criterion.looks_for,
        )
        if criterion.source:
            return self._from_clause(base, criterion, lot, path)
        if criterion.scale:
            return self._scored(base, criterion.scale, path)
        model = self._model(criterion.model, criterion.parameters, path, "criterion")
        return None if model is None else replace(base, kind="price", model=model, better=model.definition.better)

    def _scored(self, base: spec.Criterion, scale_id: str, path: Path) -> spec.Criterion | None:
        try:
            return replace(base, kind="score", scale=self.library.scale(scale_id), scale_id=scale_id)
        except TenderkitError as error:
            self._adopt(error, (*path, "scale"))
            return None

    def _from_clause(self, base: spec.Criterion, criterion: Criterion, lot: Lot, path: Path) -> spec.Criterion | None:
        clause_id, _, name = criterion.source.partition(".")
        chosen = self.clauses.get(clause_id)
        offered = {f"{c}.{n}" for c, item in self.clauses.items() for n in item.clause.criteria}
        if chosen is None or name not in chosen.clause.criteria:
            self._add(
                "unknown-clause-criterion",
                f'No chosen clause has the criterion "{criterion.source}".',
                (*path, "from"),
                nearest(criterion.source, offered),
            )
            return None
        definition = chosen.clause.criteria[name]
        language = self.tender.tender.language
        base = replace(
            base,
            title=criterion.title or definition.title[language],
            looks_for=criterion.looks_for or definition.looks_for[language],
            clause=clause_id,
            field=definition.field,
        )
        if definition.scale:
            return self._scored(base, criterion.scale or definition.scale, path)
        return self._offered(base, criterion, chosen, lot, path)

    def _offered(
        self, base: spec.Criterion, criterion: Criterion, chosen: ChosenClause, lot: Lot, path: Path
    ) -> spec.Criterion | None:
        name = criterion.source.partition(".")[2]
        definition = chosen.clause.criteria[name]
        resolved = chosen.values[chosen.clause.fields[definition.field].offers]
        offer = resolved.parameter.offer
        overrides = dict(criterion.parameters)
        cap_text = overrides.pop("cap", "")
        model = self._model(definition.model, overrides, path, "criterion")
        floor = resolved.value(lot.id)
        try:
            cap = quantities.parse_number(cap_text) if cap_text else (offer.cap if offer else None)
        except ValueError as error:
            self._add("wrong-value", f"{error}.", (*path, "parameters", "cap"), "")
            return None
        if model is None or not isinstance(floor, (int, Decimal)) or offer is None:
            return None
        return replace(
            base,
            kind="offer",
            model=model,
            floor=Fraction(floor),
            cap=None if cap is None else Fraction(cap),
            unit=resolved.parameter.unit,
            better=offer.better,
        )

    def _model(self, identifier: str, given: Mapping[str, str], path: Path, role: str) -> spec.Model | None:
        try:
            definition = self.library.model(identifier)
        except TenderkitError as error:
            self._adopt(error, (*path, "model"))
            return None
        if definition.role != role:
            self._add(
                "wrong-model-role",
                f'"{identifier}" is a model for the {definition.role}, not the {role}.',
                (*path, "model"),
                "See: tenderkit model list",
            )
            return None
        values = self._model_parameters(identifier, definition, given, path)
        return None if values is None else spec.Model(identifier, definition, values)

    def _model_parameters(
        self, identifier: str, definition: EvaluationModel, given: Mapping[str, str], path: Path
    ) -> dict[str, Fraction] | None:
        before = len(self.problems)
        for name in set(given) - set(definition.parameters):
            self._add(
                "unknown-key",
                f'"{identifier}" has no parameter "{name}".',
                (*path, "parameters", name),
                nearest(name, definition.parameters),
            )
        values: dict[str, Fraction] = {}
        for name, parameter in definition.parameters.items():
            at = (*path, "parameters", name)
            try:
                is_percent = parameter.type == "percent"
                text = given.get(name)
                number = (
                    parameter.default
                    if text is None
                    else (quantities.parse_percent(text) if is_percent else quantities.parse_number(text))
                )
            except ValueError as error:
                self._add("wrong-value", f"{error}.", at, "")
                continue
            if number is None:
                self._add(
                    "model-not-published",
                    f'The parameter "{name}" of "{identifier}" is not chosen.',
                    at,
                    f"{parameter.ask.en} The whole model must be published.",
                )
            elif (parameter.min is not None and number < parameter.min) or (
                parameter.max is not None and number > parameter.max
            ):
                self._add("wrong-value", f"{name} = {number} is outside {parameter.min} to {parameter.max}.", at, "")
            else:
                values[name] = Fraction(number) / (100 if is_percent else 1)
        return values if len(self.problems) == before else None

    def _add(self, identifier: str, message: str, path: Path, advice: str) -> None:
        self.problems.append(Problem(identifier, message, self.source.place(path), help=advice))

    def _adopt(self, error: TenderkitError, path: Path) -> None:
        self.problems += [
            Problem(p.id, p.message, self.source.place(path), help=p.help) if not str(p.place) else p
            for p in error.problems
        ]
