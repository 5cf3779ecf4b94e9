"""The two ways an equation is written down: Office Math for Word, and presentation MathML for the web.

A :class:`Markup` writes the parts of an equation; what stands where is decided once, in
:mod:`tenderkit.formula.equation`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum, auto
from typing import Protocol
from xml.sax.saxutils import escape

OFFICE_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MATHML = "http://www.w3.org/1998/Math/MathML"


class Binds(IntEnum):
    """How tightly a part of an equation holds together, from the loosest."""

    JOINED = auto()
    CONDITION = auto()
    BIG = auto()
    SUM = auto()
    PRODUCT = auto()
    FRACTION = auto()
    POWER = auto()
    ATOM = auto()


#: Markup, and how tightly it binds.
Part = tuple[str, int]

_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NBSP = "\u00a0"


class Markup(Protocol):
    """Writes the parts of an equation; every part is markup already, every ``text`` is plain."""

    def letter(self, text: str) -> str:
        """Write a slanted letter that stands for a value."""
        ...

    def word(self, text: str) -> str:
        """Write an upright word."""
        ...

    def number(self, text: str) -> str:
        """Write a number, with its percent sign where it has one."""
        ...

    def infix(self, sign: str) -> str:
        """Write a sign between two parts."""
        ...

    def prefix(self, sign: str) -> str:
        """Write a sign before a part."""
        ...

    def separator(self, sign: str) -> str:
        """Write the sign between two arguments."""
        ...

    def fraction(self, above: str, below: str) -> str:
        """Write a fraction."""
        ...

    def power(self, base: str, exponent: str) -> str:
        """Write an exponent."""
        ...

    def subscript(self, base: str, below: str) -> str:
        """Write a subscript."""
        ...

    def root(self, inner: str, degree: str) -> str:
        """Write a root; a square root has no degree."""
        ...

    def fenced(self, inner: str, opening: str = "(", closing: str = ")") -> str:
        """Write parentheses that grow with what they hold."""
        ...

    def over(self, sign: str, index: str, inner: str) -> str:
        """Write a large sum or product sign with an index below it."""
        ...

    def cases(self, rows: Sequence[tuple[str, str]]) -> str:
        """Write a brace with a line for each case: what holds, and when."""
        ...

    def whole(self, inner: str) -> str:
        """Write the outermost element."""
        ...


def _text(text: str) -> str:
    """Give text that can stand in XML: characters that XML forbids are left out."""
    return escape(_FORBIDDEN.sub("", text))


class OfficeMath:
    """Writes Office Math, as Word has it."""

    def letter(self, text: str) -> str:
        """Write a run in Word's slanted letters."""
        return f"<m:r><m:t>{_text(text)}</m:t></m:r>"

    def word(self, text: str) -> str:
        """Write an upright run, its spaces kept."""
        return f'<m:r><m:rPr><m:nor/></m:rPr><m:t xml:space="preserve">{_text(text)}</m:t></m:r>'

    def number(self, text: str) -> str:
        """Write a number as a word."""
        return self.word(text)

    def infix(self, sign: str) -> str:
        """Write a sign with a space on both sides."""
        return self.prefix(f" {sign} ")

    def prefix(self, sign: str) -> str:
        """Write a sign in plain style."""
        return f'<m:r><m:rPr><m:sty m:val="p"/></m:rPr><m:t xml:space="preserve">{_text(sign)}</m:t></m:r>'

    def separator(self, sign: str) -> str:
        """Write a sign and a space."""
        return self.word(f"{sign} ")

    def fraction(self, above: str, below: str) -> str:
        """Write ``m:f``."""
        return f"<m:f><m:num>{above}</m:num><m:den>{below}</m:den></m:f>"

    def power(self, base: str, exponent: str) -> str:
        """Write ``m:sSup``."""
        return f"<m:sSup><m:e>{base}</m:e><m:sup>{exponent}</m:sup></m:sSup>"

    def subscript(self, base: str, below: str) -> str:
        """Write ``m:sSub``."""
        return f"<m:sSub><m:e>{base}</m:e><m:sub>{below}</m:sub></m:sSub>"

    def root(self, inner: str, degree: str) -> str:
        """Write ``m:rad``, the degree hidden for a square root."""
        hidden = "" if degree else '<m:radPr><m:degHide m:val="1"/></m:radPr>'
        return f"<m:rad>{hidden}<m:deg>{degree}</m:deg><m:e>{inner}</m:e></m:rad>"

    def fenced(self, inner: str, opening: str = "(", closing: str = ")") -> str:
        """Write ``m:d``."""
        fence = f'<m:begChr m:val="{opening}"/><m:endChr m:val="{closing}"/>'
        return f"<m:d><m:dPr>{fence}</m:dPr><m:e>{inner}</m:e></m:d>"

    def over(self, sign: str, index: str, inner: str) -> str:
        """Write ``m:nary``."""
        properties = f'<m:chr m:val="{sign}"/><m:limLoc m:val="undOvr"/><m:supHide m:val="1"/>'
        return f"<m:nary><m:naryPr>{properties}</m:naryPr><m:sub>{index}</m:sub><m:sup/><m:e>{inner}</m:e></m:nary>"

    def cases(self, rows: Sequence[tuple[str, str]]) -> str:
        """Write ``m:eqArr`` behind a brace."""
        array = "".join(f"<m:e>{value}{self.word('   ')}{when}</m:e>" for value, when in rows)
        return self.fenced(f"<m:eqArr>{array}</m:eqArr>", "{", "")

    def whole(self, inner: str) -> str:
        """Write ``m:oMath`` with its namespace."""
        return f'<m:oMath xmlns:m="{OFFICE_MATH}">{inner}</m:oMath>'


class PresentationMathML:
    """Writes presentation MathML, the part that browsers have in common (MathML Core)."""

    def letter(self, text: str) -> str:
        """Write ``mi``, which is slanted for a single letter."""
        return f"<mi>{_text(text)}</mi>"

    def word(self, text: str) -> str:
        """Write a name as ``mi``, and words with spaces as ``mtext``."""
        if text.isalpha():
            return f'<mi mathvariant="normal">{_text(text)}</mi>' if len(text) == 1 else f"<mi>{_text(text)}</mi>"
        return f"<mtext>{_text(text).replace(' ', _NBSP)}</mtext>"

    def number(self, text: str) -> str:
        """Write ``mn``."""
        return f"<mn>{_text(text)}</mn>"

    def infix(self, sign: str) -> str:
        """Write ``mo``; browsers know the space around it."""
        return f"<mo>{_text(sign)}</mo>"

    def prefix(self, sign: str) -> str:
        """Write ``mo`` without the space of a sign between two parts."""
        return f'<mo form="prefix">{_text(sign)}</mo>'

    def separator(self, sign: str) -> str:
        """Write ``mo`` as a separator."""
        return f'<mo separator="true">{_text(sign)}</mo>'

    def fraction(self, above: str, below: str) -> str:
        """Write ``mfrac``."""
        return f"<mfrac>{_row(above)}{_row(below)}</mfrac>"

    def power(self, base: str, exponent: str) -> str:
        """Write ``msup``."""
        return f"<msup>{_row(base)}{_row(exponent)}</msup>"

    def subscript(self, base: str, below: str) -> str:
        """Write ``msub``."""
        return f"<msub>{_row(base)}{_row(below)}</msub>"

    def root(self, inner: str, degree: str) -> str:
        """Write ``msqrt`` or ``mroot``."""
        return f"<mroot>{_row(inner)}{_row(degree)}</mroot>" if degree else f"<msqrt>{inner}</msqrt>"

    def fenced(self, inner: str, opening: str = "(", closing: str = ")") -> str:
        """Write the parts between two ``mo`` that stretch."""
        ends = [
            f'<mo form="{form}" fence="true" stretchy="true">{_text(sign)}</mo>' if sign else ""
            for sign, form in ((opening, "prefix"), (closing, "postfix"))
        ]
        return f"<mrow>{ends[0]}{_row(inner)}{ends[1]}</mrow>"

    def over(self, sign: str, index: str, inner: str) -> str:
        """Write ``munder`` and what follows it."""
        large = f'<mo form="prefix" largeop="true" movablelimits="false">{sign}</mo>'
        return f"<mrow><munder>{large}{_row(index)}</munder>{_row(inner)}</mrow>"

    def cases(self, rows: Sequence[tuple[str, str]]) -> str:
        """Write a table of two columns behind a brace."""
        cell = '<mtd style="text-align: left">'
        lines = "".join(f"<mtr>{cell}{value}</mtd>{cell}{when}</mtd></mtr>" for value, when in rows)
        return self.fenced(f'<mtable displaystyle="true">{lines}</mtable>', "{", "")

    def whole(self, inner: str) -> str:
        """Write ``math``, on a line of its own."""
        return f'<math xmlns="{MATHML}" display="block">{_row(inner)}</math>'


def _row(inner: str) -> str:
    """Make one element of several, where markup counts its children."""
    return f"<mrow>{inner}</mrow>"
