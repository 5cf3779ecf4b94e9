"""The page on evaluation models and scales, made from their files."""

from __future__ import annotations

from collections.abc import Mapping

from parts import bullets, join, table, text

from tenderkit import formula
from tenderkit.library.model import EvaluationModel, Scale


def models_page(models: Mapping[str, EvaluationModel], scales: Mapping[str, Scale]) -> str:
    """Give all evaluation models and scales."""
    head = join(
        "# Evaluation models\n",
        "Every evaluation model (evalueringsmodel) of the library, made from its file in `evaluation_models/`.",
        "The sentence below each formula is made from the formula, as in the tender conditions.",
        "The tests run the examples.",
        "In the terminal: `tenderkit model list` and `tenderkit model show ID`.\n",
    )
    return join(
        head,
        *(_model(key, model) for key, model in models.items()),
        "## Scales\n",
        *(_scale(key, scale) for key, scale in scales.items()),
    )


def _model(key: str, model: EvaluationModel) -> str:
    names = {symbol: {"da": text.da, "en": text.en} for symbol, text in model.symbols.items()}
    steps = [f"{name} = {step}" for name, step in model.steps.items()]
    claims = {
        "depends on the other bids": model.relative,
        "a better value never gives a worse result": model.monotone,
        "equal steps give equal differences": model.linear,
        "a loser that leaves can change who wins": model.rank_reversal,
    }
    tried = [f"{claim}: {'yes' if holds else 'no'}" for claim, holds in claims.items()]
    edges = [f"`{name}`: {rule}" for name, rule in model.edges.model_dump().items()]
    role = "scores a criterion" if model.role == "criterion" else "ranks the bids"
    return join(
        f"## {text(model.title.en)} {{ #{key} }}\n",
        f"*{text(model.title.da)}* · `{key}` · {role}\n",
        f"{text(model.description.en)}\n",
        "\n".join(["~~~~ text", *steps, model.formula, "~~~~\n"]),
        f"> {text(formula.words(formula.parse(model.formula), names, 'en'))}\n>\n"
        f"> {text(formula.words(formula.parse(model.formula), names, 'da'))}\n",
        bullets([f"{name}: {item.ask.en}" for name, item in model.parameters.items()]) if model.parameters else "",
        f"**Claims**, tried by the tests: {'; '.join(tried)}.\n",
        f"**Edge rules**: {'; '.join(edges)}.\n",
        "**Use it when**\n",
        bullets(model.use_when.en),
        "**Do not use it when**\n",
        bullets(model.not_when.en),
        "**Worked examples**\n",
        bullets([example.note for example in model.examples]),
        "**Sources**\n",
        bullets([f"{source.title} ({source.mark})" for source in model.sources]),
    )


def _scale(key: str, scale: Scale) -> str:
    rows = [(str(level.score), text(level.text.en), text(level.text.da)) for level in scale.levels]
    return join(
        f"### {text(scale.title.en)} {{ #{key} }}\n",
        f"*{text(scale.title.da)}* · `{key}`\n",
        table(("Score", "Given when", "Danish"), rows),
        f"{text(scale.between.en)}\n" if scale.between else "",
    )
