"""The calculators: published tables and worked examples first, then what must always hold."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.calculation.break_even import Course, Step, break_even_month, net_cost
from tenderkit.calculation.cohort import last_start, participant_months, participants
from tenderkit.calculation.hours import GROSS_NORM, fte_years, hours_of, hours_of_payroll
from tenderkit.calculation.net_extra import is_net_extra
from tenderkit.calculation.quota import by_cost, by_fixed_number, by_fte_share, by_hours_share, by_payroll_share
from tenderkit.calculation.ratio import RatioRule, places_for, staff_for
from tenderkit.calculation.rounding import RULES, rounded
from tenderkit.library import Library

RATIO = RatioRule(first=50, per_place=5, per_place_above=10)


@pytest.mark.parametrize(
    ("staff", "places"),
    [
        *((number, 1) for number in range(10)),
        *((number, 2) for number in range(10, 15)),
        *((number, 3) for number in range(15, 20)),
        *((number, 4) for number in range(20, 25)),
        (50, 10),
    ],
)
def test_the_ratio_rule_gives_the_published_table(staff: int, places: int) -> None:
    """Cabi's and the explanations' table: 0-9 one, 10-14 two, 15-19 three, 20-24 four, 50 ten."""
    assert places_for(RATIO, staff) == places


def test_fifteen_places_need_a_hundred_ordinary_employees() -> None:
    assert staff_for(RATIO, 15) == 100
    assert (places_for(RATIO, 99), places_for(RATIO, 100)) == (14, 15)


def test_the_numbers_of_the_ratio_rule_are_those_of_the_library() -> None:
    values = Library().dated_values
    names = ("ratio-first-employees", "ratio-employees-per-place", "ratio-employees-per-place-above")
    assert RatioRule(*(int(values[name].values[0].value) for name in names)) == RATIO


@given(
    st.integers(1, 200).flatmap(lambda per: st.tuples(st.just(per), st.integers(1, 40), st.integers(1, 400))),
    st.integers(0, 5000),
)
def test_the_fewest_staff_for_some_places_is_really_the_fewest(rule: tuple[int, int, int], places: int) -> None:
    per, times, above = rule
    ratio = RatioRule(first=per * times, per_place=per, per_place_above=above)
    staff = staff_for(ratio, places)
    assert places_for(ratio, staff) >= places
    assert staff == 0 or places_for(ratio, staff - 1) < places


@given(st.integers(0, 10_000))
def test_more_staff_never_gives_fewer_places(staff: int) -> None:
    assert 1 <= places_for(RATIO, staff) <= places_for(RATIO, staff + 1)


@pytest.mark.parametrize("numbers", [(0, 5, 10), (50, 0, 10), (50, 5, 0)])
def test_a_ratio_rule_without_numbers_is_refused(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="above 0"):
        RatioRule(*numbers)
    with pytest.raises(ValueError, match="fewer than 0"):
        places_for(RATIO, -1)


def test_the_gross_norm_is_that_of_the_library() -> None:
    assert Library().dated_values["person-year-hours"].values[0].value == GROSS_NORM == 1924


@given(st.fractions(min_value=0, max_value=10**6), st.integers(1, 3000))
def test_hours_and_person_years_turn_into_each_other(years: Fraction, norm: int) -> None:
    assert fte_years(hours_of(years, norm), norm) == years


def test_the_payroll_share_gives_the_worked_example() -> None:
    """DKK 20 million, 40 % payroll, DKK 260 an hour: 30,769 hours, 16.0 person-years, 1.6 of them at 10 %."""
    assert round(hours_of_payroll(8_000_000, 260)) == 30_769
    assert round(by_payroll_share(100, 40, 20_000_000, 260), 1) == 16
    assert round(by_payroll_share(10, 40, 20_000_000, 260), 1) == Fraction(8, 5)
    assert by_payroll_share(10, 40, 20_000_000, 260) == Fraction(10, 100) * Fraction(8_000_000, 260 * 1924)


def test_the_other_ways_to_a_quota_are_exact() -> None:
    assert by_fixed_number(Decimal("2.5")) == Fraction(5, 2)
    assert by_fte_share(10, 16) == Fraction(8, 5)
    assert by_hours_share(7, 14_400) == Fraction(7 * 14_400, 100 * 1924)
    assert by_cost(100_000_000) == 6
    assert by_cost(20_000_000, Decimal(6)) == Fraction(6, 5)


@pytest.mark.parametrize(
    "bad", [lambda: fte_years(1, 0), lambda: hours_of_payroll(1, 0), lambda: participants(1, 1, 0)]
)
def test_a_division_by_nothing_is_refused(bad: object) -> None:
    with pytest.raises(ValueError, match="more than 0"):
        bad()  # type: ignore[operator]  # a lambda


@pytest.mark.parametrize(
    ("rule", "number", "expected"),
    [
        ("down_half", "0.1", "0.5"),
        ("down_half", "0.99", "0.5"),
        ("down_half", "1.6", "1.5"),
        ("down_quarter", "0.5239", "0.5"),
        ("down_quarter", "0.01", "0.25"),
        ("nearest_quarter", "0.874", "0.75"),
        ("nearest_quarter", "0.875", "1"),
        ("up_quarter", "0.51", "0.75"),
        ("up_quarter", "0.5", "0.5"),
        ("up_quarter", "0", "0"),
    ],
)
def test_a_quota_is_rounded_as_the_clause_publishes(rule: str, number: str, expected: str) -> None:
    assert rounded(Decimal(number), RULES[rule]) == Fraction(expected)


def test_the_rounding_rules_are_those_of_the_clause() -> None:
    assert set(RULES) == set(Library().clause("trainee-quota").parameters["rounding"].options)


@given(st.fractions(min_value=0, max_value=1000), st.sampled_from(sorted(RULES)))
def test_rounding_moves_less_than_a_step_and_is_done_once(number: Fraction, name: str) -> None:
    rule = RULES[name]
    result = rounded(number, rule)
    assert result % rule.step == 0
    assert result == max(rule.least, result)
    assert rounded(result, rule) == result
    assert result == rule.least or abs(result - number) < rule.step


def test_a_cohort_gives_the_people_and_months_of_the_model_case() -> None:
    """15 places, 48 months, 9 months on average: 80 people. The example's 10 places are filled 80 % of the time."""
    assert participants(15, 48, 9) == 80
    assert participants(10, 48, 9) == 54
    assert participant_months(10, 48, 80) == 384
    assert [last_start(48, 9), last_start(6, 9)] == [39, 0]


def test_a_course_breaks_even_in_the_month_that_the_arithmetic_gives() -> None:
    """12 months at 12,000, of which 6 with work worth 4,000: 120,000, saved at 10,000 a month in 12 months of work."""
    course = Course(price=12_000, steps=[Step(6, 0), Step(6, 4_000)], saved=10_000)
    assert [course.months, course.cost] == [12, 120_000]
    assert [net_cost(course, months) for months in (0, 12, 13)] == [120_000, 0, -10_000]
    assert break_even_month(course) == 24


def test_a_course_that_saves_nothing_never_breaks_even_unless_the_work_pays_for_it() -> None:
    assert break_even_month(Course(12_000, [Step(6, 0)], 0)) is None
    assert break_even_month(Course(12_000, [Step(6, 0), Step(12, 20_000)], 0)) == 15
    assert break_even_month(Course(12_000, [Step(6, 12_000)], 0)) == 1
    assert break_even_month(Course(12_000, [Step(6, 15_000)], 0)) == 1


@given(st.integers(1, 20_000), st.integers(1, 24), st.integers(0, 20_000), st.integers(1, 20_000))
def test_break_even_is_the_first_month_without_a_net_cost(price: int, months: int, work: int, saved: int) -> None:
    course = Course(price, [Step(months, work)], saved)
    month = break_even_month(course)
    assert month is not None

    def net(after: int) -> Fraction:
        trained = min(after, months)
        return trained * Fraction(price - work) - max(0, after - months) * Fraction(saved)

    assert net(month) <= 0
    assert all(net(earlier) > 0 for earlier in range(1, month))


def test_a_subsidised_job_must_add_to_the_staff() -> None:
    assert is_net_extra(21, 20)
    assert is_net_extra(Decimal("20.1"), 20, months_since_vacated=3)
    assert not is_net_extra(20, 20)
    assert not is_net_extra(25, 20, months_since_vacated=Decimal("2.9"))
