"""The pages on scales, and on the ways in which an evaluation can go wrong."""

from __future__ import annotations

from collections.abc import Mapping

from parts import bullets, code, join, table, text

from tenderkit.library.model import Scale
from tenderkit.library.pitfall import Pitfall


def scales_page(scales: Mapping[str, Scale]) -> str:
    """Give all scales with the sentence for each level."""
    head = join(
        "# Scales\n",
        "Scales (karakterskalaer) for evaluators, made from their files in `evaluation_models/scales/`. Each level has",
        "its sentence, tied to what the tender looks for and not to other bids. The tender documents print it, and the",
        "evaluators' workbooks show it beside the cell.\n",
    )
    return join(head, *(_scale(key, scale) for key, scale in scales.items()))


def _scale(key: str, scale: Scale) -> str:
    rows = [(str(level.score), text(level.text.en), text(level.text.da)) for level in scale.levels]
    return join(
        f"## {text(scale.title.en)} {{ #{key} }}\n",
        f"*{text(scale.title.da)}* · {code(key)} · smallest step {scale.step}\n",
        table(("Score", "Given when", "Danish"), rows),
        f"{text(scale.between.en)}\n\n> {text(scale.between.da)}\n" if scale.between else "",
    )


def pitfalls_page(pitfalls: Mapping[str, Pitfall]) -> str:
    """Give all pitfalls in the order of their numbers."""
    head = join(
        "# Pitfalls of evaluation\n",
        "Known ways in which an evaluation picks a winner for the wrong reason, made from their files in",
        "`evaluation_models/pitfalls/`. `tenderkit model test` looks for each of them before the tender is out.\n",
    )
    ordered = sorted(pitfalls.items(), key=lambda item: item[1].number)
    return join(head, *(_pitfall(key, pitfall) for key, pitfall in ordered))


def _pitfall(key: str, pitfall: Pitfall) -> str:
    return join(
        f"## {pitfall.number} {text(pitfall.title.en)} {{ #{key} }}\n",
        f"*{text(pitfall.title.da)}* · {code(key)} · {pitfall.severity}\n",
        f"{text(pitfall.explains.en)}\n",
        f"**The smallest example** ({pitfall.example.mark}): {text(pitfall.example.en)}\n",
        "**What to do**\n",
        bullets(pitfall.remedy.en),
        "**Sources**\n",
        bullets([f"{source.title} ({source.mark})" for source in pitfall.sources]),
    )
