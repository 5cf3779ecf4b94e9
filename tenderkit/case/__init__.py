"""The case folder: where files lie, what has happened, what was published, and how files are written safely."""

from __future__ import annotations

from tenderkit.case.events import BidDecision, Events
from tenderkit.case.files import Written, write_all, write_new
from tenderkit.case.folder import Case, open_case
from tenderkit.case.lock import Lock
from tenderkit.case.state import STATES, State, state_of

__all__ = [
    "STATES",
    "BidDecision",
    "Case",
    "Events",
    "Lock",
    "State",
    "Written",
    "open_case",
    "state_of",
    "write_all",
    "write_new",
]
