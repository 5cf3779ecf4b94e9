"""``new`` and ``status``: the beginning of a case, and where it stands."""

from __future__ import annotations

from pathlib import Path

from tenderkit.api.outcome import Outcome
from tenderkit.case import Case, open_case, state_of, write_all
from tenderkit.library.content import installed
from tenderkit.problems import Place, Problem, TenderkitError, nearest


def examples() -> dict[str, Path]:
    """Give the folders of the examples that travel with tenderkit, by name."""
    root = installed().root / "examples"
    return {item.name: item for item in sorted(root.iterdir()) if (item / "tender.yaml").is_file()}


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
    """Make a case folder with an example's ``tender.yaml``.

    Raises:
        TenderkitError: the folder is a case already, or there is no such example.
    """
    source = example_folder(example)
    case = Case(folder)
    if case.tender_file.exists():
        raise TenderkitError(
            Problem(
                "case-exists",
                f'The folder "{folder}" holds a tender already; it was left as it is.',
                Place(str(case.tender_file)),
                help="Choose another folder.",
            )
        )
    written = write_all(case, {"tender.yaml": (source / "tender.yaml").read_bytes()}, "new")
    return Outcome(
        files=written,
        data={"folder": str(folder)},
        next=f"Change {case.tender_file} to your purchase, then run: tenderkit check {folder}",
    )


def status(folder: Path) -> Outcome:
    """Tell where a case stands and what comes next.

    Raises:
        TenderkitError: the folder is no case, or ``events.yaml`` is wrong.
    """
    state = state_of(open_case(folder))
    edition = f", edition {state.edition}" if state.edition else ""
    return Outcome(
        data={"status": state.as_dict()},
        lines=[f"State: {state.name}{edition}", f"Done:  {', '.join(state.done)}"],
        next=state.next,
    )
