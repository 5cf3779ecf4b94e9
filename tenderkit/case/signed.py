"""The record of an agreement that was made final: what it was made from, so that it can be told later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from tenderkit import __version__
from tenderkit.case.folder import Case, read_text
from tenderkit.library.parts import parts_of
from tenderkit.plan import AgreementPlan
from tenderkit.problems import Place, Problem, TenderkitError

FORMAT = 1
V = TypeVar("V")


def record(plan: AgreementPlan, written: str, files: Mapping[str, str]) -> bytes:
    """Give ``lock.json`` of a final agreement: the file as written, every content file used, the hash of each file."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "tenderkit": __version__,
        "edition": plan.agreement.edition,
        "agreement": written,
        "content": _content_of(plan),
        "files": dict(files),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def signed_content(case: Case) -> Mapping[str, str] | None:
    """Give the content files of the newest final agreement; None when nothing is final yet.

    Raises:
        TenderkitError: the record is damaged.
    """
    editions = case.editions()
    return _recorded(case, max(editions), "content", dict) if editions else None


def _recorded(case: Case, edition: int, key: str, kind: type[V]) -> V:
    """Give what the record of a final agreement holds below a key."""
    name = f"published/{edition}/lock.json"
    damaged = Problem("damaged-file", "The record of the final agreement is damaged.", Place(name))
    try:
        value = json.loads(read_text(case.root / name))[key]
    except (ValueError, KeyError, TypeError) as error:
        raise TenderkitError(damaged) from error
    if not isinstance(value, kind):
        raise TenderkitError(damaged)
    return value


def require_new_edition(case: Case, plan: AgreementPlan) -> None:
    """Refuse to make an edition final twice.

    Raises:
        TenderkitError: the edition is final already, with the same words or with others.
    """
    edition = plan.agreement.edition
    if edition not in case.editions():
        return
    same = _recorded(case, edition, "agreement", str) == read_text(case.agreement_file)
    place = plan.source.place(("edition",), "edition")
    if same:
        raise TenderkitError(
            Problem("already-published", f"Edition {edition} is final already, and nothing has changed.", place)
        )
    raise TenderkitError(
        Problem(
            "published-agreement-changed",
            f"Edition {edition} is final, and agreement.yaml differs from it.",
            place,
            help=f"To make a new final agreement write: edition: {edition + 1}",
        )
    )


def _content_of(plan: AgreementPlan) -> dict[str, str]:
    """Give the content files that an agreement uses."""
    library = plan.library
    template = f"contracts/{plan.agreement.agreement.template}/"
    used = {chosen.id for chosen in plan.clauses}
    paths = list(library.content.paths())
    parts = {
        part
        for path in paths
        if path.startswith(template) and path.endswith(".md")
        for part in parts_of(library.text(path))
    }
    kept = [
        path
        for path in paths
        if path.startswith((template, "strings/"))
        or "/" not in path
        or (path.startswith("clauses/") and path.split("/")[1] in used)
        or (path.startswith("parts/") and path.split("/")[1] in parts)
    ]
    return {path: library.text(path) for path in kept}
