"""Formula text to tree: a small precedence parser of our own.

Python and spreadsheets disagree about ``-a^b`` and about ``a^b^c``, so both are refused with the advice to use
parentheses. Everything else binds as in arithmetic: ``^`` before ``* /`` before ``+ -`` before comparisons.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import NoReturn

from tenderkit.formula.arguments import check_call, check_tables, of_kind
from tenderkit.formula.functions import FUNCTIONS
from tenderkit.formula.tokens import Token, tokens_of, wrong
from tenderkit.formula.tree import Bids, Binary, Call, Compare, Name, Negative, Node, Number, depth, kind
from tenderkit.problems import Problem, TenderkitError, nearest

__all__ = ["Node", "parse", "parse_condition"]

MAX_LENGTH = 2_000
MAX_NESTING = 30
MAX_DEPTH = 120

_COMPARISONS = frozenset({"<", "<=", "=", ">=", ">", "<>"})


@lru_cache(maxsize=512)
def parse(text: str) -> Node:
    """Give a formula's tree.

    A name is this bid's value and the name with an s the values of all admitted bids (``P``, ``Ps``); a single letter
    is always this bid's value. ``50%`` is the number 0.5.

    Raises:
        TenderkitError: the text is no formula; the message names the column, counted from 1.

    >>> parse("S*MIN(Ps)/P").operator
    '/'
    """
    return of_kind(_tree(text), "number", "A formula")


@lru_cache(maxsize=512)
def parse_condition(text: str) -> Node:
    """Give the tree of a condition, such as ``AND(q >= 60, P <= MAX(Ps)/2)``.

    Raises:
        TenderkitError: the text is no condition; the message names the column, counted from 1.

    >>> parse_condition("P <= 2*MIN(Ps)").operator
    '<='
    """
    node = _tree(text)
    if kind(node) == "number":
        raise wrong("formula-wrong-kind", node.column, "a condition is needed, not a number.", "Write P > 0 or so.")
    return of_kind(node, "condition", "A condition")


def _tree(text: str) -> Node:
    """Give the tree of a formula or a condition."""
    if not text.strip():
        raise TenderkitError(Problem("formula-empty", "The formula is empty.", help="Write a formula, such as w*p."))
    if len(text) > MAX_LENGTH:
        raise TenderkitError(
            Problem(
                "formula-too-long",
                f"The formula has {len(text)} characters; at most {MAX_LENGTH} are allowed.",
                help="Split it into named steps.",
            )
        )
    parser = _Parser(tokens_of(text))
    node = parser.whole()
    if depth(node) > MAX_DEPTH:
        raise TenderkitError(
            Problem(
                "formula-too-deep",
                f"More than {MAX_DEPTH} operations depend on one another in the formula.",
                help="Split it into named steps.",
            )
        )
    check_tables(node)
    return node


class _Parser:
    """Reads the tokens once from left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.position = 0
        self.nesting = 0

    @property
    def token(self) -> Token:
        """Give the token that is read next."""
        return self.tokens[self.position]

    def accept(self, *signs: str) -> Token | None:
        """Take the next token when it is one of the signs."""
        token = self.token
        if token.kind == "sign" and token.text in signs:
            self.position += 1
            return token
        return None

    def expect(self, sign: str, opened: Token) -> None:
        """Take a sign that must come next."""
        if self.accept(sign) is None:
            self.unexpected(f'"{sign}" is missing for the parenthesis opened in column {opened.column}.')

    def unexpected(self, missing: str = "a number, a name or a parenthesis is missing here.") -> NoReturn:
        """Refuse the next token."""
        token = self.token
        read = f'"{token.text}" was read, but ' if token.kind != "end" else "the formula ends, but "
        raise wrong("formula-unexpected", token.column, read + missing)

    def whole(self) -> Node:
        """Read the formula to its end."""
        node = self.comparison()
        token = self.token
        if token.kind in {"name", "number"} or (token.kind == "sign" and token.text == "("):
            raise wrong(
                "formula-unexpected",
                token.column,
                f'an operator is missing before "{token.text}".',
                "Write * for multiplication.",
            )
        if token.kind != "end":
            raise wrong("formula-unexpected", token.column, f'"{token.text}" is one too many.')
        return node

    def comparison(self) -> Node:
        """Read a sum, or two sums with a comparison between them."""
        left = self.sum()
        sign = self.accept(*_COMPARISONS)
        if sign is None:
            return left
        right = self.sum()
        if self.token.text in _COMPARISONS:
            raise wrong(
                "formula-unexpected", self.token.column, "two comparisons follow each other.", "Join them with AND."
            )
        return Compare(sign.text, _operand(left, sign), _operand(right, sign), sign.column)

    def sum(self) -> Node:
        """Read terms with + and - between them."""
        node = self.term()
        while sign := self.accept("+", "-"):
            node = Binary(sign.text, _operand(node, sign), _operand(self.term(), sign), sign.column)
        return node

    def term(self) -> Node:
        """Read factors with * and / between them."""
        node = self.factor()
        while sign := self.accept("*", "/"):
            node = Binary(sign.text, _operand(node, sign), _operand(self.factor(), sign), sign.column)
        return node

    def factor(self) -> Node:
        """Read a power, or a minus with what it stands before."""
        minus = self.accept("-")
        if minus is None:
            return self.power()
        base = self.atom()
        if self.token.text == "^":
            raise wrong(
                "formula-ambiguous-power",
                minus.column,
                "a minus before a power is read in two ways: spreadsheets square first and others last.",
                "Use parentheses: -(a^b) or (-a)^b.",
            )
        return Negative(_operand(base, minus), minus.column)

    def power(self) -> Node:
        """Read an atom with or without an exponent."""
        base = self.atom()
        sign = self.accept("^")
        if sign is None:
            return base
        minus = self.accept("-")
        exponent = self.atom()
        if minus is not None:
            exponent = Negative(_operand(exponent, minus), minus.column)
        if self.token.text == "^":
            raise wrong(
                "formula-ambiguous-power",
                self.token.column,
                "a power of a power is read in two ways: from the left by spreadsheets, from the right by others.",
                "Use parentheses: (a^b)^c or a^(b^c).",
            )
        return Binary("^", _operand(base, sign), _operand(exponent, sign), sign.column)

    def atom(self) -> Node:
        """Read a number, a name, a function or a parenthesis."""
        token = self.token
        if token.kind == "number":
            self.position += 1
            percent = token.text.endswith("%")
            value = Fraction(token.text.rstrip("%").rstrip())
            return Number(value / 100 if percent else value, percent, token.column)
        if token.kind == "name":
            self.position += 1
            return self.call(token) if self.token.text == "(" else _name(token)
        opened = self.accept("(")
        if opened is None:
            self.unexpected()
        self.deeper(opened)
        node = self.comparison()
        self.expect(")", opened)
        self.nesting -= 1
        return node

    def call(self, name: Token) -> Node:
        """Read a function's arguments."""
        if name.text not in FUNCTIONS:
            raise wrong(
                "formula-unknown-function",
                name.column,
                f'"{name.text}" is no function.',
                nearest(name.text.upper(), FUNCTIONS),
            )
        opened = self.token
        self.position += 1
        self.deeper(opened)
        arguments = [self.comparison()]
        while self.accept(","):
            arguments.append(self.comparison())
        self.expect(")", opened)
        self.nesting -= 1
        call = check_call(Call(name.text, tuple(arguments), name.column))
        if call.function == "POWER":
            base, exponent = call.arguments
            return Binary("^", base, exponent, name.column)
        return call

    def deeper(self, opened: Token) -> None:
        """Count an open parenthesis."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise wrong(
                "formula-too-deep",
                opened.column,
                f"more than {MAX_NESTING} parentheses stand inside one another.",
                "Split the formula into named steps.",
            )


def _name(token: Token) -> Node:
    if token.text in FUNCTIONS:
        raise wrong(
            "formula-unexpected",
            token.column,
            f'"{token.text}" is a function and needs parentheses.',
            f"Write {FUNCTIONS[token.text].usage}, or choose another name.",
        )
    if token.text.endswith("s") and len(token.text) > 1:
        return Bids(token.text[:-1], token.column)
    return Name(token.text, token.column)


def _operand(node: Node, sign: Token) -> Node:
    return of_kind(node, "number", f'"{sign.text}" in column {sign.column}')
