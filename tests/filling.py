"""The example's workbooks filled in from ``answers/``, as people would have typed them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from cases import EXAMPLE, cleaning

from tenderkit import excel
from tenderkit.evaluation.spec import Bid, ScoreSheet
from tenderkit.plan import Plan

ANSWERS = EXAMPLE / "answers"


def answers(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((ANSWERS / name).read_text(encoding="utf-8")))


def filled() -> dict[str, bytes]:
    """Give every filled workbook of the example by its path below ``filled/``."""
    plan = cleaning()
    files: dict[str, bytes] = {}
    bids: dict[str, list[Bid]] = {lot: [] for lot in plan.specs}
    for bidder in sorted(path.stem for path in (ANSWERS / "bids").glob("*.yaml")):
        for path, data, bid in _bidder(plan, bidder):
            files[path] = data
            if bid is not None:
                bids[bid.lot].append(bid)
    sheets: list[ScoreSheet] = []
    for member in plan.tender.committee.members:
        workbook = excel.score_sheet(plan, member, bids)
        facts = excel.facts(workbook)
        given = answers(f"scores/{member}.yaml")
        typed = {"member.declared": given["declared"], "member.date": given["date"], **_scores(given["scores"])}
        data = excel.fill(excel.write(workbook), facts, typed)
        files[f"scores/in/{workbook.file}"] = data
        values, _ = excel.read(facts, data, workbook.file)
        sheets += excel.scores_from(plan, member, bids, values, workbook.file)[0]
    workbook = excel.consensus(plan, bids, sheets)
    typed = _scores(answers("consensus.yaml")["scores"])
    files[f"consensus/{workbook.file}"] = excel.fill(excel.write(workbook), excel.facts(workbook), typed)
    return files


def _bidder(plan: Plan, bidder: str) -> Iterator[tuple[str, bytes, Bid | None]]:
    """Give a bidder's forms, and with the second form of a lot the bid; the inadmissible one gives none."""
    given = answers(f"bids/{bidder}.yaml")
    for lot in given["lots"]:
        values: dict[str, Mapping[str, Any]] = {}
        for workbook in (excel.price_list(plan, lot), excel.answer_form(plan, lot)):
            typed = {key: _of_lot(value, lot) for key, value in given[workbook.kind].items()}
            facts: Any = excel.facts(workbook)
            if change := given.get("changed", {}).get(workbook.kind):
                about = {"type": "text", "sheet": change["sheet"], "cells": [change["cell"]]}
                facts = {**facts, "fields": {**facts["fields"], "changed": about}}
                typed["changed"] = change["text"]
            data = excel.fill(excel.write(workbook), facts, typed)
            values[workbook.kind], _ = excel.read(excel.facts(workbook), data, workbook.file)
            done = workbook.kind == "answer-form" and "changed" not in given
            bid = excel.bid_from(plan, lot, bidder, values["price-list"], values[workbook.kind])[0] if done else None
            yield f"bids/{bidder}/{workbook.file}", data, replace(bid, admitted=True) if bid else None


def _of_lot(value: Any, lot: str) -> Any:
    return value[lot] if isinstance(value, dict) else value


def _scores(scores: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"{what}/{lot}/{bidder}/{criterion}": value
        for lot, bidders in scores.items()
        for bidder, criteria in bidders.items()
        for criterion, given in criteria.items()
        for what, value in given.items()
    }


def write(folder: Path) -> None:
    """Write all filled workbooks, and remove those that are no longer made."""
    files = filled()
    for old in folder.rglob("*.xlsx"):
        if old.relative_to(folder).as_posix() not in files:
            old.unlink()
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
