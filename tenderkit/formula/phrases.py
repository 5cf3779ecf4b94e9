"""The phrases of ``clause_templates/strings/formula.yaml`` that formulas are put into words with."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import ConfigDict

from tenderkit.source import Bilingual, Frozen, read_model, read_yaml

FILE = "strings/formula.yaml"


def _key(name: str) -> str:
    """Give a phrase's key in the file: ``if_`` is written ``if``, ``list_last`` is written ``list-last``."""
    return name.rstrip("_").replace("_", "-")


class Phrases(Frozen):
    """Every phrase in Danish and English; a missing or unknown key is a problem when the file is read."""

    model_config = ConfigDict(alias_generator=_key)

    sentence: Bilingual
    result: Bilingual
    holds: Bilingual
    where: Bilingual
    meaning: Bilingual
    list_last: Bilingual
    clauses_last: Bilingual
    plus: Bilingual
    minus: Bilingual
    negative: Bilingual
    sum: Bilingual
    times: Bilingual
    divided: Bilingual
    and_times: Bilingual
    and_divided: Bilingual
    product: Bilingual
    ratio: Bilingual
    share: Bilingual
    power: Bilingual
    square: Bilingual
    square_root: Bilingual
    cube_root: Bilingual
    root: Bilingual
    exponential: Bilingual
    logarithm: Bilingual
    absolute: Bilingual
    distance: Bilingual
    at_least: Bilingual
    at_most: Bilingual
    between: Bilingual
    smallest: Bilingual
    largest: Bilingual
    rounded: Bilingual
    rounded_up: Bilingual
    rounded_down: Bilingual
    no_decimals: Bilingual
    one_decimal: Bilingual
    decimals: Bilingual
    lowest_of_bids: Bilingual
    highest_of_bids: Bilingual
    average_of_bids: Bilingual
    median_of_bids: Bilingual
    sum_of_bids: Bilingual
    product_of_bids: Bilingual
    deviation_of_bids: Bilingual
    number_of_bids: Bilingual
    rank: Bilingual
    trimmed: Bilingual
    lowest_value: Bilingual
    lowest_values: Bilingual
    highest_value: Bilingual
    highest_values: Bilingual
    sum_of_criteria: Bilingual
    product_of_criteria: Bilingual
    lowest_of_criteria: Bilingual
    steps: Bilingual
    interpolated: Bilingual
    annuity: Bilingual
    present_value: Bilingual
    one_year: Bilingual
    years: Bilingual
    years_of: Bilingual
    table: Bilingual
    if_: Bilingual
    if_more: Bilingual
    less: Bilingual
    less_or_equal: Bilingual
    equal: Bilingual
    greater_or_equal: Bilingual
    greater: Bilingual
    not_equal: Bilingual
    and_: Bilingual
    or_: Bilingual
    fulfilled: Bilingual
    condition: Bilingual
    equation_if: Bilingual
    equation_otherwise: Bilingual
    equation_and: Bilingual
    equation_or: Bilingual
    equation_average: Bilingual
    equation_trimmed: Bilingual
    equation_rank: Bilingual
    equation_steps: Bilingual
    equation_interpolate: Bilingual
    equation_round: Bilingual
    equation_round_up: Bilingual
    equation_round_down: Bilingual


def read_phrases(text: str, name: str = FILE) -> Phrases:
    """Read the phrases, from the library or from the lock of a published tender.

    Raises:
        TenderkitError: the file is broken, or a phrase is missing or unknown.
    """
    return read_model(Phrases, read_yaml(text, name))


@cache
def installed_phrases() -> Phrases:
    """Give the phrases that travel with tenderkit."""
    package = Path(__file__).resolve().parents[1]
    bundled = package / "content"
    root = bundled if bundled.is_dir() else package.parent
    return read_phrases((root / "clause_templates" / FILE).read_text(encoding="utf-8"))
