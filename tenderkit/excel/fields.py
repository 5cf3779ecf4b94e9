"""What a yellow cell accepts while someone types, and the live check beside it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tenderkit.excel.sheets import Field, Rule, Scalar, quoted
from tenderkit.excel.words import Words
from tenderkit.formula.excel import plain_number
from tenderkit.quantities import format_number


@dataclass(frozen=True)
class Bounds:
    """The least and the most that may be typed; ``above`` excludes the least. The words name what lies outside."""

    low: Fraction | None = None
    high: Fraction | None = None
    above: bool = False
    low_word: str = "status_too_low"
    high_word: str = "status_too_high"


NO_BOUNDS = Bounds()
ABOVE_ZERO = Bounds(low=Fraction(0), above=True, low_word="status_not_positive")
NOT_NEGATIVE = Bounds(low=Fraction(0))


def rule_for(words: Words, field: Field, bounds: Bounds = NO_BOUNDS, unit: str = "") -> Rule:
    """Give what the program accepts in a field's cell, with the words it shows."""
    title = words("prompt_title")
    if field.type == "yes-no":
        return Rule("list", title, words("prompt_yes_no"), words("error_yes_no"), options=(words.yes, words.no))
    if field.type == "choice":
        return Rule("list", title, words("prompt_choice"), words("error_choice"), options=field.options)
    if field.type == "date":
        # From 2000 on: a number typed by mistake is then no date.
        return Rule("date", title, words("prompt_date"), words("error_date"), low=36_526)
    if field.type == "text":
        prompt = words("prompt_text", max=format_number(field.max_chars, words.language))
        return Rule("length", title, prompt, words("error_text"), high=field.max_chars)
    return Rule(
        "whole" if field.decimals == 0 else "decimal",
        title,
        _number_prompt(words, field, bounds, unit),
        words("error_number"),
        low=bounds.low if bounds.low is not None else -(10**12),
        high=bounds.high,
        above=bounds.above,
    )


def _number_prompt(words: Words, field: Field, bounds: Bounds, unit: str) -> str:
    parts = [words("prompt_whole") if field.decimals == 0 else words("prompt_decimals", decimals=field.decimals)]
    if bounds.low is not None:
        key = "prompt_above" if bounds.above else "prompt_least"
        parts.append(words(key, number=format_number(bounds.low, words.language), unit=unit).rstrip())
    if bounds.high is not None:
        parts.append(words("prompt_most", number=format_number(bounds.high, words.language), unit=unit).rstrip())
    return " ".join(part if part.endswith(".") else part + "." for part in parts)


def status(words: Words, field: Field, cells: str, bounds: Bounds = NO_BOUNDS, when: str = "") -> tuple[str, Scalar]:
    """Give the live check of a field's cells, and what it says while they are empty.

    ``when`` is the cell of the yes-no field that decides whether this one must be filled in.
    """
    empty = words("status_missing") if field.required else words("status_ok")
    checks = {
        "text": _text_check,
        "number": _number_check,
        "yes-no": _listed_check,
        "choice": _listed_check,
        "date": _date_check,
    }
    formula = checks[field.type](words, field, cells, bounds).replace("{empty}", quoted(empty))
    if when:
        ok = words("status_ok")
        return f"IF({when}={quoted(words.yes)},{formula},{quoted(ok)})", ok
    return formula, empty


def _text_check(words: Words, field: Field, cells: str, bounds: Bounds) -> str:
    del bounds
    # Several cells are counted together; what stands between the paragraphs counts as nothing.
    many = ":" in cells
    length = f"SUMPRODUCT(LEN({cells}))" if many else f"LEN({cells})"
    filled = f"SUMPRODUCT(LEN(TRIM({cells})))" if many else f"LEN(TRIM({cells}))"
    too_long, ok = quoted(words("status_too_long")), quoted(words("status_ok"))
    return f"IF({filled}=0,{{empty}},IF({length}>{field.max_chars},{too_long},{ok}))"


def _number_check(words: Words, field: Field, cell: str, bounds: Bounds) -> str:
    formula = quoted(words("status_ok"))
    near = f"ABS(ROUND({cell},{field.decimals})-{cell})>0.000000001"
    formula = f"IF({near},{quoted(words('status_decimals'))},{formula})"
    if bounds.high is not None:
        formula = f"IF({cell}>{exact(bounds.high)},{quoted(words(bounds.high_word))},{formula})"
    if bounds.low is not None:
        sign = "<=" if bounds.above else "<"
        formula = f"IF({cell}{sign}{exact(bounds.low)},{quoted(words(bounds.low_word))},{formula})"
    not_number = quoted(words("status_not_number"))
    return f"IF(ISBLANK({cell}),{{empty}},IF(NOT(ISNUMBER({cell})),{not_number},{formula}))"


def _listed_check(words: Words, field: Field, cell: str, bounds: Bounds) -> str:
    del bounds
    options = field.options or (words.yes, words.no)
    allowed = ",".join(f"{cell}={quoted(option)}" for option in options)
    return (
        f"IF(ISBLANK({cell}),{{empty}},IF(OR({allowed}),{quoted(words('status_ok'))},{quoted(words('status_choose'))}))"
    )


def _date_check(words: Words, field: Field, cell: str, bounds: Bounds) -> str:
    del field, bounds
    ok, wrong = quoted(words("status_ok")), quoted(words("status_not_date"))
    return f"IF(ISBLANK({cell}),{{empty}},IF(ISNUMBER({cell}),{ok},{wrong}))"


def exact(value: Fraction | int) -> str:
    """Give a number as it stands in a formula.

    >>> exact(Fraction(3096, 10)), exact(Fraction(1, 3)), exact(Fraction(-5))
    ('309.6', '(1/3)', '(-5)')
    """
    number = Fraction(value)
    return plain_number(number) if number >= 0 else f"(-{plain_number(-number)})"
