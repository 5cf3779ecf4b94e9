"""D1, an evaluator's score sheet: the answers beside the cells for score, strengths, weaknesses, reason and doubt.

It holds nothing of the prices, and only the sub-criteria that the evaluator is to assess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tenderkit.evaluation.spec import Bid, Criterion, ScoreSheet
from tenderkit.excel.bidform import highlight_status
from tenderkit.excel.draft import Draft
from tenderkit.excel.fields import rule_for
from tenderkit.excel.figures import figures
from tenderkit.excel.frame import Frame
from tenderkit.excel.reader import Typed, Values
from tenderkit.excel.scores import (
    MAX_NOTE,
    key_of,
    pieces,
    read_score,
    scale_sheet,
    scale_text,
    score_field,
    score_rule,
    score_status,
    scored_leaves,
    title_of,
)
from tenderkit.excel.sheets import Field, Sheet, Workbook, address, quoted
from tenderkit.plan import Plan
from tenderkit.problems import Place, Problem

FRONT_WIDTHS = (40, 60, 30)
LOT_WIDTHS = (6, 20, 66, 10, 26, 26, 40, 22, 15)
_ANSWER, _SCORE, _STRENGTHS, _WEAKNESSES, _REASON, _DOUBT, _STATUS = 2, 3, 4, 5, 6, 7, 8
_PIECE_LINES = 18
_LEAST_HEIGHT = 96.0


def score_sheet(plan: Plan, member_id: str, bids: Mapping[str, Sequence[Bid]]) -> Workbook:
    """Give the score sheet of a committee member for the admitted bids of every lot."""
    member = plan.tender.committee.members[member_id]
    frame = Frame.of(plan, "score-sheet", member_id, member.name)
    front = frame.draft("front", FRONT_WIDTHS)
    guide = frame.guide()
    lots = {lot: admitted for lot in plan.specs if (admitted := [bid for bid in bids.get(lot, ()) if bid.admitted])}
    first = next(iter(plan.specs.values()))
    sheets = [scale_sheet(frame, scored_leaves(first, member.criteria))]
    progress: list[tuple[str, list[Bid], int, str]] = []
    for lot, admitted in lots.items():
        leaves = scored_leaves(plan.specs[lot], member.criteria)
        sheet, statuses = _lot(frame, lot, admitted, leaves)
        sheets.append(sheet)
        progress.append((lot, admitted, len(leaves) * len(admitted), statuses))
    if any(leaf.clause for leaf in scored_leaves(first, member.criteria)):
        sheets += figures(frame, lots)
    return frame.workbook([_front(frame, front, progress), guide, *sheets])


def _front(frame: Frame, draft: Draft, progress: Sequence[tuple[str, list[Bid], int, str]]) -> Sheet:
    words, member = frame.words, frame.plan.tender.committee.members[frame.part]
    draft.text(draft.row, 0, words("internal"), "strong")
    draft.text(draft.row, 1, words("internal_text"), "label")
    draft.row += 2
    draft.row = draft.section(words("section_evaluator"))
    for label, text in (("evaluator", member.name), ("role", member.role)):
        draft.text(draft.row, 0, words(label))
        draft.text(draft.row, 1, text)
        draft.row += 1
    draft.row += 1
    draft.row = draft.section(words("section_declaration"))
    draft.text(draft.row, 0, words("section_declaration"))
    draft.text(draft.row, 1, words("declaration_text"))
    draft.row += 1
    declared = Field("member.declared", "yes-no", words("declared"))
    date = Field("member.date", "date", words("declared_date"))
    for field in (declared, date):
        draft.text(draft.row, 0, field.label)
        draft.input(draft.row, 1, field, rule_for(words, field))
        draft.row += 1
    draft.row += 1
    draft.row = draft.section(words("section_progress"))
    draft.headings(draft.row, [words(name) for name in ("progress_lot", "progress_bidders", "progress_done")])
    for lot, bids, count, statuses in progress:
        draft.row += 1
        draft.text(draft.row, 0, frame.plan.specs[lot].lot_title)
        draft.text(draft.row, 1, "\n".join(bid.name for bid in bids))
        tail = f" {words('progress_of')} {count}"
        done = f"COUNTIF({statuses},{quoted(words('status_ok'))})"
        draft.formula(draft.row, 2, f"{done}&{quoted(tail)}", f"0{tail}", "status")
    return draft.finish(landscape=False)


def _lot(frame: Frame, lot: str, bids: Sequence[Bid], leaves: Sequence[Criterion]) -> tuple[Sheet, str]:
    """Give a lot's sheet, and from other sheets the column with the live checks."""
    draft = frame.draft("lot", LOT_WIDTHS, title=frame.plan.specs[lot].lot_title)
    first = draft.row
    for leaf in leaves:
        _about(frame, draft, leaf)
        for bid in bids:
            _bid(frame, draft, lot, bid, leaf)
        draft.row += 1
    return draft.finish(freeze=(0, 2)), draft.span((first, _STATUS), (draft.row, _STATUS))


def _about(frame: Frame, draft: Draft, leaf: Criterion) -> None:
    """Put a sub-criterion's title, what is considered, the scale, and the column headings."""
    words = frame.words
    for column in range(len(LOT_WIDTHS)):
        draft.text(draft.row, column, {0: leaf.number, _ANSWER: leaf.title}.get(column, ""), "head")
    draft.row += 1
    draft.text(draft.row, 1, words("looks_for"), "small")
    draft.text(draft.row, _ANSWER, leaf.looks_for, "small")
    draft.row += 1
    if leaf.scale is not None:
        draft.text(draft.row, 1, words("scale"), "small")
        draft.text(draft.row, _ANSWER, scale_text(leaf.scale, words.language), "small")
        draft.row += 1
    names = ("number", "bidder", "answer", "score", "strengths", "weaknesses", "reason", "doubt", "status")
    for column, name in enumerate(names):
        draft.text(draft.row, column, words(name), "strong")
    draft.row += 1


def _bid(frame: Frame, draft: Draft, lot: str, bid: Bid, leaf: Criterion) -> None:
    """Put a bid's answer beside the cells to fill in; a long answer goes on in the rows below."""
    words, row = frame.words, draft.row
    answer = pieces(bid.texts.get(leaf.id, ""), LOT_WIDTHS[_ANSWER], _PIECE_LINES) or [words("no_answer")]
    draft.text(row, 0, leaf.number)
    draft.text(row, 1, bid.name, "strong")
    for number, piece in enumerate(answer):
        draft.text(row + number, _ANSWER, piece)
    named = {"criterion": title_of(leaf), "bidder": bid.name}
    assert leaf.scale is not None  # noqa: S101 - only criteria on a scale are scored
    score = score_field(key_of("score", lot, bid.bidder, leaf.id), words("score_of", **named), leaf.scale)
    draft.input(row, _SCORE, score, score_rule(words, leaf.scale), style="input-centre", fmt="0.##")
    for column, what in (
        (_STRENGTHS, "strengths"),
        (_WEAKNESSES, "weaknesses"),
        (_REASON, "reason"),
        (_DOUBT, "doubt"),
    ):
        label = words("note_of", what=words(what), **named)
        field = Field(
            key_of(what, lot, bid.bidder, leaf.id), "text", label, required=what == "reason", max_chars=MAX_NOTE
        )
        draft.input(row, column, field, rule_for(words, field))
    formula, now = score_status(words, leaf.scale, address(row, _SCORE), address(row, _REASON))
    draft.formula(row, _STATUS, formula, now, "status")
    highlight_status(words, draft, address(row, _STATUS))
    draft.height(row, _LEAST_HEIGHT)
    draft.row = row + len(answer)


def scores_from(
    plan: Plan, member_id: str, bids: Mapping[str, Sequence[Bid]], values: Mapping[str, Typed], name: str
) -> tuple[list[ScoreSheet], list[Problem]]:
    """Give an evaluator's scores by lot, and what is wrong with them beyond what reading reported."""
    member = plan.tender.committee.members[member_id]
    problems: list[Problem] = []
    if values.get("member.declared") is False:
        place = values.place("member.declared") if isinstance(values, Values) else Place(name)
        problems.append(
            Problem(
                "evaluator-not-impartial",
                f"{member.name} does not declare impartiality.",
                place,
                help="Let another member score, record why, and run: tenderkit scoresheets",
            )
        )
    sheets = []
    for lot, spec in plan.specs.items():
        scores = {}
        for bid in bids.get(lot, ()):
            for leaf in scored_leaves(spec, member.criteria) if bid.admitted else ():
                scores[bid.bidder, leaf.id], wrong = read_score(values, lot, bid.bidder, leaf, name)
                problems += wrong
        if scores:
            sheets.append(ScoreSheet(member_id, lot, scores))
    return sheets, problems
