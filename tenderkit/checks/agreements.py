"""What is held against an agreement outside a tender: outdated words, numbers of persons, and money that does not meet.

The rules of public procurement are for tenders; here stands what holds for any agreement of this kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tenderkit.checks.texts import tender_texts
from tenderkit.checks.words import find
from tenderkit.plan import AgreementPlan
from tenderkit.plan.financing import financing, has_financing
from tenderkit.problems import Problem
from tenderkit.quantities import format_money

_CPR = re.compile(r"(?<!\d)[0-3]\d[01]\d{3}[- ]\d{4}(?!\d)")


def run_agreement(plan: AgreementPlan) -> list[Problem]:
    """Give the problems of an agreement: what it still lacks, and what was found in it."""
    return [*plan.open, *_outdated(plan), *_numbers_of_persons(plan), *_own_payments(plan), *_financing(plan)]


def _outdated(plan: AgreementPlan) -> Iterator[Problem]:
    """Find words that the law or the field has left, by the agreement's date."""
    heading = plan.agreement.agreement
    terms = {item.term: item for item in plan.library.terms.outdated if item.start <= heading.date}
    for written in tender_texts(plan):
        for term, word in find(written.text, terms):
            item = terms[term]
            yield Problem(
                "outdated-term",
                f'"{word}" is outdated since {item.start}.',
                written.place,
                help=f'Write "{item.instead[heading.language]}".',
                basis=f"{item.why['en'].rstrip('.')} ({item.mark})",
            )


def _numbers_of_persons(plan: AgreementPlan) -> Iterator[Problem]:
    for written in tender_texts(plan):
        if _CPR.search(written.text):
            yield Problem(
                "personal-number",
                "The text seems to hold a CPR number.",
                written.place,
                help="An agreement on places and courses names no citizen; delete the number.",
                basis="databeskyttelsesloven § 11 (partly)",
            )


def _own_payments(plan: AgreementPlan) -> Iterator[Problem]:
    for key, line in plan.agreement.prices.items():
        if line.payer == line.payee:
            place = plan.source.place(("prices", key, "payee"), key)
            yield Problem(
                "payment-to-itself", f'Price "{key}" has the same payer and payee.', place, help="Change one."
            )


def _financing(plan: AgreementPlan) -> Iterator[Problem]:
    """Warn where the payments do not carry the support even when every place is filled."""
    for chosen in plan.clauses:
        reckoned = financing(chosen) if has_financing(chosen) else None
        if reckoned and reckoned.balance_month < 0:
            yield Problem(
                "financing-gap",
                f"The support costs {format_money(-reckoned.balance_month, 'en')} a month more than the parties pay.",
                plan.source.place(("clauses",), chosen.id),
                "warning",
                "Raise a payment or lower the cost; the clause says who bears a gap.",
                "Catalogue of clauses, section 10 (suggested)",
            )
