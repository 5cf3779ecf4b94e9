"""What score sheets and the consensus workbook share: the scale, the cells of a score, and reading scores back."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from tenderkit.evaluation.spec import Criterion, EvaluationSpec, Score
from tenderkit.evaluation.validity import score_problem
from tenderkit.excel.draft import line_count
from tenderkit.excel.fields import exact
from tenderkit.excel.frame import Frame
from tenderkit.excel.reader import Typed, Values
from tenderkit.excel.sheets import Field, Rule, Scalar, Sheet, quoted
from tenderkit.excel.words import Words
from tenderkit.library.model import Scale
from tenderkit.problems import Place, Problem
from tenderkit.quantities import format_number

SCALE_WIDTHS = (12, 100)
MAX_NOTE = 3000


def key_of(what: str, lot: str, bidder: str, criterion: str) -> str:
    """Give the key of a field about one bid and one sub-criterion."""
    return f"{what}/{lot}/{bidder}/{criterion}"


def scored_leaves(spec: EvaluationSpec, only: Iterable[str] = ()) -> list[Criterion]:
    """Give the sub-criteria that evaluators score; with ``only``, those named there or standing below one named."""
    names = list(only)
    return [
        leaf
        for leaf in spec.leaves()
        if leaf.kind == "score" and (not names or any(leaf.id == n or leaf.id.startswith(f"{n}.") for n in names))
    ]


def title_of(leaf: Criterion) -> str:
    """Give what readers call a sub-criterion: its number and title."""
    return f"{leaf.number} {leaf.title}".strip()


def score_field(key: str, label: str, scale: Scale) -> Field:
    """Give the field of a score: as many decimals as the scale's step has."""
    return Field(key, "number", label, decimals=max(0, -int(scale.step.normalize().as_tuple().exponent)))


def score_rule(words: Words, scale: Scale) -> Rule:
    """Give what the program accepts as a score."""
    low, high, step = (format_number(n, words.language) for n in (scale.bottom, scale.top, scale.step))
    shown = {"low": low, "high": high, "step": step}
    is_whole = scale.step == 1 and scale.bottom == scale.bottom.to_integral_value()
    return Rule(
        "whole" if is_whole else "decimal",
        words("prompt_title"),
        words("prompt_score", **shown),
        words("error_score", **shown),
        low=Fraction(scale.bottom),
        high=Fraction(scale.top),
    )


def score_status(words: Words, scale: Scale, score: str, reason: str) -> tuple[str, Scalar]:
    """Give the live check of a score and its reason, and what it says while both are empty."""
    missing, ok = words("status_missing"), words("status_ok")
    steps = f"(({score}-{exact(Fraction(scale.bottom))})/{exact(Fraction(scale.step))})"
    off = (
        f"OR({score}<{exact(Fraction(scale.bottom))},{score}>{exact(Fraction(scale.top))},"
        f"ABS(ROUND({steps},0)-{steps})>0.000000001)"
    )
    with_reason = f"IF(LEN(TRIM({reason}))=0,{quoted(words('status_no_reason'))},{quoted(ok)})"
    number = f"IF({off},{quoted(words('status_off_scale'))},{with_reason})"
    formula = f"IF(NOT(ISNUMBER({score})),{quoted(words('status_not_number'))},{number})"
    return f"IF(ISBLANK({score}),{quoted(missing)},{formula})", missing


def scale_text(scale: Scale, language: str) -> str:
    """Give a scale's sentences, one on each line, the highest score first."""
    levels = sorted(scale.levels, key=lambda level: -level.score)
    return "\n".join(f"{level.score:f}: {level.text[language]}" for level in levels)


def scale_sheet(frame: Frame, leaves: Iterable[Criterion]) -> Sheet:
    """Give the sheet with the sentences of every scale in use."""
    words = frame.words
    draft = frame.draft("scale", SCALE_WIDTHS)
    draft.remark(words("scale_intro"))
    draft.row += 1
    scales = {leaf.scale_id: leaf.scale for leaf in leaves if leaf.scale is not None}
    for scale in scales.values():
        draft.row = draft.section(scale.title[words.language])
        draft.remark(words("scale_step", step=format_number(scale.step, words.language)))
        draft.headings(draft.row, (words("scale_score"), words("scale_meaning")))
        for level in sorted(scale.levels, key=lambda item: -item.score):
            draft.row += 1
            draft.number(draft.row, 0, level.score)
            draft.text(draft.row, 1, level.text[words.language])
        draft.row += 2
    return draft.finish(landscape=False)


def pieces(text: str, width: float, lines: int) -> list[str]:
    """Split a long text into pieces of at most so many lines in a column, at paragraphs where that is possible.

    A row can only be some 400 points high; what does not fit would be cut off on paper.

    >>> pieces("a b", 10, 5)
    ['a b']
    """
    letters = max(20, int(width))
    found: list[str] = []
    for paragraph in text.strip().split("\n"):
        parts = textwrap.wrap(paragraph, letters * lines, break_long_words=True) or [""]
        for part in parts:
            joined = f"{found[-1]}\n{part}" if found else part
            if found and line_count(joined, width) <= lines:
                found[-1] = joined
            elif part or found:
                found.append(part)
    return [piece.strip("\n") for piece in found if piece.strip()]


def read_score(
    values: Mapping[str, Typed], lot: str, bidder: str, leaf: Criterion, name: str
) -> tuple[Score, list[Problem]]:
    """Give one score with its words, and what is wrong with it. A missing score was reported when it was read."""

    def text(what: str) -> str:
        return str(values.get(key_of(what, lot, bidder, leaf.id)) or "")

    key = key_of("score", lot, bidder, leaf.id)
    value = values.get(key)
    score = Score(
        value=value if isinstance(value, Decimal) else None,
        reason=text("reason"),
        strengths=text("strengths"),
        weaknesses=text("weaknesses"),
        doubt=text("doubt"),
    )
    if leaf.scale is None or score.value is None or (wrong := score_problem(leaf.scale, score.value)) is None:
        return score, []
    found = values.place(key) if isinstance(values, Values) else Place(name)
    help_ = f"Type a score from {leaf.scale.bottom} to {leaf.scale.top} in steps of {leaf.scale.step}."
    message = f"{wrong[1][:1].upper()}{wrong[1][1:]}."
    return score, [Problem(wrong[0], message, found, help=help_, values={"read": str(score.value)})]
