"""The files that an authority's own clause begins with: a small clause that says how, or the library's to change."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from collections.abc import Iterator

from tenderkit.library import Library
from tenderkit.library.editions import CLAUSE_FILES
from tenderkit.problems import Problem, TenderkitError

_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
_SAMPLE = "new_clause"


def begin(
    identifier: str, library: Library, *, owner: str, reason: str, like: str = "", today: dt.date | None = None
) -> dict[str, str]:
    """Give the three files of a new clause, by name.

    Args:
        identifier: lower-case letters, digits and hyphens.
        library: where a clause to begin from is found.
        owner: whose clause it is.
        reason: why it is there.
        like: the library's clause to begin from.
        today: the day from which it holds; today when not given.

    Raises:
        TenderkitError: the id is no id, or belongs to a clause of the library that this is not made from.
    """
    _require_id(identifier, library, like)
    _require_said(owner, reason)
    folder = f"clauses/{like}" if like else _SAMPLE
    texts = {name: library.text(f"{folder}/{name}") for name in CLAUSE_FILES}
    edition = library.clause(like).edition if like == identifier else 0
    data = texts["clause.yaml"]
    if not like:
        data = data.replace("@date@", (today or dt.datetime.now().astimezone().date()).isoformat())
    if identifier != like:
        data = re.sub(r"^prefix: .*$", f"prefix: {_prefix(identifier, library)}", data, count=1, flags=re.MULTILINE)
    said = json.dumps(reason, ensure_ascii=False)
    house = [
        "",
        "# Whose clause this is; edition is the library's edition that it deviates from (0: the library has none).",
        "house:",
        f"  owner: {json.dumps(owner, ensure_ascii=False)}",
        f"  edition: {edition}",
        f"  reason: {{da: {said}, en: {said}}}",
    ]
    return {**texts, "clause.yaml": data.rstrip() + "\n" + "\n".join(house) + "\n"}


def _require_id(identifier: str, library: Library, like: str) -> None:
    if not _ID.fullmatch(identifier):
        raise TenderkitError(
            Problem(
                "wrong-clause-id",
                f'"{identifier}" cannot be a clause\'s id.',
                help="Use lower-case letters, digits and hyphens, 40 at most, such as workplace-visits.",
            )
        )
    if like:
        library.clause(like)
    if identifier in library.ids("clause") and identifier != like:
        raise TenderkitError(
            Problem(
                "clause-id-taken",
                f'The library has a clause "{identifier}".',
                help=f"Choose another id, or make your own version of it: --like {identifier}",
            )
        )


def _require_said(owner: str, reason: str) -> None:
    problems = [
        Problem("missing-key", f"The {what} of the clause is not given.", help=help_)
        for what, said, help_ in (
            ("owner", owner, "Name the authority: --owner 'Eksempel Kommune'"),
            ("reason", reason, "Say why, for those who approve a tender: --reason '...'"),
        )
        if not said.strip()
    ]
    if problems:
        raise TenderkitError(problems)


def _prefix(identifier: str, library: Library) -> str:
    """Give a free prefix for printed ids, from the id's letters."""
    taken = {library.clause(other).prefix for other in library.ids("clause")}
    return next(prefix for prefix in _candidates(identifier) if prefix not in taken)


def _candidates(identifier: str) -> Iterator[str]:
    letters = re.sub(r"[^a-z]", "", identifier).upper()
    words = "".join(word[:1] for word in identifier.upper().split("-") if word[:1].isalpha())
    yield from (words[:3],) if len(words) > 1 else ()
    yield from (first + second for first, second in itertools.combinations(letters, 2))
    yield from (f"{letters[0]}{number}" for number in itertools.count(1))
