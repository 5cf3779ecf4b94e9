"""``tenderkit model score``: one model tried on bids in a file, by the engine that decides the award."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_builders import a_bid, a_model, a_price, a_score, a_spec, agreed, library

import tenderkit
from tenderkit.api.bid_table import MOST_BYTES, MOST_ROWS
from tenderkit.cli import main
from tenderkit.evaluation import score
from tenderkit.evaluation.calculator import Entry, Question, Worth, calculate
from tenderkit.problems import Problem, TenderkitError
from tenderkit.quantities import Language

PRICES = "bidder;price\nA;410,00\nB;455\nC;520\n"


def written(folder: Path, text: str | bytes, name: str = "bids.csv") -> Path:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["model", "score", *(str(argument) for argument in arguments)])


def bids_of(model: str, file: Path, **options: Any) -> dict[str, dict[str, Any]]:
    outcome = tenderkit.model_score(model, file, **options)
    return {bid["bidder"]: bid for bid in outcome.data["bids"]}


def problems_of(model: str, file: Path | None, **options: Any) -> list[Problem]:
    with pytest.raises(TenderkitError) as caught:
        tenderkit.model_score(model, file, **options)
    return list(caught.value.problems)


def found(model: str, file: Path | None, **options: Any) -> list[tuple[str, int, str]]:
    return [(problem.id, problem.place.line, problem.place.label) for problem in problems_of(model, file, **options)]


# The calculator


def test_steps_and_results_are_exact() -> None:
    model = a_model("absolute-linear", lo="900", hi="1500")
    answers, problems = calculate(Question(model, [Entry("A", price=Decimal(1100)), Entry("B", price=Decimal(640))]))
    assert problems == []
    assert [(own.steps, own.value, own.rank, own.stage) for own in answers] == [
        ({"share": Fraction(2, 3)}, Fraction(20, 3), 2, ""),
        ({"share": Fraction(43, 30)}, Fraction(10), 1, ""),
    ]


def test_a_result_is_rounded_as_the_model_publishes_it_and_ranked_so() -> None:
    model = a_model("root-ratio", n="2")
    entries = [Entry(name, price=Decimal(price)) for name, price in (("A", "100"), ("B", "200"), ("C", "200.00001"))]
    answers, _ = calculate(Question(model, entries))
    assert [own.value for own in answers] == [10, Fraction("7.071068"), Fraction("7.071068")]
    assert [own.rank for own in answers] == [1, 2, 2]
    assert answers[1].exact != answers[2].exact
    assert round(float(answers[1].exact or 0), 12) == round(50**0.5, 12)


def test_an_offer_beyond_the_cap_counts_as_the_cap_and_one_below_the_floor_is_refused() -> None:
    question = Question(a_model("above-floor"), [Entry("A", offer=Decimal(30))], floor=Fraction(15), cap=Fraction(25))
    assert [own.value for own in calculate(question)[0]] == [10]
    low = Question(a_model("above-floor"), [Entry("A", offer=Decimal(14))], floor=Fraction(15), cap=Fraction(25))
    assert [problem.id for problem in calculate(low)[1]] == ["offer-below-floor"]


def test_everything_that_keeps_a_model_from_being_tried_is_told() -> None:
    entries = [Entry("A", score=Decimal(11)), Entry("B"), Entry("C", score=Decimal(-1))]
    question = Question(a_model("best-score-full-points"), entries)
    assert [problem.id for problem in calculate(question)[1]] == ["score-off-scale", "score-missing", "score-off-scale"]
    ratio = Question(a_model("lowest-ratio"), [Entry("A", price=Decimal(0)), Entry("B", price=Decimal(-2))])
    assert [problem.id for problem in calculate(ratio)[1]] == ["price-refused", "price-refused"]
    assert [problem.id for problem in calculate(Question(a_model("lowest-ratio"), []))[1]] == ["no-bids"]
    award = Question(
        a_model("quality-in-money"), [Entry("A", points={"K1": Decimal(5)})], criteria={"K1": Worth(Fraction(1))}
    )
    assert [problem.id for problem in calculate(award)[1]] == ["amount-missing", "price-missing"]
    none = Question(a_model("weighted-sum"), [Entry("A")])
    assert [problem.id for problem in calculate(none)[1]] == ["criteria-missing"]


def test_a_formula_without_a_value_is_a_problem_with_advice() -> None:
    same = Question(a_model("absolute-linear", lo="5", hi="5"), [Entry("A", price=Decimal(5))])
    answers, (problem,) = calculate(same)
    assert answers == []
    assert problem.id == "formula-division-by-zero"
    assert problem.help


QUICK = settings(max_examples=40, derandomize=True, deadline=None)


@QUICK
@given(st.lists(st.tuples(st.integers(1, 900), st.integers(0, 10), st.integers(0, 10)), min_size=1, max_size=5))
def test_the_calculator_and_the_engine_agree(rows: list[tuple[int, int, int]]) -> None:
    """For a criterion model, and for an award model with stages."""
    bids = [a_bid(f"b{index}", price) for index, (price, _, _) in enumerate(rows)]
    scores = agreed(**{f"b{index}": {"k1": one, "k2": two} for index, (_, one, two) in enumerate(rows)})
    ratio = a_model("lowest-ratio")
    answers, _ = calculate(Question(ratio, [Entry(bid.bidder, price=bid.prices["A"]) for bid in bids]))
    points = {bid.bid.bidder: bid.on("price").points for bid in score(a_spec([a_price("1", ratio)]), bids, {}).ranking}
    assert {own.name: own.value for own in answers} == points
    award = a_model("commission-model", wp="1/2", m="1/2", n="1/5")
    result = score(a_spec([a_score("k1", "3/5"), a_score("k2", "2/5")], award=award, total_places=12), bids, scores)
    entries = [
        Entry(f"b{index}", Decimal(price), points={"k1": Decimal(one), "k2": Decimal(two)})
        for index, (price, one, two) in enumerate(rows)
    ]
    worth = {"k1": Worth(Fraction(3, 5)), "k2": Worth(Fraction(2, 5))}
    answers, problems = calculate(Question(award, entries, criteria=worth))
    assert problems == []
    assert {own.name: own.exact for own in answers if own.exact is not None} == {
        bid.bid.bidder: bid.exact for bid in result.ranking
    }
    assert {own.name: own.stage for own in answers if own.stage} == {
        item.bid.bidder: item.stage for item in result.eliminated
    }


# The file


@pytest.mark.parametrize(
    "text",
    [
        "bidder;price\nA;410,00\nB;1.455,50 kr.\n",
        "bidder,price\nA,410.00\nB,1455.50\n",
        'bidder,price\nA,410\nB,"1,455.50"\n',
        "Bidder\tPRICE\nA\t410\nB\t1455,5\n",
        "\ufeffprice;bidder\r\n410;A\r\n\r\n1455,50;B\r\n",
    ],
)
def test_files_are_read_in_danish_and_in_english_writing(tmp_path: Path, text: str) -> None:
    bids = bids_of("lowest-ratio", written(tmp_path, text))
    assert {name: Decimal(bid["price"]) for name, bid in bids.items()} == {"A": 410, "B": Decimal("1455.5")}


def test_names_of_windows_spreadsheets_are_read(tmp_path: Path) -> None:
    file = written(tmp_path, "bidder;price\nRengøring & Søn;5\n".encode("cp1252"))
    assert list(bids_of("lowest-ratio", file)) == ["Rengøring & Søn"]


def test_every_problem_is_told_at_once_with_line_and_column(tmp_path: Path) -> None:
    text = "bidder;price\nA;1.234\nB;\n;5\nC;0\nC;7\nD;x;9\nE;-3\n"
    assert found("relative-linear", written(tmp_path, text), param=["Y=5%", "Z"]) == [
        ("option-unclear", 0, "--param"),
        ("model-not-published", 0, "--param X"),
        ("unknown-key", 0, "--param Y"),
        ("number-unclear", 2, "price"),
        ("number-unclear", 3, "price"),
        ("bidder-unclear", 4, "bidder"),
        ("price-refused", 5, ""),
        ("bidder-repeated", 6, "bidder"),
        ("row-uneven", 7, ""),
        ("price-refused", 8, ""),
    ]


@pytest.mark.parametrize(
    ("text", "identifier", "said"),
    [
        ("", "bids-empty", "no header"),
        ("bidder;prise\nA;5\n", "column-missing", 'no column "price"'),
        ("bidder;prise;price\nA;5;5\n", "column-unknown", '"prise" has no meaning here'),
        ("bidder;price;Price\nA;5;5\n", "column-repeated", "stands twice"),
        ("bidder;price\n", "no-bids", "no bid"),
        ('bidder;price\n"A;5\n', "broken-csv", "cannot be read"),
        (f"bidder;price\n{'x' * 201};5\n", "bidder-unclear", "1 to 200"),
        ("bidder;price\nA\x07;5\n", "bidder-unclear", "letters and signs"),
        (f"bidder;price\nA;{'9' * 41}\n", "number-unclear", "at most 40 signs"),
        ("bidder;price\n" + "A;5\n" * (MOST_ROWS + 1), "file-too-large", "more than"),
        ("bidder;price\nA;5\n" + " " * MOST_BYTES, "file-too-large", "more than"),
        (b"bidder;price\nA\x81;5\n", "not-text", "no text"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str | bytes, identifier: str, said: str) -> None:
    problems = problems_of("lowest-ratio", written(tmp_path, text))
    assert any(problem.id == identifier and said in problem.message for problem in problems), problems
    assert all(problem.help for problem in problems)


def test_a_missing_file_and_a_missing_option_say_what_is_needed(tmp_path: Path) -> None:
    assert [item[0] for item in found("lowest-ratio", tmp_path / "no.csv")] == ["file-unreadable"]
    assert [item[0] for item in found("lowest-ratio", tmp_path)] == ["file-unreadable"]
    (problem,) = problems_of("quality-in-money", None, amount=["K1=500000"])
    assert "bidder;price;K1" in problem.message


# Options


def test_an_award_model_takes_weights_and_points(tmp_path: Path) -> None:
    file = written(tmp_path, "bidder;price;K1;K2\nA;1000;8;7\nB;1240;9;9\nC;800;5;4,5\n")
    bids = bids_of("extended-richtwert", file, param=["z=5%"], weight=["K1=60 %", "K2=40%"])
    assert [(name, bid["total"], bid["rank"], bid["stage"]) for name, bid in bids.items()] == [
        ("B", "9", 1, ""),
        ("A", "7.6", 2, ""),
        ("C", None, 0, "corridor"),
    ]
    assert bids["B"]["steps"] == {"q": "9", "ratio": "225000/31"}


def test_an_award_in_kroner_takes_amounts(tmp_path: Path) -> None:
    file = written(tmp_path, "bidder,price,K1\nA,5000000,6\nB,5200000,9\n")
    bids = bids_of("quality-in-money", file, amount=["K1=1.000.000"])
    assert {name: bid["total"] for name, bid in bids.items()} == {"A": "4400000", "B": "4300000"}


def test_offers_scores_and_tables_are_taken(tmp_path: Path) -> None:
    offers = written(tmp_path, "bidder;offer\nA;20\nB;31\n")
    found = bids_of("above-floor", offers, floor=Decimal(15), cap=Decimal(25), top=Decimal(100))
    assert {name: bid["points"] for name, bid in found.items()} == {"A": "50", "B": "100"}
    found = bids_of("offer-bands", offers, param=["t=0:0%; 25: 62,5 %; 30:100%"])
    assert {name: bid["points"] for name, bid in found.items()} == {"A": "0", "B": "10"}
    scores = written(tmp_path, "bidder;score\nA;6\nB;8\n")
    found = bids_of("best-score-full-points", scores)
    assert {name: bid["points"] for name, bid in found.items()} == {"A": "7.5", "B": "10"}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"param": ["X=50%", "X=60%"]}, ("option-repeated", "--param X")),
        ({"param": ["X=50"]}, ("wrong-value", "--param X")),
        ({"param": ["X=1%:5%;1%:6%"]}, ("wrong-value", "--param X")),
        ({"param": ["X=50%"], "top": Decimal(0)}, ("wrong-value", "--top")),
        ({"param": ["X=50%"], "weight": ["K1=60%"]}, ("option-unused", "--weight")),
        ({"param": ["X=50%"], "amount": ["K1=5"]}, ("option-unused", "--amount")),
        ({"param": ["X=50%"], "floor": Decimal(0)}, ("option-unused", "--floor")),
        ({"param": ["X=50%"], "cap": Decimal(5)}, ("option-unused", "--cap")),
    ],
)
def test_an_option_that_cannot_be_used_is_named(
    tmp_path: Path, options: dict[str, Any], expected: tuple[str, str]
) -> None:
    (problem,) = problems_of("relative-linear", written(tmp_path, PRICES), **options)
    assert (problem.id, problem.place.label) == expected
    assert problem.help


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"weight": ["K1=60%", "K2=41%"]}, ("weights-not-100", "--weight")),
        ({"weight": ["K1=abc", "K2=40%"]}, ("wrong-value", "--weight K1")),
        ({"weight": ["K1", "K2=40%"]}, ("option-unclear", "--weight")),
        ({"weight": ["K1=60%", "K2=40%"], "amount": ["K1=x"]}, ("wrong-value", "--amount K1")),
        ({"weight": ["K1=60%", "K2=40%", "K2=1%"]}, ("option-repeated", "--weight K2")),
    ],
)
def test_a_wrong_weight_is_told_alone(tmp_path: Path, options: dict[str, Any], expected: tuple[str, str]) -> None:
    """The file's columns are known by the names, also where the share cannot be read."""
    file = written(tmp_path, "bidder;K1;K2\nA;5;6\n")
    (problem,) = problems_of("weighted-sum", file, **options)
    assert (problem.id, problem.place.label) == expected
    assert problem.help


def test_weights_below_the_whole_are_a_warning_that_is_printed(tmp_path: Path) -> None:
    file = written(tmp_path, "bidder;K1;K2\nA;5;6\n")
    (warning,) = tenderkit.model_score("weighted-sum", file, weight=["K1=60%", "K2=30%"]).problems
    assert (warning.id, warning.level) == ("weights-not-100", "warning")
    printed = run("weighted-sum", "--bids", file, "--weight", "K1=60%", "--weight", "K2=30%")
    assert printed.exit_code == 0
    assert "The weights add up to 90 %, not to 100 %." in printed.output
    assert tenderkit.model_score("weighted-sum", file, weight=["K1=60%", "K2=40%"]).problems == []


def test_limits_of_offered_numbers_that_lack_are_asked_for(tmp_path: Path) -> None:
    file = written(tmp_path, "bidder;offer\nA;20\n")
    (problem,) = problems_of("above-floor", file)
    assert (problem.id, problem.help.endswith("--floor 15 --cap 25")) == ("limits-missing", True)
    (problem,) = problems_of("above-floor", file, floor=Decimal(15))
    assert problem.help.endswith("such as --cap 25")


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("", "A blank is not 0."),
        ("1.234", "Write 1234 where the mark parts thousands, or 1.2340 where it is a decimal mark."),
        ("x", "Write it in digits, such as 1234.50 or 1234,50."),
    ],
)
def test_a_number_that_cannot_be_read_is_followed_by_how_to_write_it(tmp_path: Path, cell: str, advice: str) -> None:
    (problem,) = problems_of("lowest-ratio", written(tmp_path, f"bidder;price\nA;{cell}\n"))
    assert problem.help == advice


def test_a_price_of_zero_is_for_the_documents_to_settle(tmp_path: Path) -> None:
    (problem,) = problems_of("lowest-ratio", written(tmp_path, "bidder;price\nA;0\n"))
    assert "The published documents must say what happens to a price of 0" in problem.help
    assert "leave" not in problem.help.lower()


@pytest.mark.parametrize("name", ["offer-bands", "piecewise-linear", "price-bands", "relative-hybrid"])
def test_advice_on_a_table_is_written_as_the_option_takes_it(tmp_path: Path, name: str) -> None:
    definition = library().model(name)
    column, (table,) = definition.input, [key for key, item in definition.parameters.items() if item.rows]
    file = written(tmp_path, f"bidder;{column}\nA;20\n")
    for wrong in ([], [f"{table}=5"], [f"{table}=1:x;2:100%"]):
        advice = [problem.help for problem in problems_of(name, file, param=wrong) if table in problem.place.label]
        assert advice
        for text in advice:
            assert "{" not in text
            shown = text.partition('--param "')[2].rstrip('"')
            others = [f"{key}=10%" for key, item in definition.parameters.items() if not item.rows]
            assert tenderkit.model_score(name, file, param=[shown, *others]).ok


# model show


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", library().ids("model"))
def test_the_page_has_the_whole_model(name: str, language: Language) -> None:
    definition = library().model(name)
    text = tenderkit.model_show(name, language)["text"]
    formulas = [f"  {step} = {written}" for step, written in definition.steps.items()]
    formulas += [f"  {stage.title[language]}: {stage.keep}" for stage in definition.stages.values()]
    others = [f"  {symbol}: {label[language]}" for symbol, label in definition.symbols.items()]
    others += [stage.explain[language] for stage in definition.stages.values()]
    others += [item.ask[language] for item in definition.parameters.values()]
    others += [rule.otherwise[language] for rule in definition.rules]
    assert [part for part in (*formulas, *others) if part not in text] == []
    assert ("\nParameters\n" in text) == bool(definition.parameters)
    assert ("\nStages\n" in text) == bool(definition.stages)
    assert text.count("must be chosen") == sum(item.default is None for item in definition.parameters.values())
    assert text.splitlines()[-1] == f"Next: tenderkit model score {name} --bids prices.csv"


def test_the_page_says_claims_edges_limits_and_defaults_in_words() -> None:
    lines = [line.strip() for line in tenderkit.model_show("commission-model", "en")["text"].splitlines()]
    assert "A loser that leaves can change who wins: yes" in lines
    assert "A value of 0: is refused" in lines
    assert "percent, 1 % to 100 %; default 70 %" in lines
    assert "percent, 5 % to 95 %; must be chosen" in lines
    bands = tenderkit.model_show("offer-bands", "en")["text"]
    assert 'such as --param "t=1:0%;2:50%;5:100%"' in bands


def test_a_column_without_weight_and_a_weight_without_column_are_told(tmp_path: Path) -> None:
    file = written(tmp_path, "bidder;K1\nA;5\n")
    assert [item[0] for item in found("weighted-sum", file, weight=["K2=100%"])] == ["column-missing", "column-unknown"]
    assert bids_of("weighted-sum", file, weight=["k1=100%"])["A"]["total"] == "5"


# The command


def test_the_command_prints_exact_results_best_first_and_the_next_step(tmp_path: Path) -> None:
    file = written(tmp_path, PRICES)
    printed = run("relative-linear", "--bids", file, "--param", "X=60%")
    assert printed.exit_code == 0
    lines = printed.output.splitlines()
    assert "S*MAX(0,1-(P-MIN(Ps))/(X*MIN(Ps)))" in lines[0]
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if line.startswith("│")]
    assert rows == [
        ["1", "A", "410.00", "10"],
        ["2", "B", "455", "8.170732"],
        ["3", "C", "520", "5.528455"],
    ]
    assert lines[1].strip() == "with S = 10; X = 60 %"
    assert lines[-1] == "Next: tenderkit model show relative-linear"


def test_the_table_has_thousands_marks_and_tables_in_words(tmp_path: Path) -> None:
    file = written(tmp_path, "bidder;price;K1\nA;5000000,50;6\n")
    printed = run("quality-in-money", "--bids", file, "--amount", "K1=1000000")
    assert "5,000,000.50" in printed.output
    assert "4,400,000.5 " in printed.output
    offers = written(tmp_path, "bidder;offer\nA;30\n")
    printed = run("offer-bands", "--bids", offers, "--param", "t=0:0%;25:62,5%;30:100%")
    assert "with S = 10; t = 0: 0 %, 25: 62.5 %, 30: 100 %" in printed.output


def test_json_has_the_same_exact_numbers(tmp_path: Path) -> None:
    printed = run("relative-linear", "--bids", written(tmp_path, PRICES), "--param", "X=60%", "--format", "json")
    data = json.loads(printed.stdout)
    assert data["ok"]
    assert data["parameters"] == {"X": "0.6"}
    assert [(bid["bidder"], bid["points"], bid["rank"]) for bid in data["bids"]] == [
        ("A", "10", 1),
        ("B", "335/41", 2),
        ("C", "680/123", 3),
    ]
    failed = run("relative-linear", "--bids", written(tmp_path, "bidder;price\nA;x\n"), "--format", "json")
    assert failed.exit_code == 1
    assert [problem["id"] for problem in json.loads(failed.stdout)["problems"]] == [
        "model-not-published",
        "number-unclear",
    ]


def test_names_from_a_file_are_printed_as_they_are(tmp_path: Path) -> None:
    odd = "[bold]=1+1{x}%s"
    printed = run("lowest-ratio", "--bids", written(tmp_path, f"bidder;price\n{odd};5\n"))
    assert odd in printed.output


def test_an_unknown_model_names_the_nearest(tmp_path: Path) -> None:
    printed = run("relative-linaer", "--bids", written(tmp_path, PRICES))
    assert printed.exit_code == 1
    assert 'Did you mean "relative-linear"?' in printed.output
    assert "relative-linear" in library().ids("model")
