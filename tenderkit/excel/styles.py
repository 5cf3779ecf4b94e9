"""How cells look: roles with their properties, and number formats by name and language."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from tenderkit.quantities import Language, as_decimal

FONT: Final = "Calibri"
NAVY: Final = "#1F3864"
GREY: Final = "#595959"
LINE: Final = "#BFBFBF"
PALE: Final = "#EDF1F8"
SERIES: Final = ("#1F3864", "#8FAADC", "#70AD47", "#BF8F00", "#7F7F7F", "#C55A11", "#9E5FA8", "#2E9CA6")

_BOX: Final = {"border": 1, "border_color": LINE}
_WRAP: Final = {"text_wrap": True, "valign": "top"}
_MIDDLE: Final = {"valign": "vcenter", "indent": 1}
_TYPED: Final = {"bg_color": "#FFF2CC", "locked": False, **_BOX}

ROLES: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "title": {"bold": True, "font_size": 16, "font_color": NAVY},
        "context": {"font_size": 10, "font_color": GREY},
        "stamp": {"font_size": 9, "font_color": GREY},
        "section": {"bold": True, "font_size": 12, "font_color": NAVY},
        "prose": {**_WRAP},
        "prose-strong": {"bold": True, "font_size": 12, "font_color": NAVY, **_WRAP},
        "note": {"font_size": 10, "font_color": GREY, **_WRAP},
        "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": NAVY, **_WRAP, **_BOX, **_MIDDLE},
        "label": {**_WRAP, **_BOX, **_MIDDLE},
        "strong": {"bold": True, "bg_color": PALE, **_WRAP, **_BOX, **_MIDDLE},
        "number": {"align": "right", **_BOX, **_MIDDLE},
        "result": {"bold": True, "align": "right", "bg_color": PALE, **_BOX, **_MIDDLE},
        "status": {"bold": True, "align": "center", **_WRAP, **_BOX, "valign": "vcenter"},
        "small": {"font_size": 10, **_WRAP, **_BOX},
        "input": {"align": "left", **_TYPED, **_WRAP},
        "input-number": {"align": "right", **_TYPED, **_MIDDLE},
        "input-centre": {"align": "center", "valign": "vcenter", **_TYPED},
    }
)

LOOKS: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "good": {"bg_color": "#E2EFDA", "font_color": "#375623"},
        "bad": {"bg_color": "#F8CBAD", "font_color": "#843C0C"},
        "attention": {"bg_color": "#FFE699", "font_color": "#5F4700"},
        "muted": {"font_color": "#7F7F7F", "italic": True},
        "winner": {"bg_color": "#C6E0B4", "bold": True},
    }
)

LINE_HEIGHT: Final[Mapping[str, float]] = MappingProxyType(
    {"title": 24, "context": 15, "section": 20, "note": 13.8, "small": 13.8, "stamp": 13.5, "prose-strong": 19}
)
NORMAL_LINE: Final = 15.2
PADDING: Final = 3.5


def number_format(name: str, language: Language) -> str:
    """Give a number format: ``money``, ``percent``, ``date``, or a format as it stands in the file.

    >>> number_format("money", "da"), number_format("money", "en"), number_format("0.0", "da")
    ('#,##0.00 "kr."', '"DKK" #,##0.00', '0.0')
    """
    named = {
        "money": '#,##0.00 "kr."' if language == "da" else '"DKK" #,##0.00',
        "percent": "0.0%",
        "date": "dd-mm-yyyy" if language == "da" else "dd/mm/yyyy",
        "text": "@",
    }
    return named.get(name, name)


def fitting_format(value: Fraction | int, most: int = 4) -> str:
    """Give the number format that shows a number with the decimals it has.

    >>> fitting_format(Fraction(3096, 10)), fitting_format(4)
    ('#,##0.0', '#,##0')
    """
    decimals = max(0, -int(as_decimal(value, most).as_tuple().exponent))
    return "#,##0" + ("." + "0" * decimals if decimals else "")
