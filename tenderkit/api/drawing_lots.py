"""``model draw``: a drawing of lots by a public number, round by round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tenderkit.api.outcome import Outcome
from tenderkit.evaluation.drawing import PublicDrawing


def model_draw(listed: Sequence[str], *, number: str = "") -> Outcome:
    """Give the rounds of a drawing by a public number; the bidder of the first round is first.

    Args:
        listed: the tied bidders, in the order that was published before the number was known.
        number: the digits of the public number.

    Raises:
        TenderkitError: fewer than two bidders, one listed twice, or a number that is too small or too large to be fair.
    """
    rounds = PublicDrawing(tuple(listed), number).rounds
    rows: list[dict[str, Any]] = [
        {
            "round": place,
            "number": str(each.number),
            "left": each.left,
            "quotient": str(each.quotient),
            "remainder": each.remainder,
            "drawn": each.bidder,
        }
        for place, each in enumerate(rounds, start=1)
    ]
    names = ", ".join(listed)
    return Outcome(
        data={"listed": list(listed), "number": number, "rounds": rows},
        lines=[
            f"The list, counted from 0: {names}",
            "Each round divides the number by how many are left; the quotient is the number of the next round.",
            "The remainder is the place of the one who is drawn, on the list of those who are left.",
        ],
        next="Record it in events.yaml under drawing, then run: tenderkit score",
    )
