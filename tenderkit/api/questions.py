"""What is asked before an agreement can be written: the template's own questions, and those of every agreement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tenderkit.library import Library
from tenderkit.library.clause import Parameter
from tenderkit.library.document import Contract
from tenderkit.plan.parameters import parse_value
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import Language
from tenderkit.source import Bilingual, Path

MANY = frozenset({"list", "choices"})
#: What is asked about every party, and where the answer stands in the file.
_PARTY: tuple[tuple[str, Path], ...] = (
    ("name", ("name",)),
    ("cvr", ("cvr",)),
    ("address", ("address",)),
    ("employment_unit", ("employment_unit",)),
    ("contact_role", ("contact", "role")),
    ("contact_name", ("contact", "name")),
    ("contact_email", ("contact", "email")),
    ("contact_phone", ("contact", "phone")),
    ("signatory_name", ("signatory", "name")),
    ("signatory_role", ("signatory", "role")),
)


@dataclass(frozen=True)
class Question:
    """A question to the officer.

    Attributes:
        path: where the answer stands in ``agreement.yaml``; a value of a clause below ``("clauses", clause)``.
        text: the question.
        parameter: the type, unit, options and limits of the answer; None for a free text.
        default: the answer that is given by pressing Enter.
        heading: what stands above it, where a new group of questions begins.
    """

    path: Path
    text: str
    parameter: Parameter | None = None
    default: str = ""
    heading: str = ""

    def options(self, language: Language) -> dict[str, str]:
        """Give what may be answered, with its words."""
        return {key: label[language] for key, label in self.parameter.options.items()} if self.parameter else {}

    def value(self, answer: str) -> str | list[str]:
        """Give an answer as the file writes it.

        Raises:
            ValueError: the answer does not fit; the message says how.
        """
        if self.parameter is None:
            return answer
        written: str | list[str] = answer
        if self.parameter.type in MANY:
            written = [part.strip() for part in answer.split(",") if part.strip()]
        parse_value(self.parameter, written)
        return written


def questions(identifier: str, library: Library, language: Language) -> list[Question]:
    """Give what is asked for an agreement, in order; the term only as far as its texts print it.

    Tables are not asked for; they are written in the file.
    """
    template = library.contract(identifier)
    paths = [f"clauses/{clause}/{language}.md" for clause in clauses_of(template, library)]
    texts = [library.whole(f"contracts/{identifier}/{language}.md", language).text, *map(library.text, paths)]
    found = [
        *_heading(template, library, language),
        *_parties(template, library, language),
        *_term(library, language, "".join(texts)),
        *_values(template, language),
        *_clauses(template, library, language),
    ]
    return [question for question in found if question.parameter is None or question.parameter.type != "table"]


def clauses_of(template: Contract, library: Library) -> list[str]:
    """Give the clauses that a template proposes, and those that they require."""
    known = library.ids("clause")
    if unknown := [identifier for identifier in template.clauses if identifier not in known]:
        place = Place(template.title.en)
        raise TenderkitError([Problem("unknown-clause", f'There is no clause "{name}".', place) for name in unknown])
    found = list(template.clauses)
    for identifier in found:
        found += [other for other in library.clause(identifier).requires if other in known and other not in found]
    return found


def default_text(parameter: Parameter) -> str:
    """Give a parameter's default as a person would type it; empty without one."""
    if isinstance(parameter.default, list):
        return ", ".join(str(item) for item in parameter.default if not isinstance(item, dict))
    return "" if parameter.default is None else str(parameter.default)


def _asked(library: Library, key: str) -> Bilingual:
    return library.vocabulary.agreement_questions[key]


def _heading(template: Contract, library: Library, language: Language) -> Iterator[Question]:
    yield Question(
        ("agreement", "title"),
        _asked(library, "title")[language],
        default=template.title[language],
        heading=template.title[language],
    )
    yield Question(("agreement", "reference"), _asked(library, "reference")[language])


def _parties(template: Contract, library: Library, language: Language) -> Iterator[Question]:
    for role, definition in template.parties.items():
        heading = definition.ask[language]
        for key, path in _PARTY:
            if key == "employment_unit" and definition.standing != "authority":
                continue
            yield Question(("parties", role, *path), _asked(library, key)[language], heading=heading)
            heading = ""


def _term(library: Library, language: Language, text: str) -> Iterator[Question]:
    for key, kind, default, most in (
        ("start", "date", "", ""),
        ("duration_months", "count", "12", "120"),
        ("notice_months", "count", "3", "24"),
    ):
        if f"contract.{key}" in text:
            yield _number(library, key, kind, default, most, language)


def _number(library: Library, key: str, kind: str, default: str, most: str, language: Language) -> Question:
    ask = _asked(library, key)
    limits = {"min": "1", "max": most} if most else {}
    parameter = Parameter.model_validate({"type": kind, "ask": ask.model_dump(), **limits})
    return Question(("contract", key), ask[language], parameter, default)


def _values(template: Contract, language: Language) -> Iterator[Question]:
    for name, parameter in template.parameters.items():
        yield Question(("values", name), parameter.ask[language], parameter, default_text(parameter))


def _clauses(template: Contract, library: Library, language: Language) -> Iterator[Question]:
    """Give what the clauses cannot do without; everything else has a default that the file shows."""
    for identifier in clauses_of(template, library):
        clause = library.clause(identifier)
        heading = clause.title[language]
        for name, parameter in clause.parameters.items():
            if parameter.default is None and parameter.required:
                yield Question(("clauses", identifier, name), parameter.ask[language], parameter, heading=heading)
                heading = ""
