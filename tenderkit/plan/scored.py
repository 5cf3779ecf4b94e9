"""How a criterion gets its points: from prices, from evaluators, or from what a clause asks bidders to offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from tenderkit import quantities
from tenderkit.evaluation import spec
from tenderkit.plan.models import ModelReader
from tenderkit.plan.types import ChosenClause
from tenderkit.problems import nearest
from tenderkit.source import Path
from tenderkit.tender import Criterion, Lot, Tender

_WAYS = (
    'Give "model:" for prices, "scale:" for evaluators (with "model:" where a model works on their points), '
    '"from:" for a clause\'s criterion (with "model:" or "scale:" in place of the clause\'s own), or "sub:".'
)


@dataclass(frozen=True)
class LeafMaker:
    """Makes the criteria that get points; their weight, share and amount are filled in by the caller."""

    tender: Tender
    clauses: Mapping[str, ChosenClause]
    models: ModelReader

    def make(self, identity: str, key: str, criterion: Criterion, lot: Lot, path: Path) -> spec.Criterion | None:
        """Give a criterion without children; None when a problem was found."""
        given = {word for word in ("source", "scale", "model") if getattr(criterion, word)}
        base = spec.Criterion(
            identity,
            criterion.title or key,
            Fraction(1),
            Fraction(1),
            "score",
            criterion.number,
            looks_for=criterion.looks_for,
        )
        if "source" in given:
            made = self._from_clause(base, criterion, lot, path)
        elif given == {"model"}:
            made = self._priced(base, criterion, path)
        elif given in ({"scale"}, {"scale", "model"}):
            made = self._scored(base, criterion, criterion.scale, path)
        else:
            self.models.add("criterion-without-method", f'"{key}" must say how it is scored, in one way.', path, _WAYS)
            return None
        self.check_lines(criterion, path, priced=given == {"model"})
        return made

    def _priced(self, base: spec.Criterion, criterion: Criterion, path: Path) -> spec.Criterion | None:
        model = self.models.criterion(criterion.model, criterion.parameters, path, "price")
        if model is None:
            return None
        return replace(base, kind="price", model=model, better=model.definition.better, lines=tuple(criterion.lines))

    def check_lines(self, criterion: Criterion, path: Path, *, priced: bool) -> None:
        """Note price lines that there are not, or that stand where no prices are scored."""
        if criterion.lines and not priced:
            message = '"lines" tells which price lines a price criterion is about; this is none.'
            self.models.add("lines-without-price", message, (*path, "lines"), "Remove it.")
            return
        for index, line in enumerate(criterion.lines):
            at = (*path, "lines", index)
            if line not in self.tender.price_lines:
                advice = nearest(line, self.tender.price_lines)
                self.models.add("unknown-price-line", f'There is no price line "{line}".', at, advice)
            elif line in criterion.lines[:index]:
                self.models.add("repeated-price-line", f'The price line "{line}" stands twice.', at, "Keep one.")

    def _scored(self, base: spec.Criterion, criterion: Criterion, scale_id: str, path: Path) -> spec.Criterion | None:
        """Give a criterion that evaluators score on a scale, and a model then where the tender names one."""
        scale = self.models.scale(scale_id, path)
        model = None
        if criterion.model:
            model = self.models.criterion(criterion.model, criterion.parameters, path, "score")
        elif criterion.parameters:
            message = f'"{base.title}" has parameters, but no model that they are for.'
            self.models.add("unknown-key", message, (*path, "parameters"), 'Remove them, or add "model:".')
        if scale is None or (criterion.model and model is None):
            return None
        return replace(base, kind="score", scale=scale, scale_id=scale_id, model=model)

    def _from_clause(self, base: spec.Criterion, criterion: Criterion, lot: Lot, path: Path) -> spec.Criterion | None:
        clause_id, _, name = criterion.source.partition(".")
        chosen = self.clauses.get(clause_id)
        offered = {f"{c}.{n}" for c, item in self.clauses.items() for n in item.clause.criteria}
        if chosen is None or name not in chosen.clause.criteria:
            self.models.add(
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
            return self._scored(base, criterion, criterion.scale or definition.scale, path)
        if criterion.scale:
            message = f'Bidders answer "{criterion.source}" with a number, which no evaluator scores.'
            self.models.add("criterion-without-method", message, (*path, "scale"), 'Remove "scale:".')
            return None
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
        model = self.models.criterion(criterion.model or definition.model, overrides, path, "offer")
        floor = resolved.value(lot.id)
        try:
            if isinstance(cap_text, Mapping):
                raise ValueError("a cap is one number, not a table")  # noqa: TRY004, TRY301 - told as the others are
            cap = quantities.parse_number(cap_text) if cap_text else (offer.cap if offer else None)
        except ValueError as error:
            self.models.add("wrong-value", f"{error}.", (*path, "parameters", "cap"), "")
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
