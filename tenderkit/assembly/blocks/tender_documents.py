"""``::: tender-documents``: the documents and forms that make up the tender package, with their file names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tenderkit.assembly import tree
from tenderkit.assembly.cells import Col, cell, lot_title, table
from tenderkit.assembly.context import Context
from tenderkit.assembly.document import applies, file_name
from tenderkit.library.document import Document

NEEDS = "tender"
FORMS = ("price-list", "answer-form")


def render(context: Context, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give the table: documents in reading order, then the forms that bidders fill in."""
    rows = [(cell(annex), cell(title), cell(file)) for annex, title, file in (*_documents(context), *_forms(context))]
    return [table(context, "tender-documents", (Col("annex", 1), Col("document", 4), Col("file", 5)), rows)]


def _documents(context: Context) -> Iterator[tuple[str, str, str]]:
    library = context.plan.library
    known: Iterator[Document] = (library.document(name) for name in library.ids("document"))
    found: list[Document] = [item for item in known if item.stage == "package" and applies(item, context)]
    found.append(library.contract(context.plan.tender.contract_template))
    for document in sorted(found, key=lambda item: item.order):
        title = document.title[context.language]
        for lot in _lots(context) if document.per == "lot" else [""]:
            name = f"{file_name(document, replace(context, lot=lot))}.docx"
            yield document.annex, _of_lot(title, lot, context), name


def _forms(context: Context) -> Iterator[tuple[str, str, str]]:
    library = context.plan.library
    language = context.plan.tender.tender.language
    for name in FORMS:
        form = library.workbook(name)
        for lot in _lots(context):
            file = form.file[language].format(part=lot)
            yield form.labels["code"][language], _of_lot(form.title[context.language], lot, context), file


def _lots(context: Context) -> list[str]:
    return [lot.id for lot in context.plan.tender.lots]


def _of_lot(title: str, lot: str, context: Context) -> str:
    several = lot and len(context.plan.tender.lots) > 1
    return context.label("tender-documents.of_lot", title=title, lot=lot_title(lot, context)) if several else title
