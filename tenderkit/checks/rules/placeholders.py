"""Texts that hold the place of what the officer has yet to write."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.checks.rule import Found, rule
from tenderkit.checks.texts import tender_texts
from tenderkit.plan import Plan
from tenderkit.quantities import Language

_LANGUAGES: tuple[Language, ...] = ("da", "en")


@rule(legal_basis="udbudsloven § 2 (transparency)", mark="verified", rule_ids=())
def placeholder_left(plan: Plan) -> Iterator[Found]:
    """A text in the tender still holds the place of what must be written there.

    Why: What stands in brackets would be printed as it is, in the documents that bidders price and in the contract.

    Source: Transparency under udbudsloven § 2 (seen); a proposed tender.yaml begins open texts with the words that
    documents use for a gap.

    Mend: Write the text, or take the key out where it is not needed.
    """
    openings = tuple(
        str(plan.library.strings(language)["missing"]).partition("{")[0].strip() for language in _LANGUAGES
    )
    for written in tender_texts(plan):
        if written.text.lstrip().startswith(openings):
            yield Found(
                f'"{written.text}" is still to be written.',
                written.place,
                "Write the text in place of the brackets.",
                {"text": written.text},
            )
