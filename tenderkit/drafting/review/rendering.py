"""The clause tried with every kind of value: what a reader gets must be whole, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tenderkit.assembly import tree
from tenderkit.drafting.draft import Draft
from tenderkit.drafting.trial import faults, rendered
from tenderkit.drafting.variants import variants
from tenderkit.problems import Problem

_LEVELS = ("base", "advanced", "spearhead")


def whole_in_every_variant(draft: Draft) -> Iterator[Problem]:
    """Give points that break off, are empty, or join badly for some values."""
    told: set[tuple[str, str]] = set()  # one bad text shows with many values: the first is enough
    for chosen in variants(draft):
        for key, problem in faults(draft, chosen):
            if key not in told:
                told.add(key)
                yield problem


def levels_contain_the_lower(draft: Draft) -> Iterator[Problem]:
    """Give points that a higher level leaves out."""
    if "level" not in draft.clause.parameters:
        return
    by_level: dict[str, set[str]] = {}
    for chosen in variants(draft):
        level = str(chosen.values["level"].value())
        blocks = rendered(draft, chosen, "da")
        names = {block.name for block in blocks if isinstance(block, tree.Paragraph) and block.name}
        by_level.setdefault(level, names)
    for lower, higher in pairwise(_LEVELS):
        for name in sorted(by_level[lower] - by_level[higher]):
            yield draft.problem(
                "clause-level-loses-a-point",
                f'The level "{higher}" leaves out point "{name}" of "{lower}".',
                "Let each level contain the lower one.",
                "da.md",
            )
        if by_level[lower] == by_level[higher]:
            yield draft.problem(
                "clause-level-adds-nothing",
                f'The level "{higher}" has the same points as "{lower}".',
                "Give the higher level points of its own.",
                "da.md",
            )
