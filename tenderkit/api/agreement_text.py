"""``agreement.yaml`` as a file to go on working in: the answers, and what was not asked as comments."""

from __future__ import annotations

import datetime as dt
import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from tenderkit.api.questions import MANY, clauses_of, default_text
from tenderkit.library import Library
from tenderkit.library.clause import Parameter
from tenderkit.library.document import Contract, PartyRole
from tenderkit.quantities import Language
from tenderkit.source import Path

Answers = Mapping[Path, str | list[str]]
# What YAML reads as the same text without quotes, here and in other programs.
_PLAIN = re.compile(r"[A-Za-zÆØÅæøå][\w .()/§ÆØÅæøåé-]*")
_WORDS_OF_YAML = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}
_WIDTH = 116


def agreement_text(identifier: str, library: Library, language: Language, answers: Answers, date: dt.date) -> str:
    """Give the text of ``agreement.yaml`` for a template and what was answered."""
    template = library.contract(identifier)
    parts = [
        *_comment(f"{template.title[language]}: tenderkit build writes it. What is empty stands as a yellow gap."),
        "edition: 1",
        *_head(identifier, language, answers, date),
        "parties:",
        *(line for role, item in template.parties.items() for line in _party(role, item, language, answers)),
        *_contract(library, language, answers),
        *_prices(template),
        *_values(template, language, answers),
        *_clauses(template, library, language, answers),
    ]
    return "\n".join(parts) + "\n"


def _head(identifier: str, language: Language, answers: Answers, date: dt.date) -> Iterator[str]:
    yield "agreement:"
    yield f"  template: {identifier}"
    yield f"  date: {date.isoformat()}"
    for key in ("title", "reference"):
        yield f"  {key}: {scalar(answers.get(('agreement', key), ''))}"
    yield f"  language: {language}"


def _party(role: str, definition: PartyRole, language: Language, answers: Answers) -> Iterator[str]:
    def said(*path: str) -> str:
        return scalar(answers.get(("parties", role, *path), ""))

    yield from _comment(definition.ask[language], 2)
    yield f"  {role}:"
    first, indent = ("    - ", "      ") if definition.several else ("    ", "    ")
    yield f"{first}name: {said('name')}"
    for key in ("cvr", "address"):
        yield f"{indent}{key}: {said(key)}"
    if definition.standing == "authority":
        yield f"{indent}employment_unit: {said('employment_unit')}"
    for group, keys in (("contact", ("role", "name", "email", "phone")), ("signatory", ("role", "name"))):
        yield f"{indent}{group}:"
        yield from (f"{indent}  {key}: {said(group, key)}" for key in keys)


def _contract(library: Library, language: Language, answers: Answers) -> Iterator[str]:
    yield "contract:"
    for key in ("start", "duration_months", "notice_months"):
        yield from _comment(library.vocabulary.agreement_questions[key][language], 2)
        value = answers.get(("contract", key), "")
        yield f"  {key}: {scalar(value)}" if value else f"  # {key}:"


def _prices(template: Contract) -> Iterator[str]:
    roles = [*template.parties]
    payer, payee = roles[0], roles[-1]
    yield "# Where one party pays another, a line for each price in kroner excl. VAT:"
    yield "# prices:"
    yield f'#   A: {{label: "", unit: hour, price: 250, quantity: 100, payer: {payer}, payee: {payee}, invoicing: ""}}'


def _values(template: Contract, language: Language, answers: Answers) -> Iterator[str]:
    if template.parameters:
        yield "values:"
        for name, parameter in template.parameters.items():
            yield from _parameter(name, parameter, answers.get(("values", name), ""), language, 2)


def _clauses(template: Contract, library: Library, language: Language, answers: Answers) -> Iterator[str]:
    answered = {path[1] for path in answers if path[0] == "clauses"}
    yield "clauses:"
    for identifier in clauses_of(template, library):
        if identifier not in template.clauses and identifier not in answered:
            continue  # it comes by itself with the clause that requires it
        reason = template.clauses.get(identifier)
        yield from _comment(reason[language] if reason else library.clause(identifier).title[language], 2)
        yield f"  - {identifier}:"
        for name, parameter in library.clause(identifier).parameters.items():
            yield from _parameter(name, parameter, answers.get(("clauses", identifier, name), ""), language, 6)


def _parameter(
    name: str, parameter: Parameter, value: str | list[str], language: Language, indent: int
) -> Iterator[str]:
    """Give a value with its question; a default that was kept, or a gap, stands as a comment."""
    yield from _comment(parameter.ask[language], indent)
    if value and value != default_text(parameter):
        yield f"{' ' * indent}{name}: {scalar(value)}"
    elif parameter.type == "table":
        rows = f"a list of rows with {', '.join(parameter.columns)}"
        yield from _comment(f"{name}: ({'the default: ' if parameter.default else ''}{rows})", indent)
    else:
        default = "[]" if parameter.type in MANY and not parameter.default else _kept(parameter.default)
        yield f"{' ' * indent}# {name}: {default}".rstrip()


def _kept(default: Any) -> str:
    """Give a default as the file would write it; nothing where there is none."""
    if isinstance(default, list):
        return scalar([str(item) for item in default])
    return "" if default is None else scalar(str(default))


def scalar(value: str | list[str]) -> str:
    """Give a value as YAML, in quotes where anything could be misread.

    >>> scalar("Torvet 1, 9999 Lyngså"), scalar("no"), scalar(["a", "b: c"])
    ('"Torvet 1, 9999 Lyngså"', '"no"', '[a, "b: c"]')
    """
    if isinstance(value, list):
        return f"[{', '.join(scalar(item) for item in value)}]"
    number = re.fullmatch(r"\d{1,9}([.,]\d+)?( %)?|\d{4}-\d{2}-\d{2}", value)
    plain = _PLAIN.fullmatch(value) and not value.endswith(" ") and value.lower() not in _WORDS_OF_YAML
    return value if number or plain else json.dumps(value, ensure_ascii=False)


def _comment(text: str, indent: int = 0) -> Iterator[str]:
    lead = f"{' ' * indent}# "
    for line in textwrap.wrap(text, _WIDTH - indent, break_long_words=False):
        yield f"{lead}{line}"
