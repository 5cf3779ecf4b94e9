"""Read values turned into a bid, with the minimum requirements that its numbers must meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.spec import Bid
from tenderkit.excel.answer_sheets import leaf_of, value_key
from tenderkit.excel.price_sheets import training_lines
from tenderkit.excel.reader import Typed, Values
from tenderkit.excel.words import words_for
from tenderkit.plan import Plan
from tenderkit.problems import Place, Problem
from tenderkit.quantities import format_money, format_number

_FORM_OF = {"price-above-ceiling": "price-list", "price-not-positive": "price-list", "offer-below-floor": "answer-form"}


def bid_from(
    plan: Plan,
    lot: str,
    bidder: str,
    prices: Mapping[str, Typed],
    answers: Mapping[str, Typed],
    files: Mapping[str, str] | None = None,
) -> tuple[Bid, list[Problem]]:
    """Give a bid from the values of its two forms, and which minimum requirements it does not meet.

    The bid counts as admitted: whether it is, a person decides. A value that could not be read is left out, because
    reading reported it. ``files`` names the forms for messages where a value does not know its cell.
    """
    spec = plan.specs[lot]
    named = files or {}
    read = {line.id: prices.get(f"price.{line.id}") for line in spec.price_lines}
    offers, texts = _answers(plan, lot, answers)
    about = {key: value for key, value in (*prices.items(), *answers.items()) if _is_about_firm(key, value)}
    control = {key.removeprefix("control."): value for key, value in prices.items() if key.startswith("control.")}
    bid = Bid(
        bidder=bidder,
        name=str(prices.get("bidder.name") or answers.get("bidder.name") or bidder),
        lot=lot,
        prices={line: value for line, value in read.items() if isinstance(value, Decimal)},
        offers=offers,
        texts={**{key: _as_text(plan, value) for key, value in about.items()}, **texts},
        control={key: str(value) for key, value in control.items() if value is not None},
    )
    problems = [
        *_price_problems(plan, bid, prices, named),
        *_offer_problems(plan, bid, answers, named),
        *_mismatches(plan, bid, prices, answers, named),
    ]
    return bid, problems


def _answers(plan: Plan, lot: str, answers: Mapping[str, Typed]) -> tuple[dict[str, Decimal], dict[str, str]]:
    """Give the scored numbers by criterion, and everything else by criterion or field as text."""
    offers: dict[str, Decimal] = {}
    texts: dict[str, str] = {}
    for field in plan.fields:
        value = answers.get(value_key(field))
        leaf = leaf_of(plan.specs[lot], field)
        if isinstance(value, Decimal) and leaf is not None and leaf.kind == "offer":
            offers[leaf.id] = value
        elif value is not None:
            texts[field.criterion or field.id] = _as_text(plan, value)
    return offers, texts


def grounds_for(plan: Plan, problems: list[Problem]) -> list[str]:
    """Give the grounds for rejecting a bid, in the tender's language, for minimum requirements that are not met."""
    found = []
    for problem in problems:
        if problem.id in _FORM_OF:
            words = words_for(plan, _FORM_OF[problem.id])
            found.append(words(f"ground_{problem.id.replace('-', '_')}", **problem.values))
    return found


def _is_about_firm(key: str, value: Typed) -> bool:
    return key.split(".", 1)[0] in {"bidder", "partner"} and value is not None and value != ""


def _as_text(plan: Plan, value: Typed) -> str:
    if isinstance(value, bool):
        words = words_for(plan, "answer-form")
        return words.yes if value else words.no
    return str(value)


def _place(values: Mapping[str, Typed], key: str, file: str, label: str) -> Place:
    found = values.place(key) if isinstance(values, Values) else Place()
    return found if found.file else Place(file, label=label)


def _price_problems(plan: Plan, bid: Bid, values: Mapping[str, Typed], files: Mapping[str, str]) -> Iterator[Problem]:
    language = plan.tender.tender.language
    for line in plan.specs[bid.lot].price_lines:
        price = bid.prices.get(line.id)
        if price is None:
            continue
        place = _place(values, f"price.{line.id}", files.get("price-list", ""), line.label)
        shown = {"line": line.id, "label": line.label, "read": format_money(price, language)}
        if price <= 0:
            yield Problem(
                "price-not-positive",
                f"The unit price of line {line.id} is {format_money(price, 'en')}; every price must be above 0.",
                place,
                help="The bid does not meet a minimum requirement.",
                values=shown,
            )
        if line.ceiling is not None and Fraction(price) > line.ceiling:
            limit = format_money(line.ceiling, language)
            yield Problem(
                "price-above-ceiling",
                f"The unit price of line {line.id} is {format_money(price, 'en')}; the ceiling is "
                f"{format_money(line.ceiling, 'en')}.",
                place,
                help="The ceiling is a minimum requirement: the bid does not meet it.",
                values={**shown, "limit": limit},
            )


def _offer_problems(plan: Plan, bid: Bid, values: Mapping[str, Typed], files: Mapping[str, str]) -> Iterator[Problem]:
    language = plan.tender.tender.language
    spec = plan.specs[bid.lot]
    for field in plan.fields:
        offer = values.get(value_key(field))
        floor = field.floor.get(bid.lot, field.floor.get(""))
        if not isinstance(offer, Decimal) or floor is None:
            continue
        leaf = leaf_of(spec, field)
        lower = leaf is not None and leaf.better == "lower"
        if (Fraction(offer) > floor) if lower else (Fraction(offer) < floor):
            read, limit = format_number(offer, language), format_number(floor, language)
            word = "above" if lower else "below"
            yield Problem(
                "offer-below-floor",
                f'The number offered for "{field.label}" is {read}, {word} the minimum requirement of {limit}.',
                _place(values, value_key(field), files.get("answer-form", ""), field.label),
                help="The bid does not meet a minimum requirement.",
                values={"label": field.label, "read": read, "limit": limit},
            )


def _mismatches(
    plan: Plan, bid: Bid, prices: Mapping[str, Typed], answers: Mapping[str, Typed], files: Mapping[str, str]
) -> Iterator[Problem]:
    """Tell when the two forms name different firms, or the control calculation does not match a price."""
    for key in ("bidder.name", "bidder.cvr"):
        first, second = prices.get(key), answers.get(key)
        if first and second and str(first).casefold() != str(second).casefold():
            yield Problem(
                "forms-name-different-firms",
                f'The price list says "{first}", the answer form "{second}".',
                _place(answers, key, files.get("answer-form", ""), key),
                help="Ask the bidder who submits the bid.",
                level="warning",
                values={"price-list": str(first), "answer-form": str(second)},
            )
    for line, prefix in training_lines(plan, plan.specs[bid.lot]):
        parts = [prices.get(prefix + part) for part in ("wages", "mentor", "overhead")]
        amounts = [part for part in parts if isinstance(part, Decimal)]
        price = bid.prices.get(line.id)
        if len(amounts) == len(parts) and price is not None and sum(amounts) != price:
            yield Problem(
                "control-sum-differs",
                f"The control calculation splits line {line.id} into {sum(amounts)}, but its unit price is {price}.",
                _place(prices, f"{prefix}wages", files.get("price-list", ""), line.label),
                level="warning",
                help="It gives no points; ask the bidder to explain it if the price looks low.",
                values={"line": line.id, "sum": str(sum(amounts)), "price": str(price)},
            )
