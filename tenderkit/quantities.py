"""Numbers, money, percentages and dates: read exactly, rounded half up, printed in Danish or English.

Nothing here is a float. What a person typed becomes a :class:`~decimal.Decimal`; what a formula
gives is a :class:`~fractions.Fraction` until it is rounded where the published model says so.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Literal

Language = Literal["da", "en"]
LOCALES: dict[Language, str] = {"da": "da_DK", "en": "en_GB"}
NBSP = "\u00a0"

_GROUP = 3
_CURRENCY = re.compile(r"kr|dkk|,-|\.-", re.IGNORECASE)
_NOISE = re.compile(r"(kr\.?|dkk|,-|\.-|[\s\u00a0\u202f_'])", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "januar", "january"),
            ("feb", "februar", "february"),
            ("mar", "marts", "march"),
            ("apr", "april"),
            ("maj", "may"),
            ("jun", "juni", "june"),
            ("jul", "juli", "july"),
            ("aug", "august"),
            ("sep", "september"),
            ("okt", "oktober", "oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}


class AmbiguousNumberError(ValueError):
    """A number that can be read in two ways, such as ``1.234``."""


def parse_number(text: str) -> Decimal:
    """Read a number as people type it, in Danish or in English writing.

    Currency words, spaces and ``,-`` are passed over. A single separator with exactly three digits
    after it can be a thousands mark or a decimal mark, and is refused instead of guessed, unless a currency stands
    beside it: kroner have two decimals at most.

    Raises:
        AmbiguousNumberError: the text has two readings.
        ValueError: the text is no number.

    >>> parse_number("1.234,50 kr."), parse_number("7,5"), parse_number(" 7.5 "), parse_number("12_000")
    (Decimal('1234.50'), Decimal('7.5'), Decimal('7.5'), Decimal('12000'))
    >>> parse_number("1.234")
    Traceback (most recent call last):
    tenderkit.quantities.AmbiguousNumberError: "1.234" can mean 1234 or 1 and a fraction
    """
    bare = _NOISE.sub("", text)
    if not re.fullmatch(r"[+-]?\d[\d.,]*", bare, re.ASCII):
        raise ValueError(f'"{text}" is not a number')
    marks = [c for c in bare if c in ".,"]
    if len(set(marks)) == 2:  # noqa: PLR2004 - both marks: the last one is the decimal mark
        decimal = marks[-1]
        if marks.count(decimal) > 1:
            raise ValueError(f'"{text}" is not a number')
        whole, fraction = bare.split(decimal)
        _require_groups(whole, "," if decimal == "." else ".", text)
        return Decimal(re.sub(r"[.,]", "", whole) + "." + fraction)
    if len(marks) > 1:
        _require_groups(bare, marks[0], text)
        return Decimal(bare.replace(marks[0], ""))
    if marks:
        whole, fraction = bare.split(marks[0])
        digits = whole.lstrip("+-")
        if not fraction:
            raise ValueError(f'"{text}" is not a number')
        if len(fraction) == _GROUP and len(digits) <= _GROUP and not digits.startswith("0"):
            joined = whole + fraction
            if _CURRENCY.search(text):
                return Decimal(joined)
            raise AmbiguousNumberError(f'"{text.strip()}" can mean {joined} or {whole} and a fraction')
        return Decimal(f"{whole}.{fraction}")
    return Decimal(bare)


def _require_groups(whole: str, mark: str, text: str) -> None:
    """Refuse thousands marks that do not stand before groups of three digits."""
    groups = whole.lstrip("+-").split(mark)
    if any(len(group) != _GROUP for group in groups[1:]) or not 1 <= len(groups[0]) <= _GROUP:
        raise ValueError(f'"{text}" is not a number: thousands marks stand before groups of three digits')


def parse_percent(text: str) -> Decimal:
    """Read a percentage and give the number before the sign.

    >>> parse_percent("12,5 %"), parse_percent("50%")
    (Decimal('12.5'), Decimal('50'))
    """
    stripped = text.strip()
    if not stripped.endswith("%"):
        raise ValueError(f'"{text}" has no % sign')
    return parse_number(stripped[:-1])


def parse_date(text: str) -> dt.date:
    """Read a date: ``2026-12-01``, ``1. december 2026``, ``01-12-2026`` or ``1.12.2026`` (day first).

    >>> parse_date("1. december 2026") == parse_date("01-12-2026") == parse_date("2026-12-01")
    True
    """
    bare = text.strip().lower()
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", bare, re.ASCII):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", bare, re.ASCII):
        day, month, year = (int(part) for part in match.groups())
    elif (match := re.fullmatch(r"(\d{1,2})\.?\s*([a-z]+)\.?\s+(\d{4})", bare, re.ASCII)) and match[2] in _MONTHS:
        day, month, year = int(match[1]), _MONTHS[match[2]], int(match[3])
    else:
        raise ValueError(f'"{text}" is not a date; write it as 2026-12-01')
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise ValueError(f'"{text}" is not a date in the calendar') from error


_YES = {"ja", "j", "yes", "y", "x", "true", "sand"}
_NO = {"nej", "n", "no", "false", "falsk"}


def parse_yes_no(text: str) -> bool:
    """Read yes or no, in Danish or English; ``x`` is yes.

    >>> parse_yes_no("Ja"), parse_yes_no("no")
    (True, False)
    """
    bare = text.strip().lower()
    if bare in _YES:
        return True
    if bare in _NO:
        return False
    raise ValueError(f'"{text}" is neither yes nor no')


def cell_number(value: float) -> Decimal:
    """Read a spreadsheet's number with the 15 digits that a spreadsheet shows.

    >>> cell_number(0.1 + 0.2)
    Decimal('0.3')
    """
    number = Decimal(format(value, ".15g"))
    if not number.is_finite():
        raise ValueError(f"{value} is not a finite number")
    return number


def round_half_up(value: Fraction | Decimal | int, places: int) -> Decimal:
    """Round half away from zero, as spreadsheets' ROUND does.

    >>> round_half_up(Fraction(1005, 1000), 2), round_half_up(Decimal("-2.5"), 0)
    (Decimal('1.01'), Decimal('-3'))
    """
    exact = Fraction(value)
    scaled = abs(exact) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = tuple(int(digit) for digit in str(whole))
    return Decimal((1 if exact < 0 and whole else 0, digits, -places))


def as_decimal(value: Fraction | Decimal | int, places: int = 12) -> Decimal:
    """Give a number for printing or for a cell: exact when it fits in ``places`` decimals, else rounded half up.

    >>> as_decimal(Fraction(1, 8)), as_decimal(Fraction(1, 3), 4), as_decimal(Fraction(600))
    (Decimal('0.125'), Decimal('0.3333'), Decimal('600'))
    """
    rounded = round_half_up(value, places)
    with localcontext() as context:
        context.prec = 60
        trimmed = rounded.normalize()
    return trimmed.quantize(Decimal(1)) if trimmed == trimmed.to_integral_value() else trimmed


@lru_cache(maxsize=4096)
def format_number(value: Fraction | Decimal | int, language: Language, places: int | None = None) -> str:
    """Print a number: with ``places`` decimals, or with those it has.

    >>> format_number(Decimal("1234.5"), "da"), format_number(Decimal("1234.5"), "en", 2)
    ('1.234,5', '1,234.50')
    """
    from babel.numbers import format_decimal  # noqa: PLC0415 - babel is slow to import and not always needed

    shown = as_decimal(value) if places is None else round_half_up(value, places)
    decimals = max(0, -int(shown.as_tuple().exponent))
    return format_decimal(shown, format="#,##0" + ("." + "0" * decimals if decimals else ""), locale=LOCALES[language])


def format_money(value: Fraction | Decimal | int, language: Language) -> str:
    """Print an amount in kroner: whole kroner without decimals, otherwise two.

    >>> format_money(Decimal(12000), "da") == "12.000 kr.".replace(" ", NBSP)
    True
    """
    exact = Fraction(value)
    number = format_number(value, language, 0 if exact.denominator == 1 else 2)
    return f"{number}{NBSP}kr." if language == "da" else f"DKK{NBSP}{number}"


def format_percent(value: Fraction | Decimal | int, language: Language, places: int | None = None) -> str:
    """Print a percentage from the number before the sign.

    >>> format_percent(Decimal("12.5"), "da") == "12,5 %".replace(" ", NBSP)
    True
    """
    number = format_number(value, language, places)
    return f"{number}{NBSP}%" if language == "da" else f"{number}%"


@lru_cache(maxsize=1024)
def format_date(value: dt.date, language: Language) -> str:
    """Print a date in full.

    >>> format_date(dt.date(2026, 12, 1), "da")
    '1. december 2026'
    """
    from babel.dates import format_date as babel_format  # noqa: PLC0415 - as above

    return babel_format(value, format="long", locale=LOCALES[language])


def is_working_day(day: dt.date) -> bool:
    """Tell whether a day is neither a Saturday, a Sunday nor a Danish public holiday."""
    from holidays import country_holidays  # noqa: PLC0415 - slow to import

    return day.weekday() < 5 and day not in country_holidays("DK", years=day.year)  # noqa: PLR2004 - Monday is 0


def add_working_days(start: dt.date, days: int) -> dt.date:
    """Give the date ``days`` working days after ``start``.

    >>> add_working_days(dt.date(2026, 12, 22), 3)  # 25 and 26 December are holidays
    datetime.date(2026, 12, 28)
    """
    day = start
    left = days
    while left > 0:
        day += dt.timedelta(days=1)
        left -= is_working_day(day)
    return day


def standstill_end(notified: dt.date, days: int = 10) -> dt.date:
    """Give the last day of the standstill: ``days`` calendar days counted from the day after the notification.

    A last day that falls on a weekend or a holiday moves to the next working day. Source: Act on the
    Complaints Board for Public Procurement § 3 with Regulation 1182/71 (verified).

    >>> standstill_end(dt.date(2027, 3, 1))
    datetime.date(2027, 3, 11)
    >>> standstill_end(dt.date(2027, 3, 17))  # 27 March is Saturday, Easter ends on Monday 29 March
    datetime.date(2027, 3, 30)
    """
    day = notified + dt.timedelta(days=days)
    while not is_working_day(day):
        day += dt.timedelta(days=1)
    return day
