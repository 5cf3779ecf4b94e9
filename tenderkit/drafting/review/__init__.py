"""What a clause is held against before it is used: each function of the modules here looks for one kind of fault.

A function takes a :class:`~tenderkit.drafting.draft.Draft` and gives problems. Adding a function is enough; nothing
lists them.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator

from tenderkit.drafting.draft import Draft
from tenderkit.problems import Problem, TenderkitError, ordered

Search = Callable[[Draft], Iterator[Problem]]

__all__ = ["review", "searches"]


@functools.cache
def searches() -> tuple[Search, ...]:
    """Give all functions that look for faults, by module and name."""
    found = []
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        found += [
            function
            for name, function in vars(module).items()
            if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
        ]
    return tuple(found)


def review(draft: Draft) -> list[Problem]:
    """Give everything that is wrong with a clause, all at once."""
    problems: list[Problem] = []
    for search in searches():
        try:
            problems += search(draft)
        except TenderkitError as error:
            problems += error.problems
    return ordered(problems)
