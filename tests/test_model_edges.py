"""Edges of every model in the library: nothing is left open, and what a model says of its span is what it does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from scoring_builders import a_model, a_price, a_score, a_spec, an_offer, library, price_and_quality

from tenderkit.evaluation.calculator import Entry, Question, calculate
from tenderkit.evaluation.edges import deciding_formula
from tenderkit.evaluation.examples import example_problems, example_question, example_values
from tenderkit.evaluation.points import model_points
from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Model
from tenderkit.evaluation.traits import hangs_on_others, in_kroner, names_used, uses_price
from tenderkit.evaluation.undefined import undefined_cases
from tenderkit.formula import excel, names_in
from tenderkit.library.model import EvaluationModel
from tenderkit.problems import TenderkitError

MODELS = library().ids("model")
CRITERION_MODELS = [name for name in MODELS if library().model(name).role == "criterion"]
TOP = Fraction(10)


def questions(name: str) -> list[Question]:
    definition = library().model(name)
    return [example_question(name, definition, example.given) for example in definition.examples]


def spec_of(question: Question) -> EvaluationSpec:
    """Give an evaluation that uses a model as an example does."""
    model, top = question.model, int(question.points_top)
    if model.definition.role == "award":
        return a_spec([a_score("k1", "3/5", "300"), a_score("k2", "2/5", "700")], award=model, points_top=top)
    leaves: dict[str, Criterion] = {"price": a_price("1", model), "score": replace(a_score("q", "1"), model=model)}
    floor, cap = (15, 25) if question.floor is None or question.cap is None else (question.floor, question.cap)
    offer = an_offer("x", "1", str(floor), str(cap), "higher" if cap > floor else "lower")
    return a_spec([leaves.get(model.definition.input, replace(offer, model=model))], points_top=top)


@pytest.mark.parametrize("name", MODELS)
def test_no_model_leaves_a_case_open(name: str) -> None:
    for question in questions(name):
        assert [case for case in undefined_cases(spec_of(question)) if not case.covered] == []


@pytest.mark.parametrize("name", CRITERION_MODELS)
def test_what_a_model_says_of_values_beyond_its_span_is_what_it_does(name: str) -> None:
    """With the bids of its own examples and one more, far on the worse side or far on the better."""
    definition = library().model(name)
    if definition.gives == "value":
        assert definition.edges.outside == "by-formula"
        return
    worst: set[Fraction] = set()
    best: set[Fraction] = set()
    for question in questions(name):
        for found, value in zip((worst, best), beyond(definition, question), strict=True):
            column = {"offer": "offer", "score": "score"}.get(definition.input, "price")
            own = Entry("x", **{column: value})  # type: ignore[arg-type]  # one of the three
            answers, problems = calculate(replace(question, entries=[own, *question.entries]))
            assert not problems
            points = answers[0].value
            assert points is not None
            found.add(points / question.points_top)
    outside = definition.edges.outside
    assert (outside == "by-formula") == any(not 0 <= share <= 1 for share in worst | best)
    assert outside != "zero-points" or 0 in worst


def beyond(definition: EvaluationModel, question: Question) -> tuple[Decimal, Decimal]:
    """Give a value far on the worse side of an example's bids, and one far on the better side."""
    if definition.input == "score":
        return Decimal("0.001"), Decimal(int(question.points_top))
    if question.floor is not None and question.cap is not None:
        floor, cap = (Decimal(limit.numerator) / limit.denominator for limit in (question.floor, question.cap))
        return floor, cap + (cap - floor) * (3 if cap > floor else 0)
    given = [entry.price or entry.offer or Decimal(1) for entry in question.entries]
    near, far = min(given) / 1000, max(given) * 1000
    return (far, near) if definition.input == "price" else (near, far)


# Edge rules in the formula, and cases that no rule covers


@pytest.mark.parametrize(
    ("edges", "guard"),
    [
        ({"single_bid": "full-points", "all_equal": "full-points"}, "IF(MAX(Ps)=MIN(Ps),S,"),
        ({"single_bid": "full-points", "all_equal": "by-formula"}, "IF(COUNT(Ps)=1,S,"),
        ({"single_bid": "by-formula", "all_equal": "full-points"}, "IF(AND(COUNT(Ps)>1,MAX(Ps)=MIN(Ps)),S,"),
        ({"single_bid": "by-formula", "all_equal": "by-formula"}, "S*MIN(Ps)/P"),
    ],
)
def test_edge_rules_become_part_of_the_deciding_formula(edges: dict[str, str], guard: str) -> None:
    definition = library().model("lowest-ratio")
    changed = definition.model_copy(update={"edges": definition.edges.model_copy(update=edges)})
    tree = deciding_formula(changed)
    assert excel(tree, {name: name for name in names_in(tree)}).startswith(guard)


def min_max(**edges: str) -> Model:
    """A model that has no value when all bids are equal: min-max interpolation (R05)."""
    base = library().model("lowest-ratio")
    formula = "S*(MAX(Ps)-P)/(MAX(Ps)-MIN(Ps))"
    changed = base.model_copy(update={"formula": formula, "edges": base.edges.model_copy(update=edges)})
    return Model("min-max", changed)


def test_min_max_gives_full_points_to_equal_bids_only_by_its_edge_rule() -> None:
    limits = a_price("1", min_max())
    equal = [Fraction(100)] * 3
    assert list(model_points(min_max(), equal, TOP, limits)) == [10, 10, 10]
    with pytest.raises(TenderkitError, match="formula-division-by-zero"):
        model_points(min_max(single_bid="by-formula", all_equal="by-formula"), equal, TOP, limits)


def test_undefined_cases_are_found_with_and_without_a_rule() -> None:
    covered = undefined_cases(price_and_quality("1/2", min_max()))
    assert [(case.criterion, case.case, case.covered) for case in covered] == [
        ("price", "single-bid", True),
        ("price", "all-equal", True),
    ]
    open_cases = undefined_cases(price_and_quality("1/2", min_max(single_bid="by-formula", all_equal="by-formula")))
    assert [case.covered for case in open_cases] == [False, False]
    assert "division by zero" in open_cases[0].reason


def test_zero_prices_are_covered_only_when_they_are_refused() -> None:
    spec = price_and_quality("1/2", a_model("relative-linear", X="1/2"))
    assert {(case.case, case.covered) for case in undefined_cases(spec)} == {("zero", True), ("negative", True)}
    model = a_model("relative-linear", X="1/2")
    allowed = model.definition.edges.model_copy(update={"zero": "by-formula"})
    changed = Model(model.id, model.definition.model_copy(update={"edges": allowed}), model.parameters)
    cases = undefined_cases(price_and_quality("1/2", changed))
    assert {(case.case, case.covered) for case in cases} == {("zero", False), ("negative", True)}


def test_points_outside_the_scale_are_an_undefined_case() -> None:
    model = a_model("relative-linear", X="1/2")
    unclamped = model.definition.model_copy(update={"formula": "S*(1-(P-MIN(Ps))/(X*MIN(Ps)))"})
    cases = undefined_cases(price_and_quality("1/2", Model("unclamped", unclamped, model.parameters)))
    assert [(case.case, case.covered) for case in cases if case.case == "outside"] == [("outside", False)]


def test_offers_and_awards_have_no_undefined_case() -> None:
    criteria = [an_offer("hours", "1/2", "15", "25"), an_offer("days", "1/2", "24", "4", better="lower")]
    assert undefined_cases(a_spec(criteria)) == []
    money = a_spec([a_score("quality", "1", amount="500000")], award=a_model("quality-in-money"))
    assert undefined_cases(money) == []


def test_an_award_by_price_per_point_is_undefined_without_points() -> None:
    base = library().model("quality-in-money")
    per_point = Model("per-point", base.model_copy(update={"formula": "P/SUM_CRITERIA(w*p)"}))
    cases = undefined_cases(a_spec([a_score("quality", "1")], award=per_point))
    assert [(case.criterion, case.case, case.covered) for case in cases] == [("", "zero", False)]


def test_the_edge_rule_about_equal_scores_is_written_for_scores() -> None:
    base = library().model("best-score-full-points")
    edges = base.edges.model_copy(update={"single_bid": "full-points", "all_equal": "full-points"})
    tree = deciding_formula(base.model_copy(update={"edges": edges}))
    assert excel(tree, {name: name for name in names_in(tree)}).startswith("IF(MAX(qs)=MIN(qs),S,")


def changed(model_id: str, formula: str, **edges: str) -> Model:
    base = a_model(model_id)
    new = base.definition.edges.model_copy(update=edges)
    return Model(model_id, base.definition.model_copy(update={"formula": formula, "edges": new}), base.parameters)


def cases(criterion: Criterion) -> dict[str, bool]:
    return {case.case: case.covered for case in undefined_cases(a_spec([criterion]))}


def test_scores_of_zero_are_an_undefined_case_of_a_bare_ratio() -> None:
    """All without points: 0/0. A rule of full points for equal bids covers it, and so does refusing them."""
    score = replace(a_score("q", "1"), model=changed("best-score-full-points", "S*q/MAX(qs)"))
    assert cases(score) == {"zero": False}
    covered = changed("best-score-full-points", "S*q/MAX(qs)", single_bid="full-points", all_equal="full-points")
    assert cases(replace(score, model=covered)) == {"zero": True}
    refused = changed("best-score-full-points", "S*q/MAX(qs)", zero="refused")
    assert cases(replace(score, model=refused)) == {"zero": True}


def test_a_model_that_may_leave_the_scale_must_say_so() -> None:
    price = a_price("1", changed("lowest-ratio", "S*1000/P"))
    assert cases(price)["outside"] is False
    told = a_price("1", changed("lowest-ratio", "S*1000/P", outside="by-formula"))
    assert cases(told)["outside"] is True


def test_a_price_below_zero_is_an_undefined_case_unless_it_is_refused() -> None:
    share = a_model("share-below-ceiling", b="5000")
    assert cases(a_price("1", share))["negative"] is True
    edges = share.definition.edges.model_copy(update={"negative": "by-formula"})
    open_case = Model(share.id, share.definition.model_copy(update={"edges": edges}), share.parameters)
    assert cases(a_price("1", open_case))["negative"] is False


def test_a_price_at_a_published_limit_is_an_undefined_case_of_a_bare_discount() -> None:
    """R20 without its guard: where the lowest price is the budget, the best discount is nothing."""
    bare = library().model("best-discount").model_copy(update={"formula": "S*B/MAX(Bs)"})
    found = cases(a_price("1", Model("bare", bare, {"b": Fraction(5000)})))
    assert found["limit"] is False
    assert "limit" not in cases(a_price("1", a_model("best-discount", b="5000")))


def test_stages_are_looked_at_too() -> None:
    """A stage that divides by the points has no value without any."""
    base = library().model("price-per-point")
    stage = base.stages["points"].model_copy(update={"keep": "P/q<1000"})
    model = Model("staged", base.model_copy(update={"stages": {"points": stage}}))
    found = undefined_cases(a_spec([a_score("k", "1")], award=model))
    assert [(case.criterion, case.case, case.covered) for case in found] == [("", "zero", False)]
    assert undefined_cases(a_spec([a_score("k", "1")], award=Model("plain", base))) == []


def test_traits_are_read_from_steps_and_stages_too() -> None:
    award = library().model("extended-richtwert")
    assert {"P", "ratios", "z", "w", "p"} <= names_used(award)
    assert uses_price(award)
    assert not in_kroner(award)
    assert in_kroner(library().model("life-cycle-cost"))
    assert not uses_price(library().model("weighted-sum"))
    assert not hangs_on_others(library().model("absolute-linear"))
    assert hangs_on_others(library().model("closeness-to-mean"))


def test_every_kind_of_example_is_run() -> None:
    kinds = {library().model(name).input for name in MODELS}
    assert kinds == {"price", "offer", "score", "bids"}
    staged = library().model("commission-model")
    first = staged.examples[0]
    assert "out" in first.points
    assert list(example_values("commission-model", staged, first)) == first.points
    tables = [name for name in MODELS if any(own.rows for own in library().model(name).parameters.values())]
    assert len(tables) >= 3
    assert all(example_problems(name, library().model(name)) == [] for name in tables)


def test_a_wrong_out_is_found_and_a_wrong_parameter_told() -> None:
    definition = library().model("extended-richtwert")
    first = definition.examples[0]
    wrong = first.model_copy(update={"points": [*first.points[:-1], Fraction(44)], "ranks": [*first.ranks[:-1], 4]})
    found = example_problems("x", definition.model_copy(update={"examples": [wrong]}))
    assert [problem.id for problem in found] == ["example-points-differ", "example-ranks-differ"]
    given = first.given.model_copy(update={"parameters": {"z": Decimal(50), "y": Decimal(1)}})
    odd = definition.model_copy(update={"examples": [first.model_copy(update={"given": given})]})
    assert sorted(problem.id for problem in example_problems("x", odd)) == ["unknown-key", "wrong-value"]


def test_a_number_with_many_digits_is_told_with_few() -> None:
    found = undefined_cases(a_spec([a_price("1", changed("lowest-ratio", "S*EXP(P/777)"))]))
    assert found
    assert all(len(case.reason) < 80 for case in found if case.reason.startswith("the formula gives 3"))
    assert any("the formula gives 36.2" in case.reason for case in found)
