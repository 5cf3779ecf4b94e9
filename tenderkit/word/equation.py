"""A formula as an equation in Word's own mathematics."""

from __future__ import annotations

from tenderkit.assembly.tree import Equation
from tenderkit.word.session import Session
from tenderkit.word.xml import Node, el, name, node_of, parse


def equation(block: Equation, session: Session) -> Node:
    """Give a paragraph with ``left = formula``; the words below it say the same to those who cannot see it."""
    from tenderkit.formula import equation as set_formula  # noqa: PLC0415 - few documents have a formula

    left = block.names.get(block.left, block.left)
    math = node_of(
        parse(set_formula(block.formula, block.names, left=left, language=session.document.language).encode())
    )
    adjust = el("m:jc")
    adjust.set(name("m:val"), "left")
    return session.paragraph("TKEquation", el("m:oMathPara", None, el("m:oMathParaPr", None, adjust), math))
