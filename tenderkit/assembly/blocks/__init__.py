"""Generated parts of documents: one file per block, found by its name.

A block's module has ``render(context, argument, text)``, which gives blocks of the document tree, and ``NEEDS``,
which tells what it is made from: ``nothing`` of its own, ``clauses`` (of a tender or of an agreement), a ``tender``, an
``agreement``, ``bids`` (after the opening) or a ``result``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from typing import Any, Protocol

from tenderkit.assembly import tree
from tenderkit.assembly.setting import Needs, Setting
from tenderkit.problems import Place, Problem, TenderkitError, nearest

_LATER = frozenset({"bids", "result"})


class Block(Protocol):
    """A block's module."""

    NEEDS: Needs

    def render(self, context: Any, argument: str, text: str) -> Sequence[tree.Block]:
        """Give the block's part of the document; the context is one that has what the block needs."""
        ...


def names() -> list[str]:
    """Give the names of all blocks, as content writes them."""
    return sorted(info.name.replace("_", "-") for info in pkgutil.iter_modules(__path__))


def needs(name: str) -> Needs:
    """Give what a block is made from."""
    return _block(name).NEEDS


def _block(name: str) -> Block:
    block: Block = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
    return block


def make(name: str, argument: str, text: str, context: Setting, where: str) -> Sequence[tree.Block]:
    """Give a generated part by its name.

    Raises:
        TenderkitError: there is no such block, or it needs what this document is not made from.
    """
    known = names()
    if name not in known:
        raise TenderkitError(
            Problem("unknown-block", f'There is no block "{name}".', Place(where), help=nearest(name, known))
        )
    block = _block(name)
    if block.NEEDS in context.has:
        return block.render(context, argument, text)
    if block.NEEDS in _LATER and "tender" in context.has:
        message = f'"{name}" needs the {block.NEEDS}, which this case does not have yet.'
        raise TenderkitError(Problem("block-too-early", message, Place(where), help="Run: tenderkit status"))
    message = f'"{name}" is made from the {block.NEEDS}, and this document is not about one.'
    raise TenderkitError(
        Problem("block-elsewhere", message, Place(where), help="Leave the block out, or use the template elsewhere.")
    )
