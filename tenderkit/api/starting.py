"""``new`` and ``status``: the beginning of a case, and where it stands."""

from __future__ import annotations

from pathlib import Path

from tenderkit.api.outcome import Outcome
from tenderkit.case import Case, open_case, state_of, write_all
from tenderkit.case.folder import AGREEMENT, TENDER
from tenderkit.case.state import COMBINATION, agreement_state
from tenderkit.library.content import installed
from tenderkit.problems import Place, Problem, TenderkitError, nearest

_MATTER = {TENDER: "purchase", AGREEMENT: "agreement"}


def examples() -> dict[str, Path]:
    """Give the folders of the examples that travel with tenderkit, by name: tenders, and agreements outside one."""
    root = installed().root / "examples"
    return {item.name: item for item in sorted(root.iterdir()) if _written(item)}


def _written(folder: Path) -> Path | None:
    """Give what the officer wrote in a folder."""
    return next((folder / name for name in (TENDER, AGREEMENT) if (folder / name).is_file()), None)


def example_folder(name: str) -> Path:
    """Give an example's folder.

    Raises:
        TenderkitError: there is no such example.
    """
    known = examples()
    if name not in known:
        raise TenderkitError(Problem("unknown-example", f'There is no example "{name}".', help=nearest(name, known)))
    return known[name]


def new(folder: Path, *, example: str = "cleaning") -> Outcome:
    """Make a case folder with an example's ``tender.yaml``, or its ``agreement.yaml``.

    Raises:
        TenderkitError: the folder is a case already, or there is no such example.
    """
    source = _written(example_folder(example))
    assert source is not None  # noqa: S101 - examples have one of the two
    case = Case(folder)
    if present := _written(folder):
        raise TenderkitError(
            Problem(
                "case-exists",
                f'The folder "{folder}" holds a case already; it was left as it is.',
                Place(str(present)),
                help="Choose another folder.",
            )
        )
    written = write_all(case, {source.name: source.read_bytes()}, "new")
    return Outcome(
        files=written,
        data={"folder": str(folder)},
        next=f"Change {folder / source.name} to your {_MATTER[source.name]}, then run: tenderkit check {folder}",
    )


def status(folder: Path) -> Outcome:
    """Tell where a case stands and what comes next.

    Raises:
        TenderkitError: the folder is no case, or ``events.yaml`` is wrong.
    """
    case = open_case(folder, agreement=True)
    state = agreement_state(case) if case.is_agreement else state_of(case)
    edition = f", edition {state.edition}" if state.edition else ""
    together = [str(line) for line in case.internal(COMBINATION).get("lines", [])]
    return Outcome(
        data={"status": {**state.as_dict(), **({"lots": together} if together else {})}},
        lines=[f"State: {state.name}{edition}", f"Done:  {', '.join(state.done)}", *together],
        next=state.next,
    )
