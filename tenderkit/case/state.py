"""Where a case stands: derived from its files and events, never stored."""

from __future__ import annotations

from dataclasses import dataclass

from tenderkit.case.folder import Case

STATES = (
    "draft",
    "published",
    "opened",
    "checked",
    "scoring",
    "consensus",
    "locked",
    "priced",
    "clarified",
    "recommended",
    "documented",
    "decided",
    "notified",
    "standstill-over",
    "signed",
)

#: Holds, in words, how all lots were decided together; ``score`` writes it where a bidder can win only so many lots.
COMBINATION = "combination.json"


@dataclass(frozen=True)
class State:
    """A case's state and the next step.

    ``name`` is one of :data:`STATES`; ``done`` lists what is there, ``next`` is the command or act that comes next.
    """

    name: str
    edition: int
    done: tuple[str, ...]
    next: str

    def as_dict(self) -> dict[str, object]:
        """Give the state as plain data for ``--format json``."""
        return {"state": self.name, "edition": self.edition, "done": list(self.done), "next": self.next}


def state_of(case: Case) -> State:
    """Give the state of a case.

    Raises:
        TenderkitError: ``events.yaml`` is wrong.
    """
    editions = case.editions()
    done = tuple(name for name, there in _signs(case, bool(editions)) if there)
    name = done[-1] if done else "draft"
    return State(name, editions[-1] if editions else 0, done, _NEXT[name])


def agreement_state(case: Case) -> State:
    """Give the state of an agreement outside a tender: a draft until an edition is final."""
    editions = case.editions()
    if not editions:
        return State(
            "draft", 0, ("draft",), "run: tenderkit check, then: tenderkit build, then: tenderkit build --final"
        )
    return State("published", editions[-1], ("draft", "published"), f"Sign the agreement in published/{editions[-1]}.")


def _signs(case: Case, published: bool) -> list[tuple[str, bool]]:
    """Tell for each state whether its sign is there, in order."""
    events = case.events()
    root = case.root
    return [
        ("draft", True),
        ("published", published),
        ("opened", published and any((root / "bids").glob("*/*.xlsx"))),
        ("checked", bool(events.bids)),
        ("scoring", any((root / "scores" / "out").glob("*.xlsx"))),
        ("consensus", any((root / "consensus").glob("*.xlsx"))),
        ("priced", any((root / "result").glob("*/*.xlsx"))),
        ("recommended", any((root / "letters").glob("*.docx"))),
        ("documented", events.documented is not None),
        ("decided", events.decided is not None),
        ("notified", events.notified is not None),
        ("signed", bool(events.signed)),
    ]


_NEXT = {
    "draft": "run: tenderkit check, then: tenderkit build, and to publish: tenderkit build --final",
    "published": "Send out published/N. Put each bidder's returned forms in bids/BIDDER, then run: tenderkit bids",
    "opened": "run: tenderkit bids, and record in events.yaml which bids are admitted",
    "checked": "run: tenderkit scoresheets, and send each evaluator a workbook from scores/out",
    "scoring": "Put the filled workbooks in scores/in, then run: tenderkit score",
    "consensus": "Fill in the consensus workbook in the meeting, then run: tenderkit score",
    "priced": "Look at result/LOT, make any enquiry about low bids (§ 169), then run: tenderkit report",
    "recommended": "Obtain the winner's documentation (§ 151) and record its date in events.yaml as documented",
    "documented": "Have the award decided, and record the date in events.yaml as decided",
    "decided": "Send all letters in the same minute, and record the date in events.yaml as notified",
    "notified": "Wait until the standstill has ended, then run: tenderkit contract",
    "signed": "Hand the contract and the register of duties to the contract manager",
}
