"""``::: stress-findings``: every pitfall that was found, with numbers, what to do, and the bids that show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tenderkit.assembly import tree
from tenderkit.assembly.cells import heading, paragraph
from tenderkit.assembly.stress import StressContext
from tenderkit.assembly.stress_example import example_table
from tenderkit.stress.finding import Finding

NEEDS = "stress"


def render(context: StressContext, argument: str, text: str) -> Sequence[tree.Block]:  # noqa: ARG001 - a block's signature
    """Give each finding under a heading of its own, the worst first."""
    findings = context.report.findings
    if not findings:
        return [paragraph(context, "stress.findings.none")]
    return [block for finding in findings for block in _finding(finding, context)]


def _finding(finding: Finding, context: StressContext) -> Iterator[tree.Block]:
    pitfall, language = context.pitfall(finding), context.language
    yield heading(f"{pitfall.title[language]} ({pitfall.number})", 2)
    level = context.label(f"stress.severity.{context.severity(finding)}")
    yield tree.Paragraph((tree.Text(f"{level}: ", bold=True), tree.Text(context.sentence(finding))), keep=True)
    yield tree.Paragraph((tree.Text(pitfall.explains[language]),))
    if finding.example is not None:
        yield from example_table(finding.example, context)
    yield tree.Paragraph((tree.Text(context.label("stress.findings.remedy")),), keep=True)
    yield tree.ItemList(tuple(tree.ListItem((tree.Text(item),)) for item in pitfall.remedy[language]))
