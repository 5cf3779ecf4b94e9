"""D2, the consensus workbook: individual scores side by side, the largest spread first, agreed scores to be filled in.

No average is shown: the agreed score is the committee's own assessment, and a number in the middle would steer it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tenderkit.evaluation.spec import Bid, Criterion, Score, ScoreSheet
from tenderkit.excel.bidform import highlight_status
from tenderkit.excel.draft import Draft
from tenderkit.excel.fields import rule_for
from tenderkit.excel.frame import Frame
from tenderkit.excel.reader import Typed
from tenderkit.excel.scores import (
    MAX_NOTE,
    key_of,
    pieces,
    read_score,
    scale_sheet,
    score_field,
    score_rule,
    score_status,
    scored_leaves,
    title_of,
)
from tenderkit.excel.sheets import Field, Sheet, Workbook, address, area, quoted
from tenderkit.plan import Plan
from tenderkit.problems import Problem

EVALUATOR = "consensus"
FRONT_WIDTHS = (40, 60, 20)
LIMIT_ROW = 6  # of the front page; the lots' sheets refer to it
_PIECE_LINES = 20
_NOTES = 70
_LEAST_HEIGHT = 80.0


@dataclass(frozen=True)
class _Line:
    """One bid's sub-criterion with the individual scores, by member; a member who did not assess it is left out."""

    bid: Bid
    leaf: Criterion
    scores: Mapping[str, Score]

    @property
    def spread(self) -> Decimal:
        """Give the difference between the highest and the lowest score; 0 with fewer than two."""
        values = [score.value for score in self.scores.values() if score.value is not None]
        return max(values) - min(values) if values else Decimal(0)


def consensus(plan: Plan, bids: Mapping[str, Sequence[Bid]], sheets: Sequence[ScoreSheet]) -> Workbook:
    """Give the consensus workbook of all lots, from the admitted bids and the individual scores."""
    frame = Frame.of(plan, "consensus", "", "")
    frame.part_title = frame.words("all_lots")
    front = frame.draft("front", FRONT_WIDTHS)
    guide = frame.guide()
    first = next(iter(plan.specs.values()))
    made = [scale_sheet(frame, scored_leaves(first))]
    progress: list[tuple[str, str, str, int, int]] = []
    limit = front.at(LIMIT_ROW, 1)
    for lot, spec in plan.specs.items():
        lines = _lines(spec.lot, scored_leaves(spec), bids.get(lot, ()), sheets)
        if lines:
            sheet, marks, statuses = _lot(frame, lot, lines, limit)
            made.append(sheet)
            marked = sum(line.spread >= plan.tender.committee.spread_alarm for line in lines)
            progress.append((spec.lot_title, marks, statuses, marked, len(lines)))
    return frame.workbook([_front(frame, front, progress), guide, *made])


def _lines(lot: str, leaves: Sequence[Criterion], bids: Sequence[Bid], sheets: Sequence[ScoreSheet]) -> list[_Line]:
    """Give a lot's lines, the largest spread first, then in the order of the criteria and of the bids."""
    lines = [
        _Line(
            bid,
            leaf,
            {
                sheet.evaluator: sheet.scores[bid.bidder, leaf.id]
                for sheet in sheets
                if sheet.lot == lot and (bid.bidder, leaf.id) in sheet.scores
            },
        )
        for leaf in leaves
        for bid in bids
        if bid.admitted
    ]
    return sorted(lines, key=lambda line: -line.spread)


def _front(frame: Frame, draft: Draft, progress: Sequence[tuple[str, str, str, int, int]]) -> Sheet:
    words, committee = frame.words, frame.plan.tender.committee
    draft.text(draft.row, 0, words("internal"), "strong")
    draft.text(draft.row, 1, words("internal_text"), "label")
    draft.row = LIMIT_ROW
    draft.text(draft.row, 0, words("limit"))
    draft.number(draft.row, 1, committee.spread_alarm)
    draft.row += 1
    draft.remark(words("limit_note"))
    draft.row += 1
    draft.row = draft.section(words("section_progress"))
    names = ("progress_lot", "progress_done", "progress_marked")
    draft.headings(draft.row, [words(name) for name in names])
    for title, marks, statuses, marked, count in progress:
        draft.row += 1
        draft.text(draft.row, 0, title)
        done = f"COUNTIF({statuses},{quoted(words('status_ok'))})"
        tail = f" {words('progress_of')} {count}"
        draft.formula(draft.row, 1, f"{done}&{quoted(tail)}", f"0{tail}", "status")
        draft.formula(draft.row, 2, f"COUNTIF({marks},{quoted(words('discuss'))})", marked, "number", "0")
    draft.row += 2
    draft.row = draft.section(words("section_members"))
    draft.headings(draft.row, [words(name) for name in ("member", "role")])
    for member in committee.members.values():
        draft.row += 1
        draft.text(draft.row, 0, member.name)
        draft.text(draft.row, 1, member.role)
    return draft.finish(landscape=False)


def _lot(frame: Frame, lot: str, lines: Sequence[_Line], limit: str) -> tuple[Sheet, str, str]:
    """Give a lot's sheet, and from other sheets the areas with the marks and with the checks."""
    words, members = frame.words, frame.plan.tender.committee.members
    count = len(members)
    widths = (7, 26, 24, *(13 for _ in members), 11, 13, _NOTES, 12, 56, 18)
    draft = frame.draft("lot", widths, title=frame.plan.specs[lot].lot_title)
    names = ("number", "criterion", "bidder")
    tail = ("spread", "mark", "notes", "agreed_score", "agreed_reason", "status")
    heads = [words(name) for name in names] + [member.name for member in members.values()] + [words(n) for n in tail]
    draft.headings(draft.row, heads)
    head = draft.row
    draft.row += 1
    for line in lines:
        _line(frame, draft, lot, line, limit)
    last = draft.row - 1
    marks = draft.span((head + 1, 3 + count + 1), (last, 3 + count + 1))
    statuses = draft.span((head + 1, 3 + count + 5), (last, 3 + count + 5))
    return draft.finish(freeze=(head + 1, 3), repeat=(head, head)), marks, statuses


def _line(frame: Frame, draft: Draft, lot: str, line: _Line, limit: str) -> None:
    """Put a line: the individual scores, their spread, the notes, and the cells for what is agreed."""
    words, members, row = frame.words, frame.plan.tender.committee.members, draft.row
    draft.text(row, 0, line.leaf.number)
    draft.text(row, 1, line.leaf.title)
    draft.text(row, 2, line.bid.name, "strong")
    column = 2
    for member in members:
        column += 1
        score = line.scores.get(member)
        if score is None or score.value is None:
            draft.text(row, column, words("not_scored"), "number")
        else:
            draft.number(row, column, score.value)
    scores = area((row, 3), (row, column), fixed=False)
    spread, mark, notes, agreed, reason, status = range(column + 1, column + 7)
    given = any(score.value is not None for score in line.scores.values())
    formula = f'IF(COUNT({scores})=0,"",MAX({scores})-MIN({scores}))'
    draft.formula(row, spread, formula, line.spread if given else "", "number", "0.##")
    discuss = words("discuss")
    alarm = given and line.spread >= frame.plan.tender.committee.spread_alarm
    at = address(row, spread)
    draft.formula(
        row, mark, f'IF(ISNUMBER({at}),IF({at}>={limit},{quoted(discuss)},""),"")', discuss if alarm else "", "status"
    )
    draft.highlight(address(row, mark), f"{address(row, mark)}={quoted(discuss)}", "attention")
    texts = pieces(_notes(frame, line), _NOTES, _PIECE_LINES) or [""]
    for number, piece in enumerate(texts):
        draft.text(row + number, notes, piece, "small")
    _agreed(frame, draft, lot, line, (agreed, reason, status))
    draft.height(row, _LEAST_HEIGHT)
    draft.row = row + len(texts)


def _agreed(frame: Frame, draft: Draft, lot: str, line: _Line, columns: tuple[int, int, int]) -> None:
    words, row = frame.words, draft.row
    agreed, reason, status = columns
    scale = line.leaf.scale
    assert scale is not None  # noqa: S101 - only criteria on a scale are scored
    named = {"criterion": title_of(line.leaf), "bidder": line.bid.name}
    score = score_field(key_of("score", lot, line.bid.bidder, line.leaf.id), words("score_of", **named), scale)
    draft.input(row, agreed, score, score_rule(words, scale), style="input-centre", fmt="0.##")
    label = words("note_of", what=words("agreed_reason"), **named)
    text = Field(key_of("reason", lot, line.bid.bidder, line.leaf.id), "text", label, max_chars=MAX_NOTE)
    draft.input(row, reason, text, rule_for(words, text))
    formula, now = score_status(words, scale, address(row, agreed), address(row, reason))
    draft.formula(row, status, formula, now, "status")
    highlight_status(words, draft, address(row, status))


def _notes(frame: Frame, line: _Line) -> str:
    """Give what the evaluators wrote, one after the other."""
    words, members = frame.words, frame.plan.tender.committee.members
    parts = []
    for key, score in line.scores.items():
        shown = words("not_scored") if score.value is None else f"{score.value.normalize():f}"
        said = {
            "reason": score.reason,
            "strengths": score.strengths,
            "weaknesses": score.weaknesses,
            "doubt": score.doubt,
        }
        texts = [words(f"note_{what}", text=text) for what, text in said.items() if text]
        parts.append("\n".join([words("note", name=members[key].name, score=shown), *texts]))
    return "\n".join(parts)


def consensus_from(
    plan: Plan, bids: Mapping[str, Sequence[Bid]], values: Mapping[str, Typed], name: str
) -> tuple[list[ScoreSheet], list[Problem]]:
    """Give the agreed scores by lot, and what is wrong with them beyond what reading reported."""
    problems: list[Problem] = []
    sheets = []
    for lot, spec in plan.specs.items():
        scores = {}
        for bid in bids.get(lot, ()):
            for leaf in scored_leaves(spec) if bid.admitted else ():
                scores[bid.bidder, leaf.id], wrong = read_score(values, lot, bid.bidder, leaf, name)
                problems += wrong
        if scores:
            sheets.append(ScoreSheet(EVALUATOR, lot, scores))
    return sheets, problems
