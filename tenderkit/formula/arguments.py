"""Whether the parts of a formula fit where they stand: numbers, conditions, all bids' values, digits and tables."""

from __future__ import annotations

from tenderkit.formula.functions import FUNCTIONS, OVER_CRITERIA, table_parts
from tenderkit.formula.tokens import wrong
from tenderkit.formula.tree import Bids, Call, Kind, Name, Node, Number, kind, walk
from tenderkit.problems import TenderkitError

MAX_PLACES = 12
_TAKES: dict[Kind, str] = {
    "condition": "takes a condition, such as P > 0",
    "bids": "takes the values of all admitted bids here, such as Ps",
    "table": "takes the name of a table here",
}


def of_kind(node: Node, wanted: Kind, user: str) -> Node:
    """Give the part when it is of the kind that its user takes.

    Raises:
        TenderkitError: it is of another kind.
    """
    if kind(node) == wanted:
        return node
    if isinstance(node, Bids):
        raise _plural_alone(node)
    raise wrong("formula-wrong-kind", node.column, f"{user} {_TAKES.get(wanted, 'takes a number, not a condition')}.")


def _plural_alone(node: Bids) -> TenderkitError:
    return wrong(
        "formula-plural-alone",
        node.column,
        f'"{node.plural}" stands for the values of all admitted bids.',
        f"Put it alone into a function, such as MIN({node.plural}), or write {node.name} for this bid's value.",
    )


def check_call(call: Call) -> Call:
    """Give the call when its arguments fit its function.

    Raises:
        TenderkitError: there are too many or too few, or one is of another kind.
    """
    function = FUNCTIONS[call.function]
    arguments = call.arguments
    if function.bids and len(arguments) == 1 and isinstance(arguments[0], Bids):
        return call
    count = len(function.takes)
    if count == 0 or len(arguments) < count or (len(arguments) > count and not function.repeats):
        raise wrong(
            "formula-wrong-arguments",
            call.column,
            f"{call.function} was given {len(arguments)} argument(s).",
            f"Write {function.usage}.",
        )
    for index, argument in enumerate(arguments):
        _check_argument(argument, function.takes[min(index, count - 1)], call)
    if call.function == "RANK":
        _check_rank(call)
    if call.function in OVER_CRITERIA:
        _check_alone(call)
    return call


def _check_argument(argument: Node, wanted: Kind, call: Call) -> None:
    match wanted:
        case "places":
            _check_places(argument, call)
        case "table":
            _check_table(argument, call)
        case _:
            of_kind(argument, wanted, call.function)


def _check_places(argument: Node, call: Call) -> None:
    whole = isinstance(argument, Number) and argument.value.denominator == 1 and argument.value <= MAX_PLACES
    if not whole:
        what, most = ("bids to leave out", "bids") if call.function == "TRIMMED" else ("decimals", "decimals")
        raise wrong(
            "formula-wrong-arguments",
            call.column,
            f"{call.function} takes the number of {what} as digits.",
            f"Write {FUNCTIONS[call.function].usage}, with at most {MAX_PLACES} {most}.",
        )


def _check_table(argument: Node, call: Call) -> None:
    if isinstance(argument, Bids):
        raise wrong(
            "formula-wrong-kind",
            argument.column,
            f'"{argument.plural}" stands for the values of all admitted bids, because it ends with s.',
            f"Give the table of {call.function} a name without an s at its end.",
        )
    if not isinstance(argument, Name):
        raise wrong(
            "formula-wrong-kind",
            argument.column,
            f"{call.function} takes the name of a table here.",
            f"Write {FUNCTIONS[call.function].usage}, where the table is a parameter.",
        )


def _check_rank(call: Call) -> None:
    """A spreadsheet ranks only a value that is one of the list."""
    own, bids = call.arguments
    if not (isinstance(own, Name) and isinstance(bids, Bids) and own.name == bids.name):
        raise wrong(
            "formula-wrong-arguments",
            call.column,
            "RANK compares a bid's value with the same value of all bids.",
            f"Write {FUNCTIONS['RANK'].usage}; give what is to be compared a name as a step.",
        )


def _check_alone(call: Call) -> None:
    for part in walk(call.arguments[0]):
        if isinstance(part, Call) and part.function in OVER_CRITERIA:
            message = f"{part.function} stands inside {'another ' * (part.function == call.function)}{call.function}."
            raise wrong("formula-wrong-arguments", call.column, message, "Calculate the inner one as a step.")


def check_tables(node: Node) -> None:
    """Refuse a formula in which one name is both a table and a number.

    Raises:
        TenderkitError: with the column where the table stands as a number.
    """
    parts = table_parts(node)
    names, columns = {part.name for part in parts}, {part.column for part in parts}
    for part in walk(node):
        if isinstance(part, Name) and part.name in names and part.column not in columns:
            raise table_alone(part)


def table_alone(node: Name) -> TenderkitError:
    """Give the error for a table that stands where a number is needed."""
    return wrong(
        "formula-wrong-kind",
        node.column,
        f'"{node.name}" is a table, and a number is needed here.',
        f"Write STEPS(number, {node.name}) or INTERPOLATE(number, {node.name}).",
    )
