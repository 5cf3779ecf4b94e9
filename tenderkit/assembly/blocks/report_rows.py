"""``::: report-rows``: what a contract report counts, clause by clause, with empty cells for the supplier.

In each clause, first come the numbers that the clause's own text wants stated in the report, then its duties about a
number, its other duties whose breach leads to more than talk, and the requirements that evidence shows and no duty
repeats.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import EMPTY, Col, cell, paragraph, table
from tenderkit.assembly.clauses import sections
from tenderkit.assembly.duties import AUTHORITYS, due_words, duty_number
from tenderkit.assembly.setting import Contractual
from tenderkit.plan import ChosenClause

NEEDS = "clauses"
#: The clause that the report itself belongs to: its points are about the report, not about what stands in it.
REPORTING = "reporting-and-data-protection"
_SECTION = "documentation"
_ONLY_TALK = frozenset({"", "SP0"})
_COLUMNS = (Col("id", 3), Col("counted", 14), Col("agreed", 11), Col("period", 5), Col("total", 5), Col("proof", 4))
Row = tuple[tree.Inlines, ...]


def render(context: Contractual, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give one table; the rows of each clause stand below a row with its title."""
    rows: list[Row] = []
    titles: list[int] = []
    for chosen in context.plan.clauses:
        stated = _stated(chosen, context)
        found = [row for point in stated.values() for row in point]
        found += [*_duties(chosen, frozenset(stated), context), *_requirements(chosen, context)]
        if found:
            titles.append(len(rows))
            title = cell(context.worded(chosen.clause.title[context.language]))
            rows += [(cell(chosen.clause.prefix), title, EMPTY, EMPTY, EMPTY, EMPTY), *found]
    if not rows:
        return [paragraph(context, "report-rows.none")]
    return [table(context, "report-rows", _COLUMNS, rows, titles)]


def _row(identifier: str, counted: str, agreed: str, proof: Sequence[str]) -> Row:
    return cell(identifier), cell(counted), cell(agreed), EMPTY, EMPTY, cell(", ".join(proof))


def _stated(chosen: ChosenClause, context: Contractual) -> dict[str, list[Row]]:
    """Give the rows of the points that say what the report states, by point; each item of a list is a row."""
    if chosen.id == REPORTING:
        return {}
    duties = {duty.point: duty for duty in chosen.clause.duties.values()}
    blocks = sections(chosen, context).get(_SECTION, [])
    found: dict[str, list[Row]] = {}
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        if not isinstance(block, tree.Paragraph):
            continue
        point, said = block.name.partition(".")[2], _said(block.content, context)
        if point in duties and context.label("report-rows.term") in said:
            items = [_said(item.content, context) for item in after.items] if isinstance(after, tree.ItemList) else []
            identifier, proof = block.public_id or chosen.clause.prefix, duties[point].proof
            found[point] = [_row(identifier, item[:1].upper() + item[1:], "", proof) for item in items or [said]]
    return found


def _said(content: tree.Inlines, context: Contractual) -> str:
    """Give runs as text: a point of the contract that they refer to is called by its public id, or by its duty."""
    return "".join(_called(run.target, context) if isinstance(run, tree.Ref) else run.text for run in content)


def _called(target: str, context: Contractual) -> str:
    clause, _, point = target.partition(".")
    for required in context.plan.requirements:
        if (required.clause, required.requirement.point) == (clause, point):
            return required.public_id
    for row in context.plan.duties:
        if (row.clause, row.duty.point) == (clause, point):
            return context.label("report-rows.point", title=context.worded(row.duty.title[context.language]))
    chosen = context.plan.clause(clause)
    return chosen.clause.prefix if chosen else ""


def _duties(chosen: ChosenClause, stated: frozenset[str], context: Contractual) -> Iterator[Row]:
    """Give the duties about a number, whoever's they are, and then the supplier's other duties."""
    own = [row for row in context.plan.duties if row.clause == chosen.id and row.duty.point not in stated]
    numbers = {row.name: duty_number(row.duty, chosen, context) for row in own}
    for row in own:
        if numbers[row.name]:
            title, others = context.worded(row.duty.title[context.language]), row.duty.who in AUTHORITYS
            party = context.party(row.duty.who)
            counted = context.label("report-rows.of_party", duty=title, party=party) if others else title
            yield _row(row.public_id, counted, numbers[row.name], row.duty.proof)
    for row in own:
        duty = row.duty
        if not numbers[row.name] and duty.who not in AUTHORITYS and duty.sanction not in _ONLY_TALK:
            due = due_words(duty.due, chosen, context)
            yield _row(
                row.public_id, context.worded(duty.title[context.language]), due[:1].upper() + due[1:], duty.proof
            )


def _requirements(chosen: ChosenClause, context: Contractual) -> Iterator[Row]:
    points = {duty.point for duty in chosen.clause.duties.values()}
    for row in context.plan.requirements:
        wanted = row.requirement
        if row.clause == chosen.id and wanted.kind == "minimum" and wanted.proof and wanted.point not in points:
            title = context.worded(wanted.title[context.language])
            yield _row(
                row.public_id, title, context.label("report-rows.always"), wanted.proof.replace(",", " ").split()
            )
