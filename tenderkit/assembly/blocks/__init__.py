"""Generated parts of documents: one file per block, found by its name.

A block's module has ``render(context, argument, text)``, which gives blocks of the document tree, and ``NEEDS``,
which tells from when on it can be made: ``tender`` (always), ``bids`` (after the opening) or ``result``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from typing import Literal, Protocol

from tenderkit.assembly import tree
from tenderkit.assembly.context import Context
from tenderkit.problems import Place, Problem, TenderkitError, nearest

Needs = Literal["tender", "bids", "result"]


class Block(Protocol):
    """A block's module."""

    NEEDS: Needs

    def render(self, context: Context, argument: str, text: str) -> Sequence[tree.Block]:
        """Give the block's part of the document."""
        ...


def names() -> list[str]:
    """Give the names of all blocks, as content writes them."""
    return sorted(info.name.replace("_", "-") for info in pkgutil.iter_modules(__path__))


def make(name: str, argument: str, text: str, context: Context, where: str) -> Sequence[tree.Block]:
    """Give a generated part by its name.

    Raises:
        TenderkitError: there is no such block, or it needs what has not happened yet.
    """
    known = names()
    if name not in known:
        raise TenderkitError(
            Problem("unknown-block", f'There is no block "{name}".', Place(where), help=nearest(name, known))
        )
    block: Block = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    ready = {"tender": True, "bids": bool(context.bids), "result": bool(context.results)}
    if not ready[block.NEEDS]:
        raise TenderkitError(
            Problem(
                "block-too-early",
                f'"{name}" needs the {block.NEEDS}, which this case does not have yet.',
                Place(where),
                help="Run: tenderkit status",
            )
        )
    return block.render(context, argument, text)
