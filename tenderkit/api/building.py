"""``build``: the tender package, as a draft or published for good; and an agreement outside a tender."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tenderkit.api.agreements import build_agreement
from tenderkit.api.changes import changes
from tenderkit.api.checking import problems_of
from tenderkit.api.documents import (
    PageNumbers,
    by_file_name,
    file_documents,
    languages,
    package_documents,
    word_files,
)
from tenderkit.api.loading import draft_plan
from tenderkit.api.outcome import Outcome
from tenderkit.assembly import tree
from tenderkit.assembly.document import require_complete
from tenderkit.case import Case, Lock, open_case, write_all
from tenderkit.case.folder import digest
from tenderkit.case.lock import content_of
from tenderkit.plan import Plan
from tenderkit.problems import Problem, TenderkitError, has_errors

Progress = Callable[[str], None]
_SHOWN = 5


def build(
    folder: Path,
    *,
    final: bool = False,
    base: Path | None = None,
    page_numbers: PageNumbers = "auto",
    progress: Progress = lambda _: None,
    clauses: Path | None = None,
) -> Outcome:
    """Write the tender package: a draft with guidance, or the published edition with its lock.

    In a folder with ``agreement.yaml`` it is the agreement that is written.

    Args:
        folder: the case.
        final: publish; refuses errors and open values, and freezes everything in ``published/<edition>/``.
        base: the authority's own Word file, whose styles, header and logo are used.
        page_numbers: whether the contents list has page numbers, counted with LibreOffice.
        progress: told what is made next.
        clauses: a folder of the authority's own clauses; otherwise the one that the case names.

    Raises:
        TenderkitError: the tender has errors, the edition is published already, or a file cannot be written.
    """
    case = open_case(folder, agreement=True)
    if case.is_agreement:
        return build_agreement(
            case, final=final, base=base, page_numbers=page_numbers, progress=progress, clauses=clauses
        )
    plan = draft_plan(case, clauses)
    facts = _correction(case, plan) if final else {}
    documents = _documents(plan, final, facts)
    found = problems_of(plan, documents)
    if final:
        _require_publishable(found, documents)
    own_file = by_file_name(file_documents(plan, draft=not final, facts=facts), languages(plan)[0])
    files, forms = _render(plan, documents, base, page_numbers, progress)
    target = f"published/{plan.tender.edition}" if final else "draft"
    package = {f"{target}/{name}": data for name, data in files.items()}
    if final:
        hashes = {name: digest(data) for name, data in files.items()}
        lock = Lock(plan.tender.edition, case.tender_file.read_text(encoding="utf-8"), content_of(plan), forms, hashes)
        package[f"{target}/lock.json"] = lock.as_bytes()
    package |= {f"file/{name}": data for name, data in word_files(own_file, base, "no").items()}
    written = write_all(case, package, "build --final" if final else "build")
    step = (
        "Send out the files in " + target + ". Put returned forms in bids/BIDDER, then run: tenderkit bids"
        if final
        else "Look at the files in draft, mend tender.yaml, then run: tenderkit build --final"
    )
    return Outcome(files=written, problems=[p for p in found if p.level != "error" or not final], next=step)


def _require_publishable(found: list[Problem], documents: list[tree.Document]) -> None:
    """Refuse to publish what is wrong or open."""
    if has_errors(found) or any(problem.id == "value-missing" for problem in found):
        raise TenderkitError(found)
    require_complete(documents)


def _documents(plan: Plan, final: bool, facts: dict[str, Any]) -> list[tree.Document]:
    """Give the package's documents; when one cannot be made, say what else is wrong too."""
    try:
        return list(package_documents(plan, draft=not final, facts=facts))
    except TenderkitError as error:
        raise TenderkitError([*problems_of(plan, []), *error.problems]) from error


def _correction(case: Case, plan: Plan) -> dict[str, Any]:
    """Give what a correction notice says; refuse to publish an edition a second time.

    Raises:
        TenderkitError: the edition is published already, or is not the next one.
    """
    lock = case.lock()
    if lock is None:
        return {}
    edition = plan.tender.edition
    changed = changes(lock, plan)
    if edition <= lock.edition:
        place = plan.source.place(("edition",))
        if not changed:
            raise TenderkitError(
                Problem(
                    "already-published",
                    f"Edition {edition} is published already, and nothing has changed.",
                    place,
                    help="To read bids run: tenderkit bids",
                )
            )
        raise TenderkitError(
            Problem(
                "published-tender-changed",
                f"Edition {edition} is published, and tender.yaml differs from it: "
                + ", ".join(item["path"] for item in changed[:_SHOWN])
                + ("…" if len(changed) > _SHOWN else "")
                + ".",
                place,
                help=f"To publish the change with a correction notice write: edition: {lock.edition + 1}",
            )
        )
    return {"changes": changed, "previous_edition": lock.edition}


def _render(
    plan: Plan,
    documents: Iterable[tree.Document],
    base: Path | None,
    page_numbers: PageNumbers,
    progress: Progress,
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Give the package's files by name, and the declared cells of its forms."""
    from tenderkit import excel  # noqa: PLC0415 - Word and Excel are imported when something is written

    named = by_file_name(documents, languages(plan)[0])
    progress(f"{len(named)} documents")
    files = word_files(named, base, page_numbers)
    forms: dict[str, Any] = {}
    for name, workbook in excel.forms(plan).items():
        progress(name)
        files[name] = excel.write(workbook)
        forms[name] = excel.facts(workbook)
    return files, forms
