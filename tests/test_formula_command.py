"""``tenderkit formula`` and the page on the formula language: every number on the page is calculated here."""

from __future__ import annotations

import json
import re
import shlex
from fractions import Fraction

import pytest
from cases import ROOT
from click.testing import CliRunner, Result

import tenderkit
from tenderkit.cli import main
from tenderkit.formula import evaluate, names_in, parse
from tenderkit.formula.functions import FUNCTIONS
from tenderkit.problems import TenderkitError

PAGE = (ROOT / "docs" / "reference" / "formulas.md").read_text(encoding="utf-8")
SPACE = "\u00a0"


def run(*arguments: str) -> Result:
    """Run the command in this process."""
    result = CliRunner().invoke(main, ["formula", *arguments], prog_name="tenderkit")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def problems(expression: str, *values: str) -> list[str]:
    """Give the ids and messages of what is wrong."""
    with pytest.raises(TenderkitError) as caught:
        tenderkit.formula_value(expression, values)
    return [f"{problem.id}: {problem.message} {problem.help}" for problem in caught.value.problems]


# What is printed


def test_value_excel_text_and_sentence_are_printed() -> None:
    result = run("S*MIN(Ps)/P", "--set", "S=40", "--set", "P=110", "--set", "Ps=100; 110; 130")
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "  S = 40",
        "  P = 110",
        "  Ps = 100; 110; 130",
        "Value:    36.363636363636363636 (rounded; exactly 400/11)",
        "Excel:    =S*MIN(Ps)/P",
        "In words: Resultatet er S ganget med den laveste P blandt de antagelige tilbud og divideret med P.",
        "Next: tenderkit model list shows the formulas that are ready to be published.",
    ]


def test_json_has_the_same() -> None:
    told = run("S*STEPS(P,band)", "--set", "S=10", "--set", "P=3", "--set", "band=-1:50%;2,5:0,25", "--format", "json")
    data = json.loads(told.stdout)
    assert (data["ok"], data["value"], data["fraction"], data["exact"]) == (True, "2.5", "5/2", True)
    assert data["excel"] == "S*IF(ROUND(P,12)>=2.5,0.25,0.5)"
    assert data["words"].startswith("Resultatet er S ganget med (den værdi, der i tabellen band står ved")
    assert data["values"] == {"S": "10", "P": "3", "band": [["-1", "0.5"], ["2.5", "0.25"]]}
    english = run("STEPS(P,band)", "--set", "P=3", "--set", "band=0:1;2:5", "--language", "en").output
    assert "the value that stands in the table band at the highest limit not exceeding P" in english


@pytest.mark.parametrize(
    ("expression", "values", "line"),
    [
        ("P/8", ["P=1"], "0.125"),
        ("-(P+1)", ["P=2"], "-3"),
        ("P/3", ["P=-2"], "-0.66666666666666666667 (rounded; exactly -2/3)"),
        ("EXP(P)", ["P=1"], "2.7182818284590452353602874713526624977572470937 (rounded to 50 digits)"),
        ("EXP(P)/3", ["P=1"], "0.90609394281968174512 (rounded)"),
        ("P^0.5", ["P=4"], "2"),
        ("10^P", ["P=400"], "1.0000000000000000000E+400 (rounded)"),
        ("P-P", ["P=0,10"], "0"),
    ],
)
def test_values_say_how_exact_they_are(expression: str, values: list[str], line: str) -> None:
    outcome = tenderkit.formula_value(expression, values)
    assert outcome.lines[len(values)] == f"Value:    {line}"


def test_values_with_and_without_an_end_are_told_apart() -> None:
    rational = tenderkit.formula_value("P/3", ["P=1"]).data
    assert (rational["exact"], rational["fraction"]) == (True, "1/3")
    rounded = tenderkit.formula_value("LN(P)", ["P=2"]).data
    assert (rounded["exact"], rounded["fraction"]) == (False, None)
    assert len(rounded["value"]) == 52


def test_criteria_are_written_out_with_a_number_each() -> None:
    outcome = tenderkit.formula_value("SUM_CRITERIA(w*p)-X", ["w=60%; 40%", "p=8; 7,5", "X=1"])
    assert (outcome.data["value"], outcome.data["excel"]) == ("6.8", "w_1*p_1+w_2*p_2-X")


# How values are read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("P=7,5", "7.5"),
        ("P=7.5", "7.5"),
        (" P = 1.250.000 ", "1250000"),
        ("P=12,5 %", "0.125"),
        ("P=1.234 kr.", "1234"),
        ("P=-3", "-3"),
    ],
)
def test_a_number_is_danish_or_english(written: str, read: str) -> None:
    assert tenderkit.formula_value("P", [written]).data["values"] == {"P": read}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("100; 107,50; 140", ["100", "107.5", "140"]),
        ("1.5;2", ["1.5", "2"]),
        ("100,120,140", ["100", "120", "140"]),
        ("950,1000", ["950", "1000"]),
        ("1.5,2", ["1.5", "2"]),
        ("8, 7,5", ["8", "7.5"]),
        ("50%,12.5%", ["0.5", "0.125"]),
        ("7,5;", ["7.5"]),
        ("8", ["8"]),
    ],
)
def test_a_list_is_parted_where_it_can_be_read_in_one_way(written: str, read: list[str]) -> None:
    assert tenderkit.formula_value("SUM(Ps)", [f"Ps={written}"]).data["values"] == {"Ps": read}


@pytest.mark.parametrize(
    "written",
    ["1,5", "8,6,7", "100,95", "1,234", "8,150,000", "100,050", "1,234.5", "1.234,50", "12,5%,20%", "1.234;2"],
)
def test_a_list_that_can_be_read_in_two_ways_is_asked_about(written: str) -> None:
    assert [text.partition(":")[0] for text in problems("SUM(Ps)", f"Ps={written}")] == ["formula-value-ambiguous"]


def test_the_question_shows_how_to_write_it() -> None:
    [told] = problems("SUM(Ps)", "Ps=1,5")
    assert '"1,5" can be 2 numbers, or have a decimal comma or a thousands mark.' in told
    assert told.endswith('Write --set "Ps=1; 5" for 2 numbers. With decimal commas: "7,5; 8".')
    assert "write 1.2340 when it is a decimal mark" in problems("P", "P=1.234")[0]


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        ("0:100%,50%:0%", [["0", "1"], ["0.5", "0"]]),
        ("0:10; 2,5:6; 4:0", [["0", "10"], ["2.5", "6"], ["4", "0"]]),
    ],
)
def test_a_table_has_rows_of_edge_and_value(written: str, rows: list[list[str]]) -> None:
    assert tenderkit.formula_value("STEPS(P,T)", ["P=1", f"T={written}"]).data["values"]["T"] == rows


# What is wrong


def test_every_name_without_a_value_is_told_at_once() -> None:
    result = run("S*MIN(Ps)/P+STEPS(q,band)+SUM_CRITERIA(w)", "--set", "q=1")
    assert result.exit_code == 1
    assert set(re.findall(r"Add (--set .*)\.\n", result.output)) == {
        "--set S=VALUE",
        '--set "Ps=VALUE; VALUE"',
        "--set P=VALUE",
        '--set "band=EDGE:VALUE; EDGE:VALUE"',
        '--set "w=VALUE; VALUE"',
    }


def test_all_that_is_wrong_with_the_values_is_told_at_once() -> None:
    given = ("P=abc", "Ps=1,5", "band=1:2,3", "q", "=3", "S=1", "S=2", "Ps2=3")
    told = problems("S*MIN(Ps)/P+STEPS(P,band)", *given)
    ids = sorted(text.partition(":")[0] for text in told)
    assert ids == [
        "formula-value-ambiguous",
        "formula-value-twice",
        "formula-value-unreadable",
        "formula-value-unreadable",
        "formula-value-unreadable",
        "formula-value-unreadable",
        "formula-value-unused",
    ]
    assert 'Did you mean "Ps"?' in "".join(told)


def test_a_value_that_is_not_needed_is_a_warning() -> None:
    result = run("P", "--set", "P=1", "--set", "Q=2")
    assert result.exit_code == 0
    assert 'warning formula-value-unused: "Q" is not in the formula' in result.output
    assert "Value:    1\n" in result.output


@pytest.mark.parametrize(
    ("expression", "values", "problem"),
    [
        ("1+*2", [], "formula-unexpected: Column 3"),
        ("P/0", ["P=1"], "formula-division-by-zero: Column 2"),
        ("STEPS(P,T)", ["P=1", "T=2:1,1:3"], "formula-table-broken"),
        ("SUM_CRITERIA(w*p)", ["w=1; 2", "p=1"], "formula-wrong-kind"),
        ("P", ["P=1;2"], "formula-value-unreadable"),
        ("SUM(Ps)", ["Ps=1;;2"], "formula-value-unreadable"),
    ],
)
def test_what_has_no_value_is_a_problem(expression: str, values: list[str], problem: str) -> None:
    arguments = [part for value in values for part in ("--set", value)]
    result = run(expression, *arguments)
    assert result.exit_code == 1
    assert problem in result.output
    told = json.loads(run(expression, *arguments, "--format", "json").stdout)
    assert told["problems"][0]["id"] == problem.partition(":")[0]


def test_wrong_use_is_exit_code_2() -> None:
    assert run().exit_code == 2
    assert run("P", "--langauge", "en").exit_code == 2


# The page on the language


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


ROWS = [cells(line) for line in PAGE.splitlines() if line.startswith("| `")]
EXAMPLES = [match.groups() for row in ROWS if (match := re.fullmatch(r"`(.+)` = `(.+)`", row[-1]))]
EXCEL = [cells(line) for line in PAGE.partition("\n## In Excel\n")[2].partition("\n## ")[0].splitlines()[6:]]


def of_page(expression: str) -> list[str]:
    """Give the page's values that a formula needs."""
    block = re.search(r'^```text title="values"\n(.*?)^```', PAGE, re.MULTILINE | re.DOTALL)
    assert block
    names = {text.partition("=")[0]: text for text in block[1].splitlines()}
    return [names[name] for name in names_in(parse(expression))]


@pytest.mark.parametrize(("expression", "value"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_every_example_of_the_page_has_its_value(expression: str, value: str) -> None:
    shown = tenderkit.formula_value(expression, of_page(expression)).data["value"]
    assert shown.startswith(value.removesuffix("…")) if value.endswith("…") else shown == value


def test_the_page_has_every_function_with_an_example() -> None:
    assert len(EXAMPLES) >= len(FUNCTIONS) + 4
    calculated = " ".join(text for text, _ in EXAMPLES)
    described = " ".join(row[0] for row in ROWS)
    assert not [name for name in FUNCTIONS if f"`{name}(" not in described or f"{name}(" not in calculated]
    rounded = {name for row in ROWS if row[1].endswith("*50 digits*") for name in re.findall(r"`(\w+)\(", row[0])}
    assert rounded == {name for name, function in FUNCTIONS.items() if not function.rational}


def test_the_page_shows_what_excel_gets() -> None:
    pairs = [(row[0].strip("`"), row[1].strip("`")) for row in EXCEL if row[0].startswith("`")]
    assert len(pairs) == 10
    for expression, written in pairs:
        assert tenderkit.formula_value(expression, of_page(expression)).data["excel"] == written


def test_the_sessions_of_the_page_are_what_happens() -> None:
    sessions = re.findall(r"^```console\n\$ tenderkit formula (.*?)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert len(sessions) == 2
    for command, printed in sessions:
        output = run(*shlex.split(command)).output.replace(SPACE, " ")
        assert all(line in output for line in printed.splitlines())


def test_the_python_line_of_the_page_holds() -> None:
    assert evaluate("S*MIN(Ps)/P", S=40, P=110, Ps=[100, 110, 130]) == Fraction(400, 11)
    assert 'evaluate("S*MIN(Ps)/P", S=40, P=110, Ps=[100, 110, 130])` gives `Fraction(400, 11)`' in PAGE
