"""The plan with the officer's own words translated, for the reading aid.

``translations`` in ``tender.yaml`` names each text by its place (``tender.title``, ``lots.nord.description``,
``clauses.trainee-quota.trades.1``) or, for words that stand in many places, by the words themselves.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from tenderkit.plan.agreement import make_agreement
from tenderkit.plan.make import make_plan
from tenderkit.plan.types import AgreementPlan, Plan
from tenderkit.problems import Problem, TenderkitError
from tenderkit.quantities import Language
from tenderkit.source import Source, read_model
from tenderkit.tender import Agreement, Tender

Spot = tuple[Any, Any]  # a mapping or list, and the key in it


def translated(plan: Plan, language: Language) -> Plan:
    """Give the plan as a document in a language should print it; the same plan in the tender's own language.

    Raises:
        TenderkitError: a translation names a place or words that the tender does not have.
    """
    tender = plan.tender
    if language == tender.tender.language or not tender.translations:
        return plan
    source = _reworded(plan.source, tender.translations)
    made = make_plan(read_model(Tender, source), source, plan.library)
    return replace(made, translated=frozenset(tender.translations.values()))


def translated_agreement(plan: AgreementPlan, language: Language) -> AgreementPlan:
    """Give the plan of an agreement as a document in a language should print it.

    Raises:
        TenderkitError: a translation names a place or words that the agreement does not have.
    """
    agreement = plan.agreement
    if language == agreement.agreement.language or not agreement.translations:
        return plan
    source = _reworded(plan.source, agreement.translations)
    made = make_agreement(read_model(Agreement, source), source, plan.library)
    return replace(made, translated=frozenset(agreement.translations.values()))


def _reworded(source: Source, translations: Mapping[str, str]) -> Source:
    """Give the officer's file with the translations put in."""
    data = copy.deepcopy(source.data)
    problems = []
    for name, text in translations.items():
        spots = list(_spots(data, name))
        if not spots:
            problems.append(
                Problem(
                    "unknown-translation",
                    f'The file has neither a place "{name}" nor that text.',
                    source.place(("translations", name)),
                    help="Name the place with dots, such as lots.nord.description, or give the exact words.",
                )
            )
        for holder, key in spots:
            holder[key] = text
    if problems:
        raise TenderkitError(problems)
    return Source(source.name, data, source.lines)


def _spots(data: Any, name: str) -> Iterator[Spot]:
    """Give where a translation goes: the place it names, or everywhere that its words stand."""
    holder: Any = data
    *parts, last = name.split(".")
    for part in parts:
        holder = _inside(holder, part)
    place = _key(holder, last)
    if place is not None and isinstance(holder[place], str):
        yield holder, place
        return
    for key, value in data.items():
        if key != "translations":
            yield from _equal(value, name)


def _inside(holder: Any, part: str) -> Any:
    """Give what a part names; a chosen clause in the list of clauses is stepped into by its id."""
    if isinstance(holder, list):
        chosen = next((item[part] for item in holder if isinstance(item, dict) and list(item) == [part]), None)
        if chosen is not None:
            return chosen
    key = _key(holder, part)
    return None if key is None else holder[key]


def _key(holder: Any, part: str) -> Any:
    """Give the key of a part in a mapping, or its index in a list: by number from 1, or by the item's id."""
    if isinstance(holder, dict):
        return part if part in holder else None
    for index, item in enumerate(holder if isinstance(holder, list) else []):
        if part == str(index + 1) or (isinstance(item, dict) and part == item.get("id")):
            return index
    return None


def _equal(node: Any, words: str) -> Iterator[Spot]:
    pairs = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    for key, value in pairs:
        if isinstance(value, str) and value.strip() == words:
            yield node, key
        else:
            yield from _equal(value, words)
