"""YAML read as text with lines: no value is guessed, every problem has its place."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from tenderkit import quantities
from tenderkit.problems import TenderkitError
from tenderkit.source import Count, Date, Frozen, Number, Percent, Text, YesNo, read_model, read_yaml


class Inner(Frozen):
    weight: Percent


class Sample(Frozen):
    count: Count = 0
    amount: Number = Decimal(0)
    start: Date | None = None
    flag: YesNo = False
    title: Text = ""
    parts: dict[str, Inner] = Field(default_factory=dict)


def problems(text: str) -> list[str]:
    with pytest.raises(TenderkitError) as error:
        read_model(Sample, read_yaml(text, "sample.yaml"))
    return [str(problem) for problem in error.value.problems]


def test_scalars_stay_the_text_that_was_written() -> None:
    source = read_yaml("a: no\nb: 12:00\nc: 0123\nd: 1.234\ne: 2026-12-01\nf: 1e3\n", "x")
    assert source.data == {"a": "no", "b": "12:00", "c": "0123", "d": "1.234", "e": "2026-12-01", "f": "1e3"}


def test_typed_values_are_read() -> None:
    sample = read_model(
        Sample,
        read_yaml(
            'count: 12_000\namount: "1.234,50"\nstart: 2026-12-01\nflag: yes\nparts: {a: {weight: "12,5 %"}}\n', "x"
        ),
    )
    assert sample.count == 12_000
    assert sample.amount == Decimal("1234.50")
    assert sample.flag
    assert sample.parts["a"].weight == Decimal("12.5")


def test_an_ambiguous_number_is_asked_about() -> None:
    (only,) = problems("count: 3\namount: 1.234\n")
    assert only.startswith('sample.yaml:2 (amount): error wrong-value: "1.234" can mean 1234 or 1 and a fraction')
    assert "Write it without thousands marks" in only


def test_an_unknown_key_names_the_nearest() -> None:
    (only,) = problems("cuont: 3\n")
    assert only == 'sample.yaml:1 (cuont): error unknown-key: The key "cuont" is not known here. Did you mean "count"?'


def test_all_problems_come_at_once_with_their_lines() -> None:
    found = problems("count: many\nparts:\n  a: {wieght: 3 %}\n  b: {weight: 3}\n")
    assert [text.split(":")[1].split(" ")[0] for text in found] == ["1", "3", "3", "4"]


def test_a_repeated_key_is_refused() -> None:
    (only,) = problems("count: 1\ncount: 2\n")
    assert "sample.yaml:2" in only
    assert "stands twice" in only


@pytest.mark.parametrize("text", ["a: [1, 2\n", "a: b: c\n", "\tb: 1\n", "a: &x 1\nb: *x\n<<: *x\n", "{" * 200])
def test_broken_yaml_has_a_line_and_no_traceback(text: str) -> None:
    with pytest.raises(TenderkitError) as error:
        read_yaml(text, "x.yaml")
    assert error.value.problems[0].id == "broken-yaml"


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(TenderkitError) as error:
        read_yaml("a" * 3_000_000, "x.yaml")
    assert error.value.problems[0].id == "file-too-large"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_is_printed_in_danish_is_read_back(number: Decimal) -> None:
    assert quantities.parse_number(quantities.format_number(number, "da", 2)) == number
    assert quantities.parse_number(quantities.format_money(number, "da")) == number


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 6))
def test_rounding_is_half_away_from_zero_and_odd(value: Fraction, places: int) -> None:
    exact = value
    rounded = quantities.round_half_up(exact, places)
    assert abs(Fraction(rounded) - exact) <= Fraction(1, 2 * 10**places)
    assert quantities.round_half_up(-exact, places) == -rounded
