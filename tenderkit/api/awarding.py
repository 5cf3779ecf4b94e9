"""``report`` and ``contract``: the evaluation report, the letters, the contracts and the registers of duties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from tenderkit.api.documents import of_stage, own_base
from tenderkit.api.outcome import Outcome
from tenderkit.api.scoring import Material, material_of
from tenderkit.assembly import tree
from tenderkit.assembly.context import Context
from tenderkit.assembly.document import applies, assemble, require_complete
from tenderkit.case import write_all
from tenderkit.evaluation.spec import Bid, Result
from tenderkit.plan import Plan
from tenderkit.problems import Place, Problem, TenderkitError
from tenderkit.quantities import format_date, format_number, standstill_end

Role = Literal["winner", "loser", "inadmissible"]


def report(folder: Path, *, base: Path | None = None, sensitivity: bool = False) -> Outcome:
    """Write the evaluation report and the letters, with ``base`` on the authority's own Word file.

    ``sensitivity`` adds to the report the smallest changes of one score and of one price that change the winner.

    They are drafts with yellow gaps until ``events.yaml`` says when the documentation came in and when the award was
    decided.

    Raises:
        TenderkitError: the bids are not scored, or lots must be drawn first.
    """
    from tenderkit import word  # noqa: PLC0415 - imported when something is written

    material = material_of(folder)
    _require_winners(material)
    documents = list(_documents(material, thorough=sensitivity))
    if not any(document.draft for _, document in documents):
        require_complete(document for _, document in documents)
    rendered = word.render_all([document for _, document in documents], own_base(base))
    files = {path: data for (path, _), data in zip(documents, rendered, strict=True)}
    written = write_all(material.case, files, "report")
    notified = _notified(material)
    return Outcome(
        files=written,
        data={"notification": notified.isoformat(), "standstill_end": standstill_end(notified).isoformat()},
        lines=[
            (
                f"With notification on {format_date(notified, 'en')} the standstill ends on "
                f"{format_date(standstill_end(notified), 'en')}."
            )
        ],
        next="Read every letter, send all in the same minute, record the date as notified in events.yaml, "
        "then run: tenderkit contract",
    )


def contract(folder: Path, *, base: Path | None = None) -> Outcome:
    """Write each lot's contract with the winner's numbers as duties, the register of duties, and the forms beside it.

    ``base`` is the authority's own Word file, whose styles, header and logo are used.

    Raises:
        TenderkitError: the bidders have not been notified, a complaint is undecided, or a value is missing.
    """
    from tenderkit import excel, word  # noqa: PLC0415 - imported when something is written

    material = material_of(folder)
    _require_winners(material)
    _require_free_to_sign(material)
    plan = material.lock.plan
    files: dict[str, bytes] = {}
    documents: dict[str, tree.Document] = {}
    for lot, result in material.results.items():
        if result.winner is None:
            continue
        context = _context(material, lot, winner=result.winner.bid)
        documents |= _signed(plan, context)
        register = excel.duty_register(plan, result)
        files[f"contracts/{lot}/{register.file}"] = excel.write(register)
    require_complete(documents.values())
    files.update(zip(documents, word.render_all(list(documents.values()), own_base(base)), strict=True))
    written = write_all(material.case, files, "contract")
    ends = standstill_end(_notified(material))
    return Outcome(
        files=written,
        problems=[
            Problem(
                "standstill",
                f"The contracts may not be signed before the standstill has ended on {format_date(ends, 'en')}.",
                level="note",
                help="Look for complaints before you sign.",
            )
        ],
        next="Sign after the standstill, record the dates in events.yaml under signed, and hand the register of duties "
        "to the contract manager.",
    )


def _signed(plan: Plan, context: Context) -> dict[str, tree.Document]:
    """Give a lot's contract and the documents for following it up; those that are not about a lot lie above them."""
    documents = {}
    for stage in ("contract", "follow-up"):
        for identifier, definition in of_stage(plan, stage):
            if applies(definition, context):
                document = assemble(identifier, context)
                folder = f"contracts/{context.lot}" if definition.per == "lot" else "contracts"
                documents[f"{folder}/{document.file}.docx"] = document
    return documents


def _require_winners(material: Material) -> None:
    """Refuse to go on while lots must be drawn; a lot that only waits for another's drawing is not told."""
    if material.lock.plan.tender.award.drawing is None:
        advice = "Draw lots before witnesses, and record the order: drawn: {{{lot}: [first, second]}}"
    else:
        advice = (
            "Draw lots by the published number, and record it with the list of the tied bidders: "
            'drawing: {{{lot}: {{listed: [first, second], number: "..."}}}}'
        )
    problems = [
        Problem(
            "lots-not-drawn",
            f'The bids for "{result.spec.lot_title}" tie by every published rule.',
            Place("events.yaml"),
            help=advice.format(lot=lot),
        )
        for lot, result in material.results.items()
        if result.undecided and (result.limited is None or lot in result.limited.drawing)
    ]
    if problems:
        raise TenderkitError(problems)


def _require_free_to_sign(material: Material) -> None:
    events = material.case.events()
    if events.notified is None:
        raise TenderkitError(
            Problem(
                "not-notified",
                "The bidders have not been notified of the award.",
                Place("events.yaml"),
                help="Send the letters, and record the date: notified: 2027-03-01",
            )
        )
    if events.complaint is not None and events.complaint_decided is None:
        raise TenderkitError(
            Problem(
                "complaint-undecided",
                f"A complaint was lodged on {events.complaint}; the contract must wait.",
                Place("events.yaml"),
                help="When the Complaints Board has decided on suspension, record the date: complaint_decided: ...",
            )
        )


def _notified(material: Material) -> dt.date:
    """Give the day of the notification: as it happened, or as planned."""
    return material.case.events().notified or material.lock.plan.tender.procedure.notification


def _documents(material: Material, *, thorough: bool) -> Iterator[tuple[str, tree.Document]]:
    """Give the report and the letters with their paths."""
    for identifier, definition in of_stage(material.lock.plan, "result"):
        if definition.per == "tender":
            document = assemble(identifier, replace(_context(material), thorough=thorough))
            yield f"result/{document.file}.docx", document
            continue
        for lot, result in material.results.items():
            for bid, role in _bids(result):
                if definition.only in {"all", role}:
                    document = assemble(identifier, _context(material, lot, recipient=bid))
                    yield f"letters/{document.file}.docx", document


def _bids(result: Result) -> Iterator[tuple[Bid, Role]]:
    for item in result.ranking:
        yield item.bid, "winner" if result.winner and item.bid == result.winner.bid else "loser"
    for bid in _fallen_out(result):
        yield bid, "loser"
    for bid in result.rejected:
        yield bid, "inadmissible"


def _fallen_out(result: Result) -> list[Bid]:
    """Give the admissible bids that fell out before the ranking, each once."""
    return list({item.bid.bidder: item.bid for item in result.eliminated}.values())


def _context(material: Material, lot: str = "", *, recipient: Bid | None = None, winner: Bid | None = None) -> Context:
    plan = material.lock.plan
    events = material.case.events()
    language = plan.tender.tender.language
    return Context(
        plan=plan,
        language=language,
        draft=winner is None and (events.documented is None or events.decided is None),
        lot=lot,
        created=(events.decided or plan.tender.procedure.notification).isoformat(),
        bids=_by_lot(material),
        results=material.results,
        consensus=material.consensus,
        evaluators=material.sheets,
        recipient=recipient,
        winner=winner,
        events=events.model_dump(),
        facts=_facts(material, lot, recipient),
    )


def _by_lot(material: Material) -> dict[str, list[Bid]]:
    return {lot: [item.bid for item in material.received if item.bid.lot == lot] for lot in material.lock.plan.specs}


def _facts(material: Material, lot: str, recipient: Bid | None) -> Mapping[str, Any]:
    """Give the names that letters and the report may use beside the common ones."""
    events = material.case.events()
    notified = _notified(material)
    facts: dict[str, Any] = {
        "notified": notified,
        "standstill_end": standstill_end(notified),
        "documented": events.documented,
        "decided": events.decided,
        "opened": events.opened,
    }
    result = material.results.get(lot)
    if result is None:
        return facts
    language = material.lock.plan.tender.tender.language
    places = result.spec.total_places
    own = next((item for item in result.ranking if recipient and item.bid.bidder == recipient.bidder), None)
    evaluated = len(result.ranking) + len(_fallen_out(result))
    facts["result"] = {
        "margin": "" if result.margin is None else format_number(result.margin, language, places),
        "bid_count": evaluated + len(result.rejected),
        "admitted_count": evaluated,
    }
    facts["grounds"] = list(recipient.grounds) if recipient else []
    facts["recipient"] = {
        "name": recipient.name if recipient else "",
        "total": format_number(own.total, language, places) if own else "",
        "rank": own.rank if own else "",
    }
    facts["winner"] = {
        "name": result.winner.bid.name if result.winner else "",
        "total": format_number(result.winner.total, language, places) if result.winner else "",
        "rank": result.winner.rank if result.winner else "",
    }
    facts["limit"] = _limit(material, result, recipient)
    return facts


def _limit(material: Material, result: Result, recipient: Bid | None) -> Mapping[str, Any]:
    """Give whether a better-ranked bid was passed over, and the lots that the recipient wins where it was its own."""
    passed = result.limited.passed if result.limited else {}
    own = passed.get(recipient.bidder, ()) if recipient else ()
    return {"passed": bool(passed), "own": [material.results[lot].spec.lot_title for lot in own]}
