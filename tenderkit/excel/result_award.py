"""The sheet with the award model's own steps: each stage with who was in and who was kept, then the named steps."""

from __future__ import annotations

from tenderkit.excel.draft import Draft
from tenderkit.excel.result_book import ADMITTED, ResultBook
from tenderkit.excel.result_course import award_steps
from tenderkit.excel.result_leaf import award_formula
from tenderkit.excel.result_points import Points
from tenderkit.excel.result_stage import FIRST, STEP_FORMAT, Stage, put_stage, step_heading
from tenderkit.excel.sheets import Sheet, area, quoted


def award_sheet(book: ResultBook, points: Points) -> list[Sheet]:
    """Give the sheet, and note in the book where the steps of the ranked bids stand; none for a plain formula."""
    words, definition = book.frame.words, book.spec.award.definition
    if not definition.stages and not definition.steps:
        return []
    stages = [Stage.of(book, points, name) for name in definition.stages]
    width = max([len(stage.columns) + 3 for stage in stages] + [1 + len(definition.steps)])
    draft = book.frame.draft("award", (6, 34, 14, *(19 for _ in range(width))))
    draft.remark(words("award_note_stages" if stages else "award_note"))
    for number, stage in enumerate(stages, start=1):
        draft.row += 1
        put_stage(stage, draft, number)
    if definition.steps:
        draft.row += 1
        _steps(book, draft)
    return [draft.finish(freeze=(0, 2))]


def _steps(book: ResultBook, draft: Draft) -> None:
    """Put the named steps of the bids in the ranking."""
    words, definition = book.frame.words, book.spec.award.definition
    draft.row = draft.section(words("section_steps"))
    draft.remark(words("steps_note", formula=definition.formula))
    heads = [step_heading(book, name) for name in definition.steps]
    draft.headings(draft.row, [words("number"), words("bidder"), words("ranked"), words("evaluated_price"), *heads])
    first, last = draft.row + 1, draft.row + max(1, len(book.bids))
    values = award_steps(book.course.left)
    for column, name in enumerate(definition.steps, start=FIRST + 1):
        book.step_areas[name] = draft.span((first, column), (last, column))
    for place, bid in enumerate(book.bids):
        draft.row += 1
        row, item = draft.row, book.of(bid)
        draft.number(row, 0, place + 1, "0")
        draft.formula(row, 1, book.names[bid.bidder], bid.name, "label")
        draft.text(row, 2, words.yes if item else words.no, "status")
        price = item.evaluated_price if item else words("none")
        status = book.status[bid.bidder]
        shown = f"IF({status}={ADMITTED},{book.prices[bid.bidder]},{quoted(words('none'))})"
        draft.formula(row, FIRST, shown, price, "number", "money")
        for column, (name, step) in enumerate(definition.step_trees.items(), start=FIRST + 1):
            if book.out(bid):
                draft.text(row, column, "", "number")
            else:
                formula = f'IF({status}={ADMITTED},{award_formula(book, step, bid)},"")'
                draft.formula(row, column, formula, values[name].get(bid.bidder, ""), "number", STEP_FORMAT)
                book.steps[bid.bidder, name] = draft.at(row, column)
    if book.bids:
        rows = area((first, 0), (draft.row, FIRST + len(definition.steps)), fixed=False)
        draft.highlight(rows, f"$C{first + 1}={quoted(words.no)}", "muted")
    draft.row += 1
