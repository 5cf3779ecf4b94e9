"""``::: signatures``: lines for signing, by the parties in a contract and by the committee's members in a report.

Where the text inside names who signs, one a line, those sign instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.setting import Setting

NEEDS = "nothing"
_BESIDE = 4  # signers who have room beside each other


def render(context: Setting, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the lines, a few signers beside each other."""
    signing = context.signing()
    signers = tuple(text.splitlines()) or signing.signers
    rows = [signers] if len(signers) <= _BESIDE else [signers[i : i + 2] for i in range(0, len(signers), 2)]
    return [tree.Signatures(signing.caption, row, signing.labels) for row in rows if row]
