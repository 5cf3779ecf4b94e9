"""``model test``: the report on the terminal, in the memo and as data; tenders, models alone, and what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cases import example_text
from click.testing import CliRunner, Result
from word_xml import xml

from tenderkit import model_test
from tenderkit.api.testing import Asked, try_out
from tenderkit.assembly.document import assemble
from tenderkit.assembly.stress import StressContext, said, said_share
from tenderkit.cli import main
from tenderkit.library import Library
from tenderkit.package import read_parts
from tenderkit.problems import TenderkitError
from tenderkit.stress.finding import Value
from tenderkit.word import render

FEW = 400
LIBRARY = Library()


def command(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["model", "test", *arguments])


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("case")
    (folder / "tender.yaml").write_text(example_text(), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def contexts(case: Path) -> list[StressContext]:
    return try_out(str(case), Asked(tenders=FEW))[1]


def text_of(data: bytes) -> str:
    return " ".join(
        "".join(str(text) for text in node.itertext()) for node in xml(data).iter() if str(node.tag).endswith("}p")
    )


def test_every_lot_gets_a_memo_with_charts_that_say_what_they_show(case: Path, contexts: list[StressContext]) -> None:
    assert [context.report.spec.lot for context in contexts] == ["nord", "syd"]
    for context in contexts:
        data = (case / "model-test" / f"Test_af_evalueringsmodellen_{context.report.spec.lot}.docx").read_bytes()
        pictures = [part for part in read_parts(data, "memo") if part.startswith("word/media/")]
        described = [node.get("descr") for node in xml(data).iter() if str(node.tag).endswith("}docPr")]
        assert len(pictures) == len(described) >= 4
        assert all(described)
        text = text_of(data)
        assert "Pris" in text
        assert "Faldgruber" in text
        for finding in context.report.findings:
            assert LIBRARY.pitfall(finding.pitfall).title.da in text


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_memo_says_the_same_in_both_languages(contexts: list[StressContext], language: str) -> None:
    context = contexts[0]
    other = StressContext(context.report, LIBRARY, language, "2026-12-01", title="Rengøring", reference="1")  # type: ignore[arg-type]
    document = assemble("model-test", other)
    assert document.title == ("Test af evalueringsmodellen" if language == "da" else "Test of the evaluation model")
    assert render(document) == render(document)
    kinds = [type(block).__name__ for block in document.blocks]
    assert kinds == [type(block).__name__ for block in assemble("model-test", context).blocks]


def test_every_word_for_a_change_is_in_both_languages() -> None:
    source = Path(__file__).parent.parent / "tenderkit" / "stress"
    words = set()
    for file in source.rglob("*.py"):
        words |= set(re.findall(r'\b(?:shown|shown_change|Example)\(\s*"([a-z-]+)"', file.read_text(encoding="utf-8")))
    assert len(words) > 10
    for language in ("da", "en"):
        known = LIBRARY.strings(language)["stress"]["change"]
        assert words <= set(known)


def test_the_terminal_tells_findings_numbers_and_the_next_step(case: Path) -> None:
    result = command(str(case), "--lot", "nord", "--tenders", str(FEW))
    assert result.exit_code == 0, result.output
    for part in ("made-up tenders", "Weight", "Real share", "One point (kr.)", "Other price models", "Next: "):
        assert part in result.output
    assert "K1 Drift" in result.output


def test_the_same_seed_gives_the_same_data_and_another_does_not(case: Path) -> None:
    def data(seed: str) -> dict[str, Any]:
        result = command(str(case), "--lot", "nord", "--tenders", str(FEW), "--seed", seed, "--format", "json")
        made: dict[str, Any] = json.loads(result.output)["tests"]
        return made

    first = data("1")
    assert first == data("1")
    assert first != data("2")


def test_a_model_alone_needs_to_know_what_prices_to_expect() -> None:
    result = command("relative-linear", "--param", "X=50%", "--format", "json")
    assert result.exit_code == 1
    assert [problem["id"] for problem in json.loads(result.output)["problems"]] == ["prices-missing"]


def test_a_model_alone_is_tested_and_its_memo_written(tmp_path: Path) -> None:
    memo = tmp_path / "memo.docx"
    asked = ("--prices", "900000..1500000", "--tenders", str(FEW), "--memo", str(memo))
    result = command("min-max", *asked)
    assert result.exit_code == 0, result.output
    assert "P06" in result.output
    assert memo.read_bytes().startswith(b"PK")


def test_an_open_parameter_is_itself_a_pitfall() -> None:
    found = try_out("relative-linear", Asked(prices="900000..1500000", tenders=FEW))[1][0].report.findings
    assert "slope-chosen-later" in {finding.pitfall for finding in found}
    chosen = Asked(prices="900000..1500000", tenders=FEW, param=("X=66%",))
    found = try_out("relative-linear", chosen)[1][0].report.findings
    assert "slope-chosen-later" not in {finding.pitfall for finding in found}


def test_an_open_parameter_of_a_tender_is_filled_and_told(tmp_path: Path) -> None:
    text = example_text().replace("    parameters: {X: 50 %}\n", "")
    (tmp_path / "tender.yaml").write_text(text, encoding="utf-8")
    outcome = model_test(str(tmp_path), lot="nord", tenders=FEW)
    found = outcome.data["tests"]["nord"]["findings"]
    assert "slope-chosen-later" in {finding["pitfall"] for finding in found}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["no-such-thing", "--prices", "1..2"], "unknown-model"),
        (["above-floor", "--prices", "1000..2000"], "model-not-alone"),
        (["min-max", "--prices", "1000-2000"], "wrong-value"),
        (["min-max", "--prices", "2000..1000"], "market-price-range"),
        (["min-max", "--prices", "1000..2000", "--bids", "3"], "wrong-value"),
        (["min-max", "--prices", "1000..2000", "--weight", "120%"], "wrong-value"),
        (["min-max", "--prices", "1000..2000", "--tenders", "0"], "wrong-value"),
        (["relative-linear", "--prices", "1000..2000", "--param", "X"], "wrong-value"),
        (["relative-linear", "--prices", "1000..2000", "--param", "Y=1"], "unknown-key"),
    ],
)
def test_what_cannot_be_tested_is_said(arguments: list[str], problem: str) -> None:
    result = command(*arguments, "--format", "json")
    assert result.exit_code == 1
    told = json.loads(result.output)["problems"]
    assert problem in {each["id"] for each in told}
    assert all(each["help"] for each in told if each["id"] == problem)


@pytest.mark.parametrize(
    ("practice", "pitfall"),
    [
        (["--option", "forlængelse"], "options-without-weight"),
        (["--packages"], "lots-and-packages"),
        (["--scores", "mean"], "averaged-scores"),
    ],
)
def test_another_practice_is_told(case: Path, practice: list[str], pitfall: str) -> None:
    result = command(str(case), "--lot", "nord", "--tenders", "3000", "--format", "json", *practice)
    found = json.loads(result.output)["tests"]["nord"]["findings"]
    assert pitfall in {each["pitfall"] for each in found}


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--prices", "16000000..24000000"], "prices-for-which-lot"),
        (["--param", "X=60%"], "wrong-option"),
        (["--weight", "60%"], "wrong-option"),
        (["--memo", "memo.docx"], "wrong-option"),
    ],
)
def test_an_option_that_would_mislead_is_refused(case: Path, options: list[str], problem: str) -> None:
    result = command(str(case), "--format", "json", *options)
    assert [each["id"] for each in json.loads(result.output)["problems"]] == [problem]


def test_a_memo_is_a_word_file() -> None:
    result = command("min-max", "--prices", "1000..2000", "--memo", "memo.pdf", "--lot", "nord", "--format", "json")
    assert {each["id"] for each in json.loads(result.output)["problems"]} == {"wrong-value", "wrong-option"}


def test_a_lot_that_is_not_there_is_said(case: Path) -> None:
    with pytest.raises(TenderkitError, match='There is no lot "vest"'):
        model_test(str(case), lot="vest")


def test_values_are_said_in_the_language() -> None:
    assert said(Value("money", 1234567), "da") == "1.234.567\u00a0kr."
    assert said(Value("count", 1200), "en") == "1,200"
    assert said(Value("points", 7), "da") == "7"
    assert said_share(0.00001, "da") == "<0,1\u00a0%"
