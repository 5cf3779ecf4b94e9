"""The sheet with criteria, weights, published numbers and formulas."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tenderkit.evaluation.spec import Criterion, Model
from tenderkit.evaluation.traits import gives_value
from tenderkit.excel.draft import Draft
from tenderkit.excel.result_book import ResultBook, heading
from tenderkit.excel.sheets import Sheet, address, quoted
from tenderkit.excel.styles import fitting_format
from tenderkit.formula.tree import Table

WIDTHS = (10, 52, 18, 18, 46, 15, 15)
_WEIGHT, _SHARE, _METHOD, _FLOOR, _CAP, _MORE = 2, 3, 4, 5, 6, 7


def criteria_sheet(book: ResultBook) -> Sheet:
    """Give the sheet, and note in the book where each number stands."""
    words = book.frame.words
    more = _more(book)
    draft = book.frame.draft("criteria", (*WIDTHS, *(24 for _ in more)))
    names = ["number", "criterion", "weight", "share", "method", "floor", "cap"]
    head = draft.row
    if book.spec.criteria:
        draft.headings(head, [words(name) for name in (*names, *more)])
    levels: list[tuple[str, list[Criterion], dict[str, str]]] = []
    cells: dict[str, str] = {}
    _level(book, draft, (book.spec.criteria, "", 0), cells)
    _collect(book, book.spec.criteria, words("sum_top"), cells, levels)
    draft.row += 2 if book.spec.criteria else 0
    if book.uses_weights and book.spec.criteria:
        _sums(book, draft, levels)
    _constants(book, draft)
    _formulas(book, draft)
    return draft.finish(freeze=(head + 1, 2), repeat=(head, head))


def _more(book: ResultBook) -> list[str]:
    """Give the columns that only some tenders need, by the name of their heading."""
    found = ["least_share"] if book.minimum_criteria else []
    if book.uses_amounts:
        priced = [leaf for leaf in book.leaves if leaf.amount]
        units = sum(gives_value(leaf) for leaf in priced)
        found.append("amount" if not units else "amount_unit" if units == len(priced) else "amount_both")
    return found


def _level(
    book: ResultBook, draft: Draft, level: tuple[tuple[Criterion, ...], str, int], cells: dict[str, str]
) -> None:
    """Put the criteria of a level, each followed by those inside it; the share is weight times the parent's share."""
    criteria, parent, depth = level
    for criterion in criteria:
        draft.row += 1
        row = draft.row
        style = "strong" if depth == 0 else "label"
        draft.text(row, 0, criterion.number, style)
        draft.text(row, 1, "   " * depth + criterion.title, style)
        weight, share = address(row, _WEIGHT), address(row, _SHARE)
        if book.uses_weights:
            draft.number(row, _WEIGHT, criterion.weight, "0.0##%")
            formula = f"{weight}*{parent}" if parent else weight
            draft.formula(row, _SHARE, formula, criterion.share, "number", "0.0##%")
            book.shares[criterion.id] = draft.at(row, _SHARE)
        else:
            draft.text(row, _WEIGHT, "")
            draft.text(row, _SHARE, "")
        cells[criterion.id] = weight
        draft.text(row, _METHOD, _method(book, criterion))
        _limits(book, draft, criterion)
        _level(book, draft, (criterion.children, share, depth + 1), cells)


def _limits(book: ResultBook, draft: Draft, criterion: Criterion) -> None:
    row = draft.row
    pairs = ((_FLOOR, criterion.floor, book.floors), (_CAP, criterion.cap, book.caps))
    for column, value, known in pairs:
        if value is None:
            draft.text(row, column, "")
        else:
            draft.number(row, column, value)
            known[criterion.id] = draft.at(row, column)
    more = [(criterion.minimum, book.minimums, "0.0##%")] if book.minimum_criteria else []
    more += [(criterion.amount, book.amounts, "money")] if book.uses_amounts else []
    for column, (value, known, shown) in enumerate(more, start=_MORE):
        if value is None:
            draft.text(row, column, "")
        else:
            draft.number(row, column, value, shown)
            known[criterion.id] = draft.at(row, column)


def _method(book: ResultBook, criterion: Criterion) -> str:
    """Say how a criterion gets its points: by a scale, by a model, or by both."""
    words, said = book.frame.words, []
    if criterion.scale is not None:
        said.append(words("by_scale", title=criterion.scale.title[words.language]))
    if criterion.model is not None:
        said.append(words("by_model", title=criterion.model.definition.title[words.language]))
    if criterion.lines:
        said.append(words("of_lines", lines=", ".join(criterion.lines)))
    return "\n".join(said)


def _collect(
    book: ResultBook,
    criteria: tuple[Criterion, ...],
    title: str,
    cells: dict[str, str],
    levels: list[tuple[str, list[Criterion], dict[str, str]]],
) -> None:
    """Give every level with the cells of its weights."""
    levels.append((title, list(criteria), cells))
    for criterion in criteria:
        if criterion.children:
            _collect(book, criterion.children, book.frame.words("sum_of", title=criterion.title), cells, levels)


def _sums(book: ResultBook, draft: Draft, levels: list[tuple[str, list[Criterion], dict[str, str]]]) -> None:
    words = book.frame.words
    draft.row = draft.section(words("section_sums"))
    first = draft.row
    good = quoted(words("sum_ok"))
    for title, criteria, cells in levels:
        total = "+".join(cells[criterion.id] for criterion in criteria)
        draft.text(draft.row, 1, title)
        draft.formula(draft.row, 2, total, sum((c.weight for c in criteria), Fraction(0)), "number", "0.0##%")
        sum_cell, cell = address(draft.row, 2), address(draft.row, 3)
        formula = f"IF(ABS({sum_cell}-1)<0.000000001,{good},{quoted(words('sum_wrong'))})"
        right = sum((c.weight for c in criteria), Fraction(0)) == 1
        book.weights_right = book.weights_right and right
        draft.formula(draft.row, 3, formula, words("sum_ok") if right else words("sum_wrong"), "status")
        draft.highlight(cell, f"{cell}={good}", "good")
        draft.highlight(cell, f"{cell}<>{good}", "bad")
        draft.row += 1
    checks = draft.span((first, 3), (draft.row - 1, 3))
    book.weights_check = f"COUNTIF({checks},{good})={len(levels)}"
    draft.row += 1


def _models(book: ResultBook) -> list[tuple[str, str, Model]]:
    """Give the models in use with the criterion's id and title; the award model has none."""
    found = [(leaf.id, heading(leaf), leaf.model) for leaf in book.leaves if leaf.model is not None]
    return [*found, ("", book.frame.words("all_criteria"), book.spec.award)]


def _constants(book: ResultBook, draft: Draft) -> None:
    """Put every number of the formulas: one value in a row, a table with a row for each of its own."""
    words = book.frame.words
    draft.row = draft.section(words("section_constants"))
    has_tables = any(not isinstance(value, Fraction) for _, _, model in _models(book) for value in _values(model))
    names = ("symbol", "meaning", "constant", *(["table_value"] if has_tables else []))
    draft.headings(draft.row, [words(name) for name in names])
    draft.row += 1
    book.top = _constant(draft, "S", words("top_meaning"), book.spec.points_top)
    for identifier, title, model in _models(book):
        for name, value in model.parameters.items():
            definition = model.definition
            meaning = definition.symbols[name][words.language] if name in definition.symbols else name
            about = definition.parameters.get(name)
            if not isinstance(value, Fraction):
                kinds = about.rows if about is not None and about.rows else ("number", "number")
                book.tables[identifier, name] = _table(book, draft, (name, f"{title}: {meaning}"), value, kinds)
                continue
            if about is not None and about.unit is not None:
                meaning = f"{meaning} ({about.unit[words.language]})"
            shown = _shown(about.type if about is not None else "number", value)
            book.parameters[identifier, name] = _constant(draft, name, f"{title}: {meaning}", value, shown)
    book.places = _constant(draft, "", words("places_meaning"), Fraction(book.spec.total_places))
    draft.row += 1


def _values(model: Model) -> Iterable[Fraction | Table]:
    return model.parameters.values()


def _table(
    book: ResultBook, draft: Draft, said: tuple[str, str], table: Table, kinds: tuple[str, str]
) -> list[tuple[str, str]]:
    """Put a table's rows, and give the cells of each edge and its value."""
    words, cells = book.frame.words, []
    for number, row in enumerate(table, start=1):
        symbol, meaning = said if number == 1 else ("", words("table_row", number=number))
        draft.text(draft.row, 0, symbol)
        draft.text(draft.row, 1, meaning)
        for column, (value, kind) in enumerate(zip(row, kinds, strict=True), start=2):
            draft.number(draft.row, column, value, _shown(kind, value))
        cells.append((draft.at(draft.row, 2), draft.at(draft.row, 3)))
        draft.row += 1
    return cells


def _shown(kind: str, value: Fraction) -> str:
    """Give the number format of a published number."""
    return {"percent": "0.0##%", "money": "money"}.get(kind, fitting_format(value))


def _constant(draft: Draft, symbol: str, meaning: str, value: Fraction, shown: str = "") -> str:
    draft.text(draft.row, 0, symbol)
    draft.text(draft.row, 1, meaning)
    draft.number(draft.row, 2, value, shown or fitting_format(value))
    draft.row += 1
    return draft.at(draft.row - 1, 2)


def _formulas(book: ResultBook, draft: Draft) -> None:
    """Put each formula as it was published, once for all criteria that use it."""
    words = book.frame.words
    draft.row = draft.section(words("section_formulas"))
    draft.headings(draft.row, ["", words("used_for"), "", "", words("formula")])
    used: dict[str, tuple[Model, list[str]]] = {}
    for _, title, model in _models(book):
        used.setdefault(model.id, (model, []))[1].append(title)
    for model, titles in used.values():
        draft.row += 1
        definition = model.definition
        steps = [f"{name} = {text}" for name, text in definition.steps.items()]
        stages = [f"{stage.title[words.language]}: {stage.keep}" for stage in definition.stages.values()]
        for column in (0, 2, 3):
            draft.text(draft.row, column, "")
        draft.text(draft.row, 1, "\n".join(titles))
        draft.text(draft.row, _METHOD, "\n".join([*steps, *stages, definition.formula]), "strong")
        draft.row += 1
        draft.text(draft.row, _METHOD, definition.description[words.language], "small")
    draft.row += 1
