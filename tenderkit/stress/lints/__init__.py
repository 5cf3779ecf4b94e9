"""Searches for pitfalls: one module for each, found here by its name, which is the pitfall's id with underscores.

Every module has ``find(tested: Tested) -> Iterator[Finding]``. A new pitfall is a file in
``evaluation_models/pitfalls/`` and a module here; there is no list of them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from tenderkit.library.pitfall import Pitfall
from tenderkit.stress.finding import Finding
from tenderkit.stress.tested import Tested

Find = Callable[[Tested], Iterator[Finding]]
Progress = Callable[[int, int], None]

_SEVERITIES = ("error", "warning", "note")


def lints() -> Mapping[str, Find]:
    """Give every search by the id of its pitfall, in the order of the ids."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name.replace("_", "-"): module.find for name, module in modules.items()}


def find_all(tested: Tested, progress: Progress | None = None) -> tuple[Finding, ...]:
    """Give what all searches find, each with its severity: the worst first, then in the order of the catalogue.

    Args:
        tested: the evaluation under test.
        progress: told how many searches are done, and of how many.

    Raises:
        ValueError: a search gives other values than the pitfall's sentence needs.
    """
    searches = lints()
    found: list[tuple[str, Finding]] = []
    for done, (name, find) in enumerate(searches.items(), start=1):
        pitfall = tested.library.pitfall(name)
        found += [(pitfall.number, _complete(pitfall, name, finding)) for finding in find(tested)]
        if progress is not None:
            progress(done, len(searches))
    return tuple(finding for _, finding in sorted(found, key=lambda own: (_SEVERITIES.index(own[1].severity), own[0])))


def _complete(pitfall: Pitfall, name: str, finding: Finding) -> Finding:
    """Give a finding with its severity: its own, or else the pitfall's."""
    if finding.pitfall != name or set(finding.values) != set(pitfall.values):
        raise ValueError(f"{name} gives {finding.pitfall} with {sorted(finding.values)}, not {sorted(pitfall.values)}")
    return replace(finding, severity=finding.severity or pitfall.severity)
