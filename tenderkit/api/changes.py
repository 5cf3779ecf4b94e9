"""What changed between two editions, value by value, for the correction notice."""

from __future__ import annotations

from typing import Any

from tenderkit.case import Lock
from tenderkit.plan import Plan


def changes(old: Lock, plan: Plan) -> list[dict[str, str]]:
    """Give every value of ``tender.yaml`` that differs from a published edition: its path, before and now."""
    before = _flat(old.plan.source.data)
    after = _flat(plan.source.data)
    paths = [*after, *(path for path in before if path not in after)]
    return [
        {"path": path, "before": before.get(path, ""), "after": after.get(path, "")}
        for path in paths
        if before.get(path, "") != after.get(path, "") and path != "edition"
    ]


def _flat(node: Any, path: str = "") -> dict[str, str]:
    if isinstance(node, dict):
        pairs = [(str(key), value) for key, value in node.items()]
    elif isinstance(node, list):
        pairs = [(_key(i, value), value) for i, value in enumerate(node)]
    else:
        return {path: "" if node is None else str(node)}
    flat: dict[str, str] = {}
    for key, value in pairs:
        flat.update(_flat(value, f"{path}.{key}" if path else key))
    return flat


def _key(index: int, value: Any) -> str:
    """Name a list's item by its own id where it has one, so that moved items are not changed items."""
    if isinstance(value, dict) and "id" in value:
        return str(value["id"])
    if isinstance(value, dict) and len(value) == 1:
        return str(next(iter(value)))
    return str(index + 1)
