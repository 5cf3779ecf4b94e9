"""Bids and agreed scores to a result, by the published evaluation: exact, and without files."""

from __future__ import annotations

from tenderkit.evaluation.score import score

__all__ = ["score"]
