"""The work of those who keep clauses: lists, the desk, comparisons, faults, and an authority's own clauses."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from cases import EXAMPLE, cleaning
from click.testing import CliRunner, Result
from docx import Document
from docx_lint import lint
from lxml import etree

from tenderkit import api, word
from tenderkit.cli import main
from tenderkit.drafting.desk import desk
from tenderkit.drafting.difference import difference
from tenderkit.drafting.draft import Draft
from tenderkit.drafting.plain import plain
from tenderkit.drafting.redline import as_document, as_text
from tenderkit.drafting.review import review, searches
from tenderkit.drafting.view import View, view
from tenderkit.library import FrozenContent, Library, installed
from tenderkit.library.editions import Overlaid
from tenderkit.problems import TenderkitError

LIBRARY = Library()
OWNER = ["--owner", "Eksempel Kommune", "--reason", "Vi vil det"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="tenderkit")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def changed(**files: tuple[str, str]) -> Library:
    """Give the library with pieces of the contact-person clause replaced, by file."""
    content = installed()
    texts = {}
    for name, (old, new) in files.items():
        path = f"clauses/contact-person/{name.replace('_', '.')}"
        text = content.read(path)
        assert old in text, old
        texts[path] = text.replace(old, new, 1)
    return Library(Overlaid(content, texts, "changed"))


def found(library: Library) -> set[str]:
    return {problem.id for problem in review(Draft("contact-person", library, cleaning()))}


# Lists


def test_the_list_has_every_clause_and_filters_by_what_a_purchase_is() -> None:
    everything = {row["id"] for row in api.clause_list()}
    assert everything == set(LIBRARY.ids("clause"))
    short = {row["id"] for row in api.clause_list(kind="services", months=12)}
    assert "job-guarantee" not in short
    assert "labour-clause" in short
    assert {row["id"] for row in api.clause_list(topic="training")} >= {"trainee-quota", "igu"}
    assert "job-guarantee" in {row["id"] for row in api.clause_list(use="award-criterion")}
    goods = {row["id"] for row in api.clause_list(kind="goods", value=Decimal(1_000_000))}
    assert "job-guarantee" not in goods


def test_the_list_reads_values_as_danes_write_them_and_refuses_what_is_no_number() -> None:
    assert run("clause", "list", "--value", "5.000.000").exit_code == 0
    assert run("clause", "list", "--value", "much").exit_code == 2


# The desk


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("identifier", LIBRARY.ids("clause"))
def test_the_desk_leaves_nothing_of_a_clause_out(identifier: str, language: str) -> None:
    shown = view(identifier, LIBRARY, language)  # type: ignore[arg-type]  # two languages
    clause = LIBRARY.clause(identifier)
    page = plain(desk(shown, LIBRARY).blocks)
    words = " ".join(page.split())
    for name in clause.parameters:
        assert f"{name} |" in page
    for parameter in clause.parameters.values():
        assert " ".join(parameter.ask[language].split()) in words
    for name in shown.points():
        assert name in LIBRARY.text(f"clauses/{identifier}/{language}.md")
    assert set(shown.points()) == set(Draft(identifier, LIBRARY, cleaning()).points[language])  # type: ignore[index]
    assert "{%" not in page
    assert "{{" not in page


def test_a_condition_is_told_in_words_with_the_options_names() -> None:
    page = plain(desk(view("trainee-quota", LIBRARY, "da"), LIBRARY).blocks)
    assert "‹Hvis method er »fast antal«:›" in page
    assert "‹slut›" in page


def test_the_desks_word_file_is_sound_and_holds_the_guidance(tmp_path: Path) -> None:
    file = tmp_path / "clause.docx"
    result = run("clause", "show", "trainee-quota", "--docx", file)
    assert result.exit_code == 0, result.output
    assert list(lint(file.read_bytes())) == []
    with zipfile.ZipFile(file) as package:
        assert "Omregningstallet" in Document(str(file)).element.xml
        assert "word/comments.xml" in package.namelist()
    again = run("clause", "show", "trainee-quota", "--docx", file)
    assert again.exit_code == 0
    file.write_bytes(b"a lawyer's notes")
    assert "file-exists" in run("clause", "show", "trainee-quota", "--docx", file).output
    assert file.read_bytes() == b"a lawyer's notes"


# Comparisons


def compare(library: Library, identifier: str = "contact-person") -> tuple[View, View]:
    return view(identifier, LIBRARY, "da"), view(identifier, library, "da")


def test_equal_texts_have_no_difference() -> None:
    assert not difference(*compare(LIBRARY))


def test_a_difference_names_changed_added_and_removed_points_and_the_data() -> None:
    text = LIBRARY.text("clauses/contact-person/da.md")
    name = text.split("{#needs-early}\n")[1].split("\n")[0]
    library = changed(
        da_md=("{#needs-early}\n" + name, "{#needs-sooner}\nLeverandøren skal melde sine behov straks."),
        clause_yaml=("default: 7", "default: 9"),
    )
    found = difference(*compare(library))
    assert found.points["needs-early"] == "removed"
    assert found.points["needs-sooner"] == "added"
    assert [(item.where, item.old, item.new) for item in found.data] == [("parameters.match_days.default", "7", "9")]
    shown = as_text(found)
    assert "{+Leverandøren skal melde sine behov straks.+}" in shown
    assert "[-Leverandøren" in shown


def test_only_the_words_that_changed_are_marked() -> None:
    library = changed(da_md=("Leverandøren skal", "Leverandøren skal altid"))
    shown = as_text(difference(*compare(library)))
    assert "{+altid +}" in shown or "{+ altid+}" in shown
    assert "[-" not in shown


def accepted(data: bytes, *, keep: str, drop: str) -> str:
    """Give a document's text with all changes of one kind taken away and those of the other kept."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    for node in list(root.iter(f"{W}{drop}")):
        parent = node.getparent()
        if parent is not None and parent.tag != f"{W}rPr":
            parent.remove(node)
    assert keep
    return "".join(node.text or "" for node in root.iter(f"{W}t", f"{W}delText"))


def test_word_shows_tracked_changes_that_give_the_old_text_or_the_new() -> None:
    library = changed(da_md=("Leverandøren skal", "Leverandøren skal altid og straks"))
    found = difference(*compare(library))
    data = word.render(as_document(found, ("1", "2"), library))
    assert list(lint(data)) == ["leftovers: tracked changes"]
    new, old = accepted(data, keep="ins", drop="del"), accepted(data, keep="del", drop="ins")
    assert "Leverandøren skal altid og straks" in new
    assert "altid og straks" not in old
    assert data == word.render(as_document(found, ("1", "2"), library))


def test_the_diff_finds_what_a_case_published(tmp_path: Path) -> None:
    case = tmp_path / "case"
    api.new(case)
    api.build(case, final=True, page_numbers="no")
    result = run("clause", "diff", "job-guarantee", "--old", case, "--docx", tmp_path / "changes.docx")
    assert result.exit_code == 0, result.output
    assert "The two texts say the same." in result.output
    assert (tmp_path / "changes.docx").exists()


def test_the_diff_says_what_it_can_compare_with(tmp_path: Path) -> None:
    assert "no-earlier-edition" in run("clause", "diff", "job-guarantee").output
    assert "unknown-edition" in run("clause", "diff", "job-guarantee", "--old", "7").output
    assert "unknown-clause" in run("clause", "diff", "job-garantee").output
    assert run("clause", "diff", "job-guarantee", "--old", tmp_path).exit_code == 1


def test_an_earlier_edition_lies_in_the_clauses_folder() -> None:
    content = installed()
    folder = "clauses/contact-person"
    texts = {
        f"{folder}/editions/1/{name}": content.read(f"{folder}/{name}") for name in ("clause.yaml", "da.md", "en.md")
    }
    texts[f"{folder}/clause.yaml"] = content.read(f"{folder}/clause.yaml").replace("edition: 1", "edition: 2", 1)
    texts[f"{folder}/da.md"] = content.read(f"{folder}/da.md").replace("Leverandøren skal", "Leverandøren skal nu", 1)
    files = {path: content.read(path) for path in content.paths()} | texts
    library = Library(FrozenContent(files))
    from tenderkit.library.editions import earlier_editions, edition  # noqa: PLC0415 - used here only

    assert earlier_editions(library.content, "contact-person") == [1]
    old = Library(edition(library.content, "contact-person", 1))
    assert old.clause("contact-person").edition == 1
    assert difference(view("contact-person", old, "da"), view("contact-person", library, "da")).points


# Faults


def test_a_sound_clause_has_no_fault() -> None:
    assert len(searches()) > 12
    assert found(LIBRARY) == set()


@pytest.mark.parametrize(
    ("fault", "files"),
    [
        ("clause-name-unknown", {"clause_yaml": ("topic: cooperation", "topic: cooking")}),
        ("clause-name-unknown", {"clause_yaml": ("point: needs-early", "point: needs-late")}),
        ("clause-number-twice", {"clause_yaml": ("no: 2", "no: 1")}),
        ("clause-prefix-taken", {"clause_yaml": ("prefix: KP", "prefix: JG")}),
        ("clause-value-wrong", {"clause_yaml": ("default: 7", "default: 700")}),
        ("clause-parameter-unused", {"clause_yaml": ("parameters:\n", "parameters:\n  idle: {type: count, default: 1, ask: {da: A, en: B}}\n")}),
        ("clause-example-missing", {"clause_yaml": ("    default: 7\n", "")}),
        ("clause-advice-broken", {"clause_yaml": ("when: matching = 1", "when: matchings = 1")}),
        ("clause-languages-differ", {"en_md": ("{#needs-early}", "{#needs-sooner}")}),
        ("clause-languages-differ", {"en_md": ("The Supplier", "The Supplier's 24")}),
        ("clause-reference-dangles", {"da_md": ("](#name-supplier)", "](#name-nobody)")}),
        ("clause-text-breaks", {"da_md": ("Leverandøren skal", "Leverandøren  skal")}),
        ("clause-point-vanishes", {"da_md": ("{#needs-early}\n", "{% if evaluation_survey %}\n{#needs-early}\n") }),
        ("clause-term-means-two-things", {"da_md": ("»Kontaktpersonen«:", "»Deltager«: enhver.\n3. »Kontaktpersonen«:")}),
    ],
)  # fmt: skip
def test_each_fault_is_found(fault: str, files: dict[str, tuple[str, str]]) -> None:
    if fault == "clause-point-vanishes":
        text = installed().read("clauses/contact-person/da.md")
        start = text.index("{#needs-early}")
        end = text.index("\n\n", start)
        point = text[start:end]
        files = {"da_md": (point, f"{{% if evaluation_survey %}}\n{point}\n{{% endif %}}")}
    assert fault in found(changed(**files))


# House clauses


def test_a_new_clause_passes_the_check(tmp_path: Path) -> None:
    house = tmp_path / "house"
    assert run("clause", "new", "site-visits", "--clauses", house, *OWNER).exit_code == 0
    result = run("clause", "check", "--clauses", house)
    assert result.exit_code == 0, result.output
    assert "0 found" in result.output
    assert "site-visits" in {row["id"] for row in api.clause_list(clauses=house)}


def test_a_deviation_is_marked_in_the_documents_and_told_by_the_check(tmp_path: Path) -> None:
    house = tmp_path / "house"
    assert run("clause", "new", "contact-person", "--like", "contact-person", "--clauses", house, *OWNER).exit_code == 0
    text = (house / "contact-person" / "clause.yaml").read_text(encoding="utf-8")
    assert "edition: 1\n  reason" in text
    result = run("clause", "diff", "contact-person", "--clauses", house)
    assert "The two texts say the same." in result.output
    case = tmp_path / "case"
    api.new(case)
    with (case / "tender.yaml").open("a", encoding="utf-8") as stream:
        stream.write("\nhouse_clauses: ../house\n")
    problems = {problem.id for problem in api.check(case).problems}
    assert "house-clause-used" in problems
    assert "house-clause-used" not in {problem.id for problem in api.check(new_case(tmp_path)).problems}
    api.build(case, page_numbers="no")
    specification = next((case / "draft").glob("Bilag_A*.docx"))
    words = " ".join(
        cell.text for table in Document(str(specification)).tables for row in table.rows for cell in row.cells
    )
    assert "afviger fra klausulbibliotekets udgave 1" in words.replace("\u00a0", " ")
    with zipfile.ZipFile(next((case / "draft").glob("Bilag_B*nord.docx"))) as package:
        assert "Vi vil det" in package.read("word/comments.xml").decode()


def new_case(tmp_path: Path) -> Path:
    case = tmp_path / "plain"
    api.new(case)
    return case


def test_the_option_lays_a_folder_over_the_library_as_the_line_does(tmp_path: Path) -> None:
    house = tmp_path / "house"
    run("clause", "new", "contact-person", "--like", "contact-person", "--clauses", house, *OWNER)
    result = run("check", new_case(tmp_path), "--clauses", house, "--format", "json")
    assert "house-clause-used" in {problem["id"] for problem in json.loads(result.output)["problems"]}


@pytest.mark.parametrize("name", ["../x", "Å", "UPPER", "a b", "x" * 41])
def test_an_id_cannot_lead_out_of_the_folder(tmp_path: Path, name: str) -> None:
    result = run("clause", "new", name, "--clauses", tmp_path / "house", *OWNER)
    assert result.exit_code == 1
    assert "wrong-clause-id" in result.output
    assert not list(tmp_path.iterdir())


def test_an_empty_or_missing_folder_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(TenderkitError, match="holds no clause"):
        api.clause_list(clauses=tmp_path)
    with (case := new_case(tmp_path) / "tender.yaml").open("a", encoding="utf-8") as stream:
        stream.write("\nhouse_clauses: nowhere\n")
    with pytest.raises(TenderkitError, match="does not exist"):
        api.check(case.parent)


def test_links_and_other_files_in_the_folder_are_not_read(tmp_path: Path) -> None:
    house = tmp_path / "house"
    run("clause", "new", "site-visits", "--clauses", house, *OWNER)
    (house / "linked").symlink_to(house / "site-visits")
    (house / "vocabulary.yaml").write_text("topics: {}\n", encoding="utf-8")
    ids = {row["id"] for row in api.clause_list(clauses=house) if row["own"]}
    assert ids == {"site-visits"}
    assert EXAMPLE.exists()


def test_the_diff_finds_what_a_final_agreement_has(tmp_path: Path) -> None:
    folder = tmp_path / "placement"
    api.new(folder, example="placement")
    assert "clause-not-published" in run("clause", "diff", "work-placement", "--old", folder).output
    api.build(folder, final=True, page_numbers="no")
    result = run("clause", "diff", "work-placement", "--old", folder)
    assert "The two texts say the same." in result.output


def test_a_word_file_must_be_called_one(tmp_path: Path) -> None:
    result = run("clause", "show", "igu", "--docx", tmp_path / "igu.txt")
    assert result.exit_code == 2
    assert "must end in .docx" in result.output
    assert not list(tmp_path.iterdir())


def test_an_open_value_is_told_once_with_its_line(tmp_path: Path) -> None:
    case = new_case(tmp_path)
    text = (case / "tender.yaml").read_text(encoding="utf-8")
    old = "  address: Rådhustorvet 1, 9999 Egelund"
    assert old in text
    (case / "tender.yaml").write_text(text.replace(old, '  address: ""', 1), encoding="utf-8")
    gaps = [problem for problem in api.check(case).problems if problem.id == "value-missing"]
    assert [(gap.message, gap.place.line > 0) for gap in gaps] == [('"authority.address" is not given.', True)]
