"""The lock: all that was published, so that nothing published can change afterwards.

``lock.json`` holds the tender as it was written, every content file that it used, the declared cells of the forms, the
hash of every file sent out, and for readers the resolved values. From publication on every command reads the lock.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from tenderkit import __version__
from tenderkit.evaluation.minimum import with_minimum
from tenderkit.evaluation.spec import Model
from tenderkit.formula.tree import Table
from tenderkit.library import FrozenContent, Library
from tenderkit.library.parts import parts_of
from tenderkit.plan import Plan, make_plan
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import as_decimal
from tenderkit.tender import read_tender

FORMAT = 1


@dataclass(frozen=True)
class Lock:
    """A published edition."""

    edition: int
    tender: str
    content: Mapping[str, str]
    forms: Mapping[str, Any]
    files: Mapping[str, str]
    name: str = "lock.json"

    @cached_property
    def plan(self) -> Plan:
        """The plan of the published tender, made from the lock alone."""
        tender, source = read_tender(self.tender, f"{self.name}:tender.yaml")
        return make_plan(tender, source, Library(FrozenContent(self.content, self.name)))

    def as_bytes(self) -> bytes:
        """Give the lock as it is written: sorted, indented, UTF-8."""
        data = {
            "format": FORMAT,
            "tenderkit": __version__,
            "edition": self.edition,
            "resolved": resolved(self.plan),
            "forms": self.forms,
            "files": dict(self.files),
            "tender": self.tender,
            "content": dict(self.content),
        }
        return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def content_of(plan: Plan) -> dict[str, str]:
    """Give the content files that a tender uses, now or later: chosen clauses and models, and every document."""
    library = plan.library
    clauses = {chosen.id for chosen in plan.clauses}
    leaves = [leaf for spec in plan.specs.values() for leaf in spec.leaves()]
    models = {leaf.model.id for leaf in leaves if leaf.model} | {spec.award.id for spec in plan.specs.values()}
    scales = {leaf.scale_id for leaf in leaves if leaf.scale_id}

    contract = f"contracts/{plan.tender.contract_template}/"
    texts = [path for path in library.content.paths() if path.startswith(contract) and path.endswith(".md")]
    parts = {part for path in texts for part in parts_of(library.text(path))}

    def used(path: str) -> bool:
        folder, _, rest = path.partition("/")
        if folder == "clauses":
            return rest.partition("/")[0] in clauses
        if folder == "contracts":
            return rest.partition("/")[0] == plan.tender.contract_template
        if folder == "parts":
            return rest.partition("/")[0] in parts
        if path.startswith("models/scales/"):
            return path.removeprefix("models/scales/").removesuffix(".yaml") in scales
        if folder == "models":
            return rest.removesuffix(".yaml") in models
        return True

    return {path: library.text(path) for path in library.content.paths() if used(path)}


def resolved(plan: Plan) -> dict[str, Any]:
    """Give the resolved values for people who read the lock: weights, models, parameters, quantities."""
    first = next(iter(plan.specs.values()))
    minimums = {item.id: f"{as_decimal((item.minimum or 0) * 100)} %" for item in with_minimum(first.criteria)}
    lines = {leaf.id: list(leaf.lines) for leaf in first.leaves() if leaf.lines}
    return {
        "weights": {leaf.id: f"{as_decimal(leaf.share * 100)} %" for leaf in first.leaves()},
        **({"minimums": minimums} if minimums else {}),
        **({"price_lines_of_criteria": lines} if lines else {}),
        "models": {leaf.id: _model(leaf.model) for leaf in first.leaves() if leaf.model},
        "award": {**_model(first.award), "ties": list(first.ties)},
        "clauses": {
            chosen.id: {
                "edition": chosen.clause.edition,
                "parameters": {
                    name: {lot or "*": str(value) for lot, value in item.by_lot.items()}
                    for name, item in chosen.values.items()
                },
            }
            for chosen in plan.clauses
        },
        "quantities": {
            lot: {line.id: str(as_decimal(line.quantity)) for line in spec.price_lines}
            for lot, spec in plan.specs.items()
        },
    }


def _model(model: Model) -> dict[str, Any]:
    """Give a model for readers: its formula, the steps and stages that it has, and what the tender chose."""
    definition = model.definition
    stages = {name: stage.keep for name, stage in definition.stages.items()}
    return {
        "id": model.id,
        **({"steps": dict(definition.steps)} if definition.steps else {}),
        **({"stages": stages} if stages else {}),
        "formula": definition.formula,
        "parameters": {name: _value(value) for name, value in model.parameters.items()},
    }


def _value(value: Fraction | Table) -> str | list[str]:
    """Give a parameter's value for readers; a table as its rows, in their order."""
    if isinstance(value, tuple):
        return [f"{as_decimal(edge)}: {as_decimal(own)}" for edge, own in value]
    return str(as_decimal(value))


def read_lock(data: bytes, name: str) -> Lock:
    """Read a lock.

    Raises:
        TenderkitError: the file is damaged, or was written by a newer tenderkit.
    """
    try:
        read = json.loads(data)
        if read["format"] > FORMAT:
            raise TenderkitError(
                Problem(
                    "newer-lock",
                    f"The tender was published with tenderkit {read['tenderkit']}.",
                    Place(name),
                    help="Install that version, or a newer one.",
                )
            )
        return Lock(read["edition"], read["tender"], read["content"], read["forms"], read["files"], name)
    except (ValueError, KeyError, TypeError) as error:
        raise TenderkitError(
            Problem(
                "damaged-file",
                "The lock of the published tender is damaged.",
                Place(name),
                help="Put the file back from a backup.",
            )
        ) from error
