"""What ``build``, ``check`` and ``status`` do in a folder with ``agreement.yaml``: an agreement outside a tender."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from tenderkit.api.documents import PageNumbers, by_file_name, word_files
from tenderkit.api.loading import house_folder, library_with
from tenderkit.api.outcome import Outcome
from tenderkit.assembly import tree
from tenderkit.assembly.agreement import AgreementContext
from tenderkit.assembly.document import assemble, check_references, missing
from tenderkit.case import Case, write_all
from tenderkit.case.folder import digest, read_text
from tenderkit.case.signed import record, require_new_edition
from tenderkit.checks.agreements import run_agreement
from tenderkit.plan import AgreementPlan, make_agreement, translated_agreement
from tenderkit.problems import Problem, TenderkitError, has_errors, ordered
from tenderkit.quantities import Language
from tenderkit.tender import load_agreement

#: What a draft may have: it is shown as a yellow gap, and said as a warning.
_OPEN = frozenset({"value-missing", "value-to-choose"})


def agreement_plan(case: Case, clauses: Path | None = None) -> AgreementPlan:
    """Give the plan of what ``agreement.yaml`` says now.

    Args:
        case: the folder.
        clauses: a folder of the parties' own clauses; otherwise the one that ``agreement.yaml`` names.

    Raises:
        TenderkitError: with every problem in the file, or the folder holds no clause.
    """
    agreement, source = load_agreement(case.agreement_file)
    library = library_with(house_folder(case, agreement.house_clauses, clauses))
    return make_agreement(agreement, source, library)


def agreement_documents(plan: AgreementPlan, *, draft: bool) -> Iterator[tree.Document]:
    """Give the agreement in its language, then in its reading aid's."""
    heading = plan.agreement.agreement
    languages: list[Language] = [heading.language]
    if heading.reading_aid and heading.reading_aid != heading.language:
        languages.append(heading.reading_aid)
    for language in languages:
        worded = translated_agreement(plan, language)
        yield assemble(heading.template, AgreementContext(worded, language, draft, heading.date.isoformat()))


def check_agreement(case: Case, clauses: Path | None = None) -> Outcome:
    """Check the agreement in a folder.

    Raises:
        TenderkitError: ``agreement.yaml`` cannot be read, or does not fit its template.
    """
    plan = agreement_plan(case, clauses)
    problems = agreement_problems(plan, agreement_documents(plan, draft=False))
    errors = sum(problem.level == "error" for problem in problems)
    warnings = sum(problem.level == "warning" for problem in problems)
    return Outcome(
        problems=problems,
        data={"errors": errors, "warnings": warnings},
        lines=[f"The agreement was checked: {errors} errors, {warnings} warnings. This is not legal advice."],
        next="Mend the errors, then run: tenderkit check" if errors else "run: tenderkit build --final",
    )


def build_agreement(
    case: Case,
    *,
    final: bool,
    base: Path | None,
    page_numbers: PageNumbers,
    progress: Callable[[str], None],
    clauses: Path | None = None,
) -> Outcome:
    """Write the agreement: a draft with guidance and open gaps, or the final one.

    Raises:
        TenderkitError: something is wrong or, in a final agreement, open; or the edition is final already.
    """
    plan = agreement_plan(case, clauses)
    documents = list(agreement_documents(plan, draft=not final))
    found = agreement_problems(plan, documents)
    if final:
        if has_errors(found):
            raise TenderkitError(found)
        require_new_edition(case, plan)
    named = by_file_name(documents, plan.agreement.agreement.language)
    progress(f"{len(named)} documents")
    files = word_files(named, base, page_numbers)
    target = f"published/{plan.agreement.edition}" if final else "draft"
    package = {f"{target}/{name}": data for name, data in files.items()}
    if final:
        hashes = {name: digest(data) for name, data in files.items()}
        package[f"{target}/lock.json"] = record(plan, read_text(case.agreement_file), hashes)
    else:
        found = [replace(item, level="warning") if item.id in _OPEN else item for item in found]
    return Outcome(
        files=write_all(case, package, "build --final" if final else "build"),
        problems=ordered(found),
        next=f"Sign the agreement in {target}."
        if final
        else "Look at the file in draft, mend agreement.yaml, then run: tenderkit build --final",
    )


def agreement_problems(plan: AgreementPlan, documents: Iterable[tree.Document]) -> list[Problem]:
    """Give what is open or wrong in an agreement, with the place in ``agreement.yaml`` where it is mended."""
    found = run_agreement(plan)
    told = {problem.place.label for problem in plan.open}
    for document in documents:
        found += check_references(document)
        found += [_placed(plan, gap) for gap in missing(document) if not _is_told(gap.values["name"], told)]
    return ordered(found)


def _is_told(name: str, told: set[str]) -> bool:
    """Tell whether a gap is said already, as a value to choose or as a missing party."""
    parts = name.split(".")
    return name in told or (len(parts) > 1 and parts[0] == "parties" and parts[1] in told)


def _placed(plan: AgreementPlan, gap: Problem) -> Problem:
    """Give a gap with the line of the file where its value belongs."""
    name = gap.values["name"]
    path = tuple(int(part) if part.isdecimal() else part for part in name.split("."))
    at = ("values", name) if name in plan.values else path
    return replace(
        gap,
        message=f'"{name}" is not given.',
        place=plan.source.place(at, name),
        help="Give the value in agreement.yaml.",
    )
