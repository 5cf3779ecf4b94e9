"""The questions one by one, as a person is asked them, and the answers as ``answers.yaml``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tenderkit.advice import content
from tenderkit.advice.yaml_text import written
from tenderkit.library import Library
from tenderkit.library.clause import Parameter
from tenderkit.plan.parameters import parse_value
from tenderkit.quantities import Language

_MANY = frozenset({"list", "choices"})


@dataclass(frozen=True)
class Asked:
    """One part of a question.

    Attributes:
        key: its key in ``answers.yaml``.
        title: what the question is called.
        number: its number among the questions; 0 for what the file needs beside them.
        total: how many questions there are.
        text: the question in words.
        note: help beside it.
        options: what may be answered, with its words.
        default: the answer that is given by pressing Enter; None when an answer must be typed.
        parameter: the type, the unit and the limits.
    """

    key: str
    title: str
    number: int
    total: int
    text: str
    note: str
    options: Mapping[str, str]
    default: str | None
    parameter: Parameter

    def value(self, answer: str) -> Any:
        """Give an answer's value.

        Raises:
            ValueError: the answer does not fit; the message says how.
        """
        raw: Any = answer.strip()
        if self.parameter.type in _MANY:
            raw = [part.strip() for part in answer.split(",") if part.strip()]
        return parse_value(self.parameter, raw)


#: Asks for one part and gives the answer as typed; the second value says what was wrong with the last one.
Ask = Callable[[Asked, str], str]


def to_ask(library: Library, language: Language, today: dt.date) -> list[Asked]:
    """Give everything that is asked, in order: what the file needs, then the questions."""
    found = content.questions(library)
    groups = [(0, found.file), *enumerate(found.questions.values(), 1)]
    total = len(found.questions)
    return [
        Asked(
            key=key,
            title=question.title[language],
            number=number,
            total=total,
            text=part.ask[language],
            note=part.note[language] if part.note else "",
            options={name: label[language] for name, label in part.options.items()},
            default=today.isoformat() if part.type == "date" else _default(part),
            parameter=part,
        )
        for number, question in groups
        for key, part in question.parts.items()
    ]


def _default(part: Parameter) -> str | None:
    if isinstance(part.default, list):
        return ", ".join(part.default)
    return part.default if isinstance(part.default, str) else None


def answers_text(library: Library, language: Language, today: dt.date, ask: Ask) -> str:
    """Ask everything, each part until its answer fits, and give ``answers.yaml``."""
    asked = to_ask(library, language, today)
    answers = {item.key: _plain(item, _until_it_fits(item, ask)) for item in asked}
    return written(answers, dict(_comments(asked)))


def _until_it_fits(item: Asked, ask: Ask) -> Any:
    wrong = ""
    while True:
        try:
            return item.value(ask(item, wrong))
        except ValueError as error:
            wrong = f"{str(error)[:1].upper()}{str(error)[1:].rstrip('.')}."


def _plain(item: Asked, value: Any) -> Any:
    return f"{value} %" if item.parameter.type == "percent" and isinstance(value, Decimal) else value


def _comments(asked: list[Asked]) -> Iterator[tuple[str, str]]:
    for item in asked:
        options = "; ".join(f"{key}: {label}" for key, label in item.options.items())
        yield item.key, f"{item.text}{f' ({options})' if options else ''}"
