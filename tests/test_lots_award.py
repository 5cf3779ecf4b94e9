"""A limit of how many lots one bidder can win: the rule, what the tender says of it, and what it refuses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from assembly_builders import TENDER, a_context, a_plan
from hypothesis import given, settings
from hypothesis import strategies as st
from lots_builders import Row, a_limit, allocated, some_results, winners

from tenderkit.api.telling import combination_lines, tell
from tenderkit.assembly import tree
from tenderkit.assembly.document import assemble
from tenderkit.evaluation import allocation as allocation_module
from tenderkit.evaluation.allocation import LotLimit, allocate, limited
from tenderkit.evaluation.lots import Offer, best_combination
from tenderkit.evaluation.spec import Result
from tenderkit.plan import lot_limit
from tenderkit.problems import TenderkitError
from tenderkit.quantities import Language

PAGE = Path(__file__).parent.parent / "docs" / "how-to" / "lots-and-ties.md"
EXAMPLE: dict[str, list[Row]] = {
    "nord": [("alfa", "8.4", "20.0"), ("beta", "8.1", "21.0"), ("gamma", "7.0", "17.0")],
    "syd": [("alfa", "8.9", "9.0"), ("gamma", "7.2", "9.4"), ("beta", "7.0", "9.2")],
}


def with_limit(rule: str, text: str = TENDER) -> str:
    return text.replace(
        "  ties: [price, social, lots-drawing]", f"  ties: [price, social, lots-drawing]\n  lots: {rule}"
    )


# The rule


def test_the_order_with_the_lowest_sum_decides_which_lot_the_first_bidder_keeps() -> None:
    found = allocated(EXAMPLE)
    assert winners(found) == {"nord": "alfa", "syd": "gamma"}
    assert (found.total, found.separate) == (Fraction("29.4"), Fraction("29.0"))
    assert [(turn.lot, [item.bid.bidder for item in turn.passed]) for turn in found.turns] == [
        ("nord", []),
        ("syd", ["alfa"]),
    ]
    by_points = allocated(EXAMPLE, choose="highest-points")
    assert (winners(by_points), by_points.total) == ({"syd": "alfa", "nord": "beta"}, Fraction(17))


def test_the_ranking_is_not_set_aside_for_a_cheap_bid_as_the_bare_sum_would() -> None:
    offers = [
        Offer(bidder, frozenset({lot}), Fraction(price))
        for lot, rows in EXAMPLE.items()
        for bidder, _, price, *_ in rows
    ]
    bare = best_combination(list(EXAMPLE), offers, "lower", 1)
    assert bare.winner("nord") == "gamma"
    assert bare.total == 26
    assert allocated(EXAMPLE).total > bare.total


def test_the_example_of_the_page_is_this_one() -> None:
    page = PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (Nord|Syd) \| (\w+) \| (\d) \| ([\d.]+) \| ([\d.]+) \|$", page, re.MULTILINE)
    written = [(lot.lower(), bidder.lower(), total, price) for lot, bidder, _, total, price in rows]
    assert written == [(lot, *row) for lot, own in EXAMPLE.items() for row in own]
    other = {"nord": EXAMPLE["nord"][1:], "syd": EXAMPLE["syd"][:1]}
    sums = [allocated(EXAMPLE).total, sum(Fraction(own[0][2]) for own in other.values())]
    assert all(f"**{float(each)}**" in page for each in sums)


def test_where_nobody_is_first_in_too_many_lots_each_lot_goes_to_its_first() -> None:
    lots: dict[str, list[Row]] = {
        "nord": [("alfa", "9", "9"), ("beta", "8", "1")],
        "syd": [("beta", "9", "9"), ("alfa", "8", "1")],
    }
    found = allocated(lots)
    assert winners(found) == {"nord": "alfa", "syd": "beta"}
    assert not found.bites
    assert found.total == found.separate


def test_as_many_lots_as_possible_are_awarded_and_of_the_largest_value() -> None:
    kept: dict[str, list[Row]] = {"nord": [("alfa", "9", "1"), ("beta", "8", "50")], "syd": [("alfa", "9", "1")]}
    assert winners(allocated(kept)) == {"syd": "alfa", "nord": "beta"}
    alone: dict[str, list[Row]] = {"nord": [("alfa", "9", "10")], "syd": [("alfa", "9", "1")]}
    for sizes, lot, left in (((5, 2), "nord", "syd"), ((2, 5), "syd", "nord")):
        found = allocated(alone, sizes=sizes)
        assert (winners(found), found.without) == ({lot: "alfa"}, (left,))


def test_of_equal_sums_the_largest_lot_gets_its_best_ranked_bid() -> None:
    lots: dict[str, list[Row]] = {
        "nord": [("alfa", "9", "10"), ("beta", "8", "12")],
        "syd": [("alfa", "9", "10"), ("beta", "8", "12")],
    }
    for sizes, first in (((1, 2), "syd"), ((2, 1), "nord"), ((1, 1), "nord")):
        found = allocated(lots, sizes=sizes)
        assert winners(found)[first] == "alfa"
        assert len(found.equal) == 1
        assert found.equal[0][first].bid.bidder == "beta"


def test_a_shared_rank_that_decides_must_be_drawn_and_one_that_does_not_is_left_alone() -> None:
    tied: dict[str, list[Row]] = {
        "nord": [("alfa", "9", "10"), ("beta", "8", "12")],
        "syd": [("alfa", "9", "10"), ("beta", "8", "11", 2), ("gamma", "8", "11", 2)],
    }
    found = allocated(tied)
    assert found.drawing == ("syd",)
    results = limited(some_results(tied), found)
    assert [result.winner for result in results.values()] == [None, None]
    assert all(result.undecided for result in results.values())
    drawn: dict[str, list[Row]] = {**tied, "syd": [("alfa", "9", "10"), ("gamma", "8", "11"), ("beta", "8", "11")]}
    assert winners(allocated(drawn)) == {"nord": "alfa", "syd": "gamma"}
    low: dict[str, list[Row]] = {
        **EXAMPLE,
        "syd": [*EXAMPLE["syd"][:2], ("beta", "7.0", "9.2", 3), ("delta", "7.0", "9.2", 3)],
    }
    assert allocated(low).drawing == ()


def test_two_who_are_level_in_two_lots_must_be_drawn_and_one_who_has_reached_the_limit_need_not() -> None:
    both: list[Row] = [("alfa", "9", "10", 1), ("beta", "9", "10", 1)]
    assert allocated({"nord": both, "syd": both}).drawing == ("nord",)
    once_drawn: dict[str, list[Row]] = {"nord": [("beta", "9", "10"), ("alfa", "9", "10")], "syd": both}
    found = allocated(once_drawn)
    assert (winners(found), found.drawing) == ({"nord": "beta", "syd": "alfa"}, ())
    elsewhere: list[Row] = [("alfa", "9", "1"), ("gamma", "1", "90")]
    found = allocated({"nord": both, "syd": elsewhere})
    assert (winners(found), found.drawing) == ({"syd": "alfa", "nord": "beta"}, ())


def by_hand(results: Mapping[str, Result], limit: LotLimit) -> dict[str, str]:
    """Award in every order of the lots, and take the best by the published rules."""
    sign = 1 if limit.choose == "lowest-price" else -1
    found = {}
    for order in permutations(limit.sizes):
        won: Counter[str] = Counter()
        chosen = {}
        for lot in order:
            free = [item for item in results[lot].ranking if won[item.bid.bidder] < limit.at_most]
            if free:
                chosen[lot] = free[0]
                won[free[0].bid.bidder] += 1
        left = [limit.sizes[lot] for lot in limit.sizes if lot not in chosen]
        total = sign * sum((limit.value(item) for item in chosen.values()), Fraction(0))
        ranks = [chosen[lot].rank if lot in chosen else 99 for lot in limit.by_size]
        found[len(left), sum(left, Decimal(0)), total, tuple(ranks)] = chosen
    return {lot: item.bid.bidder for lot, item in found[min(found)].items()}


RANKINGS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(1, 9), st.integers(1, 9)), max_size=4, unique_by=lambda row: row[0]
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(RANKINGS, st.integers(1, 3)), min_size=1, max_size=5),
    st.integers(1, 3),
    st.sampled_from(["lowest-price", "highest-points"]),
)
def test_the_search_finds_what_trying_every_order_finds(
    made: list[tuple[list[tuple[str, int, int]], int]], at_most: int, choose: str
) -> None:
    lots: dict[str, list[Row]] = {
        f"lot{number}": [
            (bidder, str(total), str(price)) for bidder, total, price in sorted(rows, key=lambda row: -row[1])
        ]
        for number, (rows, _) in enumerate(made)
    }
    limit = a_limit(at_most, choose, lots, [size for _, size in made])
    results = some_results(lots)
    found = allocate(results, limit)
    assert winners(found) == by_hand(results, limit)
    assert max(Counter(winners(found).values()).values(), default=0) <= at_most
    for choice in found.equal:
        assert sum((limit.value(item) for item in choice.values()), Fraction(0)) == found.total


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(RANKINGS.filter(bool), min_size=1, max_size=4), st.integers(1, 2))
def test_where_the_ranking_follows_the_sum_the_bare_search_finds_the_same_sum(
    made: list[list[tuple[str, int, int]]], at_most: int
) -> None:
    """Lots of the same value, as many awarded: with points for rank and for sum, no ranking could be set aside."""
    lots: dict[str, list[Row]] = {
        f"lot{number}": [(bidder, str(total), "1") for bidder, total, _ in sorted(rows, key=lambda row: -row[1])]
        for number, rows in enumerate(made)
    }
    found = allocated(lots, at_most, "highest-points", [1] * len(lots))
    offers = [Offer(row[0], frozenset({lot}), Fraction(row[1])) for lot, rows in lots.items() for row in rows]
    bare = best_combination(list(lots), offers, "higher", at_most)
    assert (len(found.without), found.total) == (len(bare.without), bare.total)


def test_ten_lots_where_all_are_wanted_by_the_same_bidders_are_searched() -> None:
    lots: dict[str, list[Row]] = {
        f"lot{number}": [
            (f"b{bidder}", str(100 - bidder), str((bidder * 37 + number * 11) % 97)) for bidder in range(20)
        ]
        for number in range(10)
    }
    found = allocated(lots, 2)
    assert len(found.turns) == 10
    assert {item.rank for turn in found.turns for item in (turn.winner,)} == {1, 2, 3, 4, 5}


def test_too_many_orders_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allocation_module, "MOST_STEPS", 2)
    rows: list[Row] = [("alfa", "9", "1"), ("beta", "8", "2"), ("gamma", "7", "3")]
    with pytest.raises(TenderkitError) as caught:
        allocated({"nord": rows, "syd": rows, "vest": rows})
    assert [problem.id for problem in caught.value.problems] == ["too-many-combinations"]


# The results of the lots


def test_a_lots_result_says_who_was_passed_over_and_why() -> None:
    results = some_results(EXAMPLE)
    found = limited(results, allocate(results, a_limit(1, "lowest-price", EXAMPLE)))
    nord, syd = found["nord"], found["syd"]
    assert nord.winner is not None
    assert syd.winner is not None
    assert (nord.winner.bid.bidder, syd.winner.bid.bidder) == ("alfa", "gamma")
    assert nord.limited is not None
    assert syd.limited is not None
    assert (dict(nord.limited.passed), dict(syd.limited.passed)) == ({}, {"alfa": ("nord",)})
    assert syd.margin == Decimal("1.7")
    first = syd.alone().winner
    assert first is not None
    assert first.bid.bidder == "alfa"


def test_the_result_in_words_and_as_data() -> None:
    results = some_results(EXAMPLE)
    allocation = allocate(results, a_limit(1, "lowest-price", EXAMPLE))
    lines, data = tell(limited(results, allocation), allocation)
    assert [line.replace("\xa0", " ") for line in lines] == [
        "Nord:",
        "  1. Alfa A/S: 8.400",
        "  2. Beta A/S: 8.100",
        "  3. Gamma A/S: 7.000",
        "  Alfa A/S wins by 0.300 points.",
        "Syd:",
        "  1. Alfa A/S: 8.900",
        "  2. Gamma A/S: 7.200",
        "  3. Beta A/S: 7.000",
        "  Gamma A/S wins as no. 2: Alfa A/S wins Nord, and nobody can win more than 1 lot.",
        "All lots together (a bidder can win at most 1 lot):",
        "  Nord: Alfa A/S (ranked 1)",
        "  Syd: Gamma A/S (ranked 2)",
        "  Sum of evaluated prices: DKK 29.40; of the bids ranked first, without a limit: DKK 29.",
    ]
    assert data["lots"]["syd"]["limited"] == {"passed": {"alfa": ["nord"]}, "drawing": []}
    assert data["combination"] == {
        "at_most": 1,
        "choose": "lowest-price",
        "winners": {"nord": "alfa", "syd": "gamma"},
        "without": [],
        "drawing": [],
        "total": "29.4",
        "separate": "29",
        "equal": [],
    }


def test_lots_that_wait_for_a_drawing_or_that_nobody_can_win_are_told() -> None:
    tied: dict[str, list[Row]] = {
        "nord": [("alfa", "9", "10"), ("beta", "8", "12")],
        "syd": [("alfa", "9", "10"), ("beta", "8", "11", 2), ("gamma", "8", "11", 2)],
    }
    found = allocated(tied)
    lines, data = tell(limited(some_results(tied), found), found)
    assert "  No winner yet: all lots are decided together, and lots must be drawn for Syd." in lines
    assert "  No winner: lots must be drawn." in lines
    assert lines[-1] == "  Undecided: lots must be drawn for Syd."
    assert data["combination"]["winners"] == {}
    alone: dict[str, list[Row]] = {"nord": [("alfa", "9", "10")], "syd": [("alfa", "9", "1")]}
    found = allocated(alone)
    results = limited(some_results(alone), found)
    lines, _ = tell(results, found)
    assert "  No winner: Alfa A/S wins Nord, and nobody can win more than 1 lot." in lines
    assert "  Syd: nobody" in lines
    assert not results["syd"].undecided


def test_equal_combinations_and_a_limit_without_effect_are_told() -> None:
    rows: list[Row] = [("alfa", "9", "10"), ("beta", "8", "12")]
    titles = {"nord": "Nord", "syd": "Syd"}
    lines = combination_lines(allocated({"nord": rows, "syd": rows}, choose="highest-points"), titles)
    assert lines[-2:] == [
        "  Sum of total points: 17; of the bids ranked first, without a limit: 18.",
        "  1 other combination has the same sum; the published rule on the largest lot decided.",
    ]
    other: list[Row] = [("beta", "9", "10")]
    lines = combination_lines(allocated({"nord": rows, "syd": other}), titles)
    assert lines[-1] == "  The limit changes nothing: every lot goes to the bid ranked first."


# What the tender may say


@pytest.mark.parametrize(
    ("text", "problem", "words"),
    [
        (with_limit("{at_most: 0, choose: lowest-price}"), "wrong-value", "at most 0 lots"),
        (
            with_limit("{at_most: 1, choose: highest-points}").replace("model: weighted-sum", "model: lowest-ratio"),
            "lots-sum-not-possible",
            "",
        ),
        (
            re.sub(r"\n  - \{id: syd.*", "", with_limit("{at_most: 1, choose: lowest-price}")),
            "lots-limit-on-one-lot",
            "one lot",
        ),
        (with_limit("{at_most: 1, choose: cheapest}"), "wrong-value", ""),
    ],
)
def test_a_limit_that_cannot_stand_is_refused(text: str, problem: str, words: str) -> None:
    with pytest.raises(TenderkitError) as caught:
        a_plan(text=text)
    found = [item for item in caught.value.problems if "award.lots" in str(item.place) or item.id == problem]
    assert problem in {item.id for item in found} | {item.id for item in caught.value.problems}
    assert words in " ".join(item.message for item in found)
    assert all(item.help for item in found)


def test_a_limit_of_as_many_lots_as_there_are_limits_nothing() -> None:
    assert lot_limit(a_plan(text=with_limit("{at_most: 2, choose: lowest-price}")).tender) is None
    limit = lot_limit(a_plan(text=with_limit("{at_most: 1, choose: lowest-price}")).tender)
    assert limit is not None
    assert limit.by_size == ("nord", "syd")


def said(document: tree.Document) -> str:
    return " ".join(" ".join(run.text for run in runs_of(block)) for block in document.blocks).replace("\xa0", " ")


def runs_of(block: object) -> list[tree.Text]:
    if isinstance(block, tree.Text):
        return [block]
    if isinstance(block, tree.Ref):
        return [tree.Text(f"[{block.target}]")]
    parts: list[tree.Text] = []
    for value in vars(block).values() if hasattr(block, "__dict__") else ():
        for inner in value if isinstance(value, tuple) else ():
            parts += runs_of(inner)
    return parts


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "da",
            (
                "En Tilbudsgiver kan byde på én, flere eller alle delaftaler, men kan højst få tildelt 1 delaftale.",
                "det bedst placerede tilbud fra en Tilbudsgiver, der endnu ikke har fået tildelt det højeste antal",
                "Summen af de valgte tilbuds evalueringspriser skal være så lav som mulig.",
                "jf. dog punkt  [lots-limit]  om det højeste antal delaftaler. Tildelingskriteriet er",
            ),
        ),
        (
            "en",
            (
                "A Tenderer can tender for one, several or all lots, but can be awarded at most 1 lot.",
                "the best-ranked tender from a Tenderer that has not yet been awarded the highest number of lots.",
                "The sum of the evaluated prices of the tenders chosen must be as low as possible.",
                "subject to clause  [lots-limit]  on the highest number of lots.",
            ),
        ),
    ],
)
def test_the_tender_conditions_publish_the_rule(language: Language, sentences: tuple[str, ...]) -> None:
    plan = a_plan(text=with_limit("{at_most: 1, choose: lowest-price}"))
    text = said(assemble("tender-conditions", a_context(plan, language)))
    for sentence in sentences:
        assert sentence in text
    points = said(
        assemble("tender-conditions", a_context(a_plan(text=with_limit("{at_most: 1, choose: highest-points}"))))
    )
    assert "Summen af de valgte tilbuds samlede resultater skal være så høj som mulig." in points


def test_the_officers_own_sentence_stands_in_place_of_the_generated_one_and_without_a_limit_nothing_is_said() -> None:
    own = with_limit("{at_most: 1, choose: lowest-price}").replace(
        "  portal: udbudsportalen", "  portal: udbudsportalen\n  lots_per_bidder: Man kan byde på alt og få én."
    )
    text = said(assemble("tender-conditions", a_context(a_plan(text=own))))
    assert "Man kan byde på alt og få én." in text
    assert "En Tilbudsgiver kan byde på én, flere" not in text
    assert "Summen af de valgte tilbuds evalueringspriser" in text
    for rule in ("", "{at_most: 2, choose: lowest-price}"):
        plan = a_plan(text=with_limit(rule) if rule else TENDER)
        text = said(assemble("tender-conditions", a_context(plan)))
        assert "højeste antal delaftaler" not in text
        assert "højst få tildelt" not in text
