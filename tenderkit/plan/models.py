"""A model from the library with the parameters that the tender chose, and what a clause's number is scored with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tenderkit.evaluation.parameters import Raw, read_parameters
from tenderkit.evaluation.spec import Model
from tenderkit.library import Library
from tenderkit.library.model import EvaluationModel, Input, Scale
from tenderkit.problems import Problem, TenderkitError
from tenderkit.source import Path, Source

#: A parameter as the tender has it: a value, a table, or one of these for each lot.
Written = str | Mapping[str, str | Mapping[str, str]]

_WORKS_ON: Mapping[Input, str] = {
    "price": "evaluated prices",
    "offer": "numbers that bidders offer",
    "score": "points from evaluators",
    "bids": "whole bids",
}
_INSTEAD: Mapping[Input, str] = {
    "price": 'Give the model alone, without "scale:" or "from:".',
    "offer": 'Say with "from:" which clause\'s number it scores.',
    "score": 'Add "scale:", on which evaluators score.',
    "bids": 'Give it as "model:" of the award.',
}


@dataclass
class ModelReader:
    """Reads models and scales by their ids, and collects what is wrong on the way."""

    source: Source
    library: Library
    problems: list[Problem]
    lot: str = ""

    def award(self, identifier: str, given: Mapping[str, Written]) -> Model | None:
        """Give the award model; None when a problem was found."""
        return self._model(identifier, given, ("award",), "award")

    def criterion(self, identifier: str, given: Mapping[str, Written], path: Path, works_on: Input) -> Model | None:
        """Give a criterion's model, which must work on what the criterion has; None when a problem was found."""
        model = self._model(identifier, given, path, "criterion")
        if model is None or model.definition.input == works_on:
            return model
        actual = model.definition.input
        self.add(
            "wrong-model-input",
            f'"{identifier}" works on {_WORKS_ON[actual]}, but this criterion has {_WORKS_ON[works_on]}.',
            (*path, "model"),
            f"{_INSTEAD[actual]} Or choose another model: tenderkit model list.",
        )
        return None

    def scale(self, identifier: str, path: Path) -> Scale | None:
        """Give a scale; None when there is no such one."""
        try:
            return self.library.scale(identifier)
        except TenderkitError as error:
            self._adopt(error, (*path, "scale"))
            return None

    def add(self, identifier: str, message: str, path: Path, advice: str) -> None:
        """Note a problem with its place in the tender."""
        self.problems.append(Problem(identifier, message, self.source.place(path), help=advice))

    def _model(self, identifier: str, given: Mapping[str, Written], path: Path, role: str) -> Model | None:
        try:
            definition = self.library.model(identifier)
        except TenderkitError as error:
            self._adopt(error, (*path, "model"))
            return None
        if definition.role != role:
            self.add(
                "wrong-model-role",
                f'"{identifier}" is a model for the {definition.role}, not the {role}.',
                (*path, "model"),
                "See: tenderkit model list",
            )
            return None
        values, problems = read_parameters(
            identifier,
            definition,
            self._of_lot(definition, given, path),
            lambda inner: self.source.place((*path, "parameters", *inner)),
        )
        self.problems.extend(problems)
        return None if problems else Model(identifier, definition, values)

    def _of_lot(self, definition: EvaluationModel, given: Mapping[str, Written], path: Path) -> dict[str, Raw]:
        """Give the values of the lot, where a parameter has one, or a table, for each lot."""
        chosen: dict[str, Raw] = {}
        for name, written in given.items():
            value: Written = written
            if isinstance(written, Mapping) and self._is_by_lot(definition, name, written):
                value = written.get(self.lot, "")
            if isinstance(value, Mapping) and any(isinstance(inner, Mapping) for inner in value.values()):
                message = f'"{name}" holds tables inside a table.'
                advice = "Write one table, or one for each lot, below the lots' ids."
                self.add("wrong-value", message, (*path, "parameters", name), advice)
            else:
                chosen[name] = value if isinstance(value, str) else {key: str(own) for key, own in value.items()}
        return chosen

    def _is_by_lot(self, definition: EvaluationModel, name: str, written: Mapping[str, object]) -> bool:
        """Tell whether a value is written for each lot: one for the lot, or tables below ids."""
        parameter = definition.parameters.get(name)
        if parameter is None or self.lot not in written:
            return False
        return parameter.rows is None or isinstance(written[self.lot], Mapping)

    def _adopt(self, error: TenderkitError, path: Path) -> None:
        self.problems.extend(
            Problem(p.id, p.message, self.source.place(path), help=p.help) if not str(p.place) else p
            for p in error.problems
        )
