"""A returned workbook compared with what was issued: every difference in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tenderkit.excel.issued import Facts, SheetFacts, Stamp, normal_formula, normal_number, normal_text, parse_stamp
from tenderkit.excel.opened import Opened, OpenedCell, OpenedSheet, open_workbook
from tenderkit.excel.sheets import STAMP_CELL
from tenderkit.problems import Place, Problem, TenderkitError

MAX_DIFFERENCES = 60
_SHOWN = 90


def compare(facts: Facts, data: bytes, name: str) -> list[Problem]:
    """Give what differs from the workbook that was issued. Filled-in yellow cells and a mere save are no difference.

    A form of another tender, edition or lot gives that one problem: its cells are not compared.
    """
    try:
        opened = open_workbook(data, name)
    except TenderkitError as error:
        return list(error.problems)
    return differences(facts, opened)


def differences(facts: Facts, opened: Opened) -> list[Problem]:
    """Give what differs in a workbook that was opened, at most as many problems as a person can look at."""
    wrong = wrong_form(facts, opened)
    if wrong is not None:
        return [wrong]
    found = list(_differences(facts, opened))
    if len(found) <= MAX_DIFFERENCES:
        return found
    left = len(found) - MAX_DIFFERENCES
    more = Problem("more-differences", f"{left} more cells differ from the form that was issued.", Place(opened.name))
    return [*found[:MAX_DIFFERENCES], more]


def identify(data: bytes, issued: Mapping[str, Facts], name: str) -> str:
    """Give the key of the issued form that a file is, by its edition stamp.

    Raises:
        TenderkitError: the file is no workbook, or is none of the issued forms; the message says which form it is.
    """
    opened = open_workbook(data, name)
    stamps = {str(stamp) for stamp in opened.stamps().values() if stamp}
    found = next((key for key, facts in issued.items() if facts["stamp"] in stamps), None)
    if found is not None:
        return found
    forms = [stamp.form for stamp in opened.stamps().values() if stamp]
    # The issued form that the file comes nearest to, so that the message compares like with like.
    near = next((facts for facts in issued.values() if f" / {forms[0]} / " in facts["stamp"]), None) if forms else None
    chosen = near or next(iter(issued.values()), None)
    problem = wrong_form(chosen, opened) if chosen else None
    raise TenderkitError(
        problem or Problem("another-form", "The file is none of the forms that were issued.", Place(name))
    )


def clip(text: str) -> str:
    """Give a text short enough for a message, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def wrong_form(facts: Facts, opened: Opened) -> Problem | None:
    """Tell when the file is another form: of another tender, edition, lot or kind."""
    issued = parse_stamp(facts["stamp"])
    found = [stamp for stamp in opened.stamps().values() if stamp]
    if issued is None or issued in found:
        return None
    place = Place(opened.name, cell=STAMP_CELL)
    values = {"issued": facts["stamp"], "read": str(found[0]) if found else ""}
    if not found:
        return Problem(
            "stamp-missing",
            "No sheet carries the edition stamp: the file is no form of ours, or its stamps were removed.",
            place,
            help=f'Ask for the form with the stamp "{facts["stamp"]}".',
            values=values,
        )
    identifier, message = _which(issued, found[0])
    return Problem(identifier, message, place, help=f'The right form has the stamp "{facts["stamp"]}".', values=values)


def _which(issued: Stamp, read: Stamp) -> tuple[str, str]:
    if read.reference != issued.reference:
        return (
            "form-of-another-tender",
            f'The form belongs to tender "{clip(read.reference)}", not "{issued.reference}".',
        )
    if read.edition != issued.edition:
        return (
            "form-of-another-edition",
            f"The form is of edition {read.edition}; edition {issued.edition} is in force.",
        )
    if read.form != issued.form:
        return "another-form", f'The file is form "{clip(read.form)}", not "{issued.form}".'
    return (
        "form-not-as-issued",
        "The form has the right tender and edition, but its cells are not those that were issued.",
    )


def _differences(facts: Facts, opened: Opened) -> Iterator[Problem]:
    issued = {sheet["name"] for sheet in facts["sheets"]}
    for sheet in facts["sheets"]:
        found = opened.sheets.get(sheet["name"])
        if found is None:
            yield Problem(
                "sheet-missing",
                f'The sheet "{sheet["name"]}" is missing.',
                Place(opened.name),
                help="Hand in the form with all its sheets.",
                values={"sheet": sheet["name"]},
            )
        else:
            yield from _sheet_differences(facts, sheet, found, opened.name)
    for extra in opened.sheets:
        if extra not in issued:
            yield Problem(
                "sheet-added",
                f'The sheet "{clip(extra)}" was added; it is not part of the form.',
                Place(opened.name, sheet=extra),
                help="See whether it holds a reservation.",
                values={"sheet": extra},
            )


def _sheet_differences(facts: Facts, sheet: SheetFacts, found: OpenedSheet, file: str) -> Iterator[Problem]:
    for ref, fixed in sheet["cells"].items():
        problem = _cell_difference(fixed, found.cells.get(ref), Place(file, sheet=found.name, cell=ref))
        if problem is not None:
            yield problem
    yield from _stamp_difference(facts, found, file)
    inputs = {ref for field in facts["fields"].values() if field["sheet"] == found.name for ref in field["cells"]}
    for ref, cell in found.cells.items():
        if ref not in sheet["cells"] and ref not in inputs and ref != STAMP_CELL:
            yield Problem(
                "cell-added",
                f'"{clip(str(cell.value))}" stands in a cell that is empty in the form.',
                Place(file, sheet=found.name, cell=ref),
                help="See whether it is a reservation.",
                values={"read": clip(str(cell.value))},
            )
    yield from _sheet_state(found, Place(file, sheet=found.name))


def _stamp_difference(facts: Facts, found: OpenedSheet, file: str) -> Iterator[Problem]:
    cell = found.cells.get(STAMP_CELL)
    read = parse_stamp(str(cell.value)) if cell else None
    if str(read) != facts["stamp"]:
        yield Problem(
            "stamp-changed",
            "The edition stamp of this sheet is missing or differs from the other sheets.",
            Place(file, sheet=found.name, cell=STAMP_CELL),
            values={"issued": facts["stamp"], "read": str(read or "")},
            help="Ask whether sheets were put together from several editions.",
        )


def _sheet_state(found: OpenedSheet, place: Place) -> Iterator[Problem]:
    if not found.protected:
        yield Problem(
            "protection-removed",
            "The protection of the sheet was removed.",
            place,
            level="warning",
            help="No cell but the reported ones differs; still look at the sheet.",
        )
    if found.hidden:
        yield Problem(
            "rows-hidden",
            f"Rows or columns are hidden: {', '.join(found.hidden[:10])}.",
            place,
            level="warning",
            help="Show them before you print or archive the file.",
        )
    if not found.visible:
        yield Problem("sheet-hidden", "The sheet is hidden.", place, level="warning", help="Show it before archiving.")


def _cell_difference(fixed: str, cell: OpenedCell | None, place: Place) -> Problem | None:
    kind, _, issued = fixed.partition(":")
    if cell is None:
        if issued == "":
            return None
        return _changed(kind, issued, "", place)
    if kind == "formula":
        if cell.kind != "formula":
            return Problem(
                "formula-overwritten",
                f'"{clip(str(cell.value))}" was typed over a formula.',
                place,
                help="Take the value from the yellow cells alone; the form calculates this cell.",
                values={"issued": issued, "read": clip(str(cell.value))},
            )
        read = normal_formula(str(cell.value))
    elif kind == "number":
        read = normal_number(cell.value) if isinstance(cell.value, float) and cell.kind == "number" else str(cell.value)
    else:
        read = normal_text(str(cell.value)) if cell.kind == "text" else str(cell.value)
    return None if read == issued else _changed(kind, issued, read, place)


def _changed(kind: str, issued: str, read: str, place: Place) -> Problem:
    shown = f'is now "{clip(read)}"' if read else "was deleted"
    return Problem(
        f"changed-{kind}",
        f'The {kind} "{clip(issued)}" {shown}.',
        place,
        help="A changed form can make a bid inadmissible: decide, and record why.",
        values={"issued": clip(issued), "read": clip(read)},
    )
