"""``clause``: what the clause library has, what differs between two texts, and whether a clause is sound."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from tenderkit.api.loading import library_with
from tenderkit.api.outcome import Outcome
from tenderkit.api.starting import example_folder
from tenderkit.case import open_case, write_new
from tenderkit.case.signed import signed_content
from tenderkit.library import Content, FrozenContent, Library
from tenderkit.library.clause import AppliesTo
from tenderkit.library.editions import CLAUSE_FILES, Overlaid, earlier_editions, edition
from tenderkit.library.house import HouseContent
from tenderkit.plan import Plan, make_plan
from tenderkit.problems import Place, Problem, TenderkitError, has_errors, nearest
from tenderkit.quantities import Language
from tenderkit.tender import load_tender


def clause_list(
    language: Language = "da",
    *,
    topic: str = "",
    use: str = "",
    kind: str | None = None,
    value: Decimal | None = None,
    months: int | None = None,
    clauses: Path | None = None,
) -> list[dict[str, Any]]:
    """Give the clauses that fit a purchase, or all of them.

    Args:
        language: the language of titles.
        topic: a topic's key, such as ``employment``.
        use: a use's key, such as ``award-criterion``.
        kind: the kind of contract: services, works, goods or mixed.
        value: the contract's value in kroner excl. VAT incl. options.
        months: the contract's length.
        clauses: a folder of the authority's own clauses.

    Raises:
        TenderkitError: there is no such topic or use; the message names the nearest.
    """
    library = library_with(clauses)
    vocabulary = library.vocabulary
    _require_known("topic", topic, vocabulary.topics)
    _require_known("use", use, vocabulary.uses)
    own = library.content.ids if isinstance(library.content, HouseContent) else frozenset()
    return [
        {
            "id": identifier,
            "title": clause.title[language],
            "topic": vocabulary.topics[clause.topic][language],
            "uses": [vocabulary.uses[key][language] for key in clause.use_as],
            "edition": clause.edition,
            "own": identifier in own,
        }
        for identifier in library.ids("clause")
        for clause in (library.clause(identifier),)
        if topic in {"", clause.topic} and (not use or use in clause.use_as)
        if _fits(clause.applies_to, kind, value, months)
    ]


def _require_known(kind: str, key: str, known: Iterable[str]) -> None:
    """Refuse a filter that no clause can have."""
    if key and key not in known:
        raise TenderkitError(Problem(f"unknown-{kind}", f'There is no {kind} "{key}".', help=nearest(key, known)))


def _fits(limits: AppliesTo, kind: str | None, value: Decimal | None, months: int | None) -> bool:
    """Tell whether a purchase is within a clause's limits; what is not asked for does not count."""
    within = (
        not kind or not limits.kinds or kind in limits.kinds,
        months is None or limits.min_months <= months,
        months is None or limits.max_months is None or months <= limits.max_months,
        value is None or limits.min_value_dkk is None or limits.min_value_dkk <= value,
        value is None or limits.max_value_dkk is None or value <= limits.max_value_dkk,
    )
    return all(within)


def clause_show(
    identifier: str,
    language: Language = "da",
    library: Library | None = None,
    *,
    file: Path | None = None,
    clauses: Path | None = None,
) -> dict[str, Any]:
    """Give a clause with its text; ``text`` is a page for the terminal.

    Args:
        identifier: the clause's id.
        language: the language of the text.
        library: where to find it; otherwise the installed library.
        file: a Word file to write for a lawyer's desk, with parameters, joins and guidance.
        clauses: a folder of the authority's own clauses.

    Raises:
        TenderkitError: there is no such clause, or the file is there already.
    """
    from tenderkit import word  # noqa: PLC0415 - imported when something is written
    from tenderkit.drafting.desk import desk  # noqa: PLC0415 - the list does not need it
    from tenderkit.drafting.plain import plain  # noqa: PLC0415
    from tenderkit.drafting.view import view  # noqa: PLC0415

    library = library or library_with(clauses)
    clause = library.clause(identifier)
    page = desk(view(identifier, library, language), library)
    written = write_new(file.parent, {file.name: word.render(page)}) if file else []
    return {
        "id": identifier,
        **clause.model_dump(mode="json"),
        "body": library.text(f"clauses/{identifier}/{language}.md"),
        "text": f"{page.title}\n{page.subtitle}\n\n{plain(page.blocks)}",
        "files": [item.as_dict() for item in written],
    }


def clause_diff(
    identifier: str,
    old: str = "",
    new: str = "",
    language: Language = "da",
    *,
    file: Path | None = None,
    clauses: Path | None = None,
) -> Outcome:
    """Compare two texts of a clause, and write them as tracked changes where a file is named.

    Args:
        identifier: the clause's id.
        old: the earlier text: an edition's number, a clause's folder, or a case whose published text is meant. Empty is
            the library's text for an authority's own clause, otherwise the edition before the present one.
        new: the later text, written likewise; empty is the present text.
        language: the language that is compared.
        file: the Word file to write.
        clauses: a folder of the authority's own clauses.

    Raises:
        TenderkitError: there is no such clause or text.
    """
    from tenderkit import word  # noqa: PLC0415 - imported when something is written
    from tenderkit.drafting.difference import difference  # noqa: PLC0415
    from tenderkit.drafting.redline import as_document, as_text  # noqa: PLC0415
    from tenderkit.drafting.view import view  # noqa: PLC0415

    library = library_with(clauses)
    library.clause(identifier)
    old = old or _before(library, identifier)
    libraries = [Library(_content(library.content, identifier, source)) for source in (old, new)]
    found = difference(*(view(identifier, item, language) for item in libraries))
    names = (_name(old, libraries[0], identifier), _name(new, libraries[1], identifier))
    files = write_new(file.parent, {file.name: word.render(as_document(found, names, libraries[1]))}) if file else ()
    text = as_text(found)
    return Outcome(
        files=files,
        data={
            "points": found.points,
            "data": [{"where": item.where, "old": item.old, "new": item.new} for item in found.data],
        },
        lines=[text.rstrip() if found else "The two texts say the same."],
        next=f"Read the tracked changes in {file}." if file and found else "",
    )


def _before(library: Library, identifier: str) -> str:
    """Give what the present text is compared with when nobody says."""
    content = library.content
    if isinstance(content, HouseContent) and identifier in content.ids and _has(content.base, identifier):
        return "library"
    numbers = earlier_editions(content, identifier)
    if numbers:
        return str(numbers[-1])
    raise TenderkitError(
        Problem(
            "no-earlier-edition",
            f'"{identifier}" has no edition before {library.clause(identifier).edition}.',
            help="Name what to compare with: --old CASE (what it published), or --old FOLDER (a clause's folder).",
        )
    )


def _has(content: Content, identifier: str) -> bool:
    return f"clauses/{identifier}/clause.yaml" in set(content.paths())


def _content(content: Content, identifier: str, source: str) -> Content:
    """Give the content with the text of a clause that a source names."""
    present = Library(content).clause(identifier).edition
    if source in {"", str(present)}:
        return content
    if source == "library" and isinstance(content, HouseContent):
        return content.base
    if source.isdigit():
        if int(source) not in earlier_editions(content, identifier):
            known = ", ".join(map(str, [*earlier_editions(content, identifier), present]))
            raise TenderkitError(
                Problem(
                    "unknown-edition", f'"{identifier}" has no edition {source}.', help=f"There is edition {known}."
                )
            )
        return edition(content, identifier, int(source))
    folder = Path(source)
    if (folder / "clause.yaml").is_file():
        texts = {f"clauses/{identifier}/{name}": (folder / name).read_text(encoding="utf-8") for name in CLAUSE_FILES}
        return Overlaid(content, texts, source)
    return _published(content, identifier, folder)


def _published(content: Content, identifier: str, folder: Path) -> Content:
    """Give the content with the text that a tender published, or that a final agreement has."""
    case = open_case(folder, agreement=True)
    if case.is_agreement:
        files = signed_content(case)
    else:
        lock = case.lock()
        files = lock.content if lock else None
    frozen = FrozenContent(files) if files else None
    if frozen is None or not _has(frozen, identifier):
        raise TenderkitError(
            Problem(
                "clause-not-published",
                f'The case in "{folder}" has not published "{identifier}".',
                Place(str(folder)),
                help="Name a case with a published edition that uses the clause, or a clause's folder.",
            )
        )
    texts = {f"clauses/{identifier}/{name}": frozen.read(f"clauses/{identifier}/{name}") for name in CLAUSE_FILES}
    return Overlaid(content, texts, str(folder))


def _name(source: str, library: Library, identifier: str) -> str:
    return source if source and not source.isdigit() else str(library.clause(identifier).edition)


def clause_check(identifiers: Sequence[str] = (), *, clauses: Path | None = None) -> Outcome:
    """Hold clauses against everything that a clause must be: joins, languages, values, every variant of the text.

    Args:
        identifiers: the clauses; none is all of the folder, or of the library where no folder is named.
        clauses: a folder of the authority's own clauses.

    Raises:
        TenderkitError: there is no such clause.
    """
    from tenderkit.drafting.draft import Draft  # noqa: PLC0415 - the list does not need it
    from tenderkit.drafting.review import review, searches  # noqa: PLC0415

    library = library_with(clauses)
    content = library.content
    wanted = list(identifiers) or (sorted(content.ids) if isinstance(content, HouseContent) else library.ids("clause"))
    plan = trial_plan()
    problems: list[Problem] = []
    for identifier in wanted:
        library.clause(identifier)
        problems += review(Draft(identifier, library, plan))
    counted = f"{len(wanted)} clause{'s' if len(wanted) != 1 else ''}"
    return Outcome(
        problems=problems,
        data={"clauses": wanted, "searches": len(searches())},
        lines=[f"{counted} held against {len(searches())} kinds of fault: {len(problems)} found."],
        next="Mend what was found, then run: tenderkit clause check" if has_errors(problems) else "",
    )


def trial_plan() -> Plan:
    """Give the purchase that clauses are tried in: the cleaning example."""
    tender, source = load_tender(example_folder("cleaning") / "tender.yaml")
    return make_plan(tender, source, Library())


def clause_new(
    identifier: str, *, clauses: Path = Path("our-clauses"), owner: str = "", reason: str = "", like: str = ""
) -> Outcome:
    """Make the folder of a new clause, which passes the check, or of one that deviates from the library's.

    Args:
        identifier: the new clause's id; with ``like`` and the same id it stands in the place of the library's.
        clauses: where the authority's own clauses lie.
        owner: whose clause it is.
        reason: why the clause is needed, or why it deviates.
        like: the library's clause to begin from; empty begins from a small clause that says how.

    Raises:
        TenderkitError: the id cannot be used, the owner or the reason is missing, or the folder holds other files of
            these names.
    """
    from tenderkit.drafting.begin import begin  # noqa: PLC0415 - only here

    files = begin(identifier, Library(), owner=owner, reason=reason, like=like)
    written = write_new(clauses, {f"{identifier}/{name}": text.encode() for name, text in files.items()})
    return Outcome(
        files=written,
        data={"id": identifier},
        next=f"Write the clause in {clauses / identifier}, then run: "
        f"tenderkit clause check {identifier} --clauses {clauses}",
    )
