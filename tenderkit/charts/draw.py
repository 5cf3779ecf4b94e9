"""Charts drawn with matplotlib, without its global state and without a date, so that the bytes repeat."""

from __future__ import annotations

import textwrap
from io import BytesIO
from itertools import cycle
from typing import TYPE_CHECKING, Any

from tenderkit.charts.types import Bars, Chart, Lines, Unit
from tenderkit.quantities import Language, format_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Colours that people with any colour vision can tell apart (Okabe and Ito 2008), the darker ones first.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#333333")
#: Beside the colour a line style or a hatching, so that a chart also reads in black and white.
STYLES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)))
HATCHES = ("", "///", "...", "xxx", "\\\\\\", "---", "+++")
WIDTH_INCHES = 6.3
DOTS_PER_INCH = 200
LABEL_WIDTH = 34
FEW = 4
_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "tenderkit",
    "svg.fonttype": "none",
    "font.size": 9,
    "font.family": "DejaVu Sans",
    "hatch.linewidth": 0.6,
}


def png(chart: Chart) -> bytes:
    """Give a chart as a PNG picture, 16 cm wide."""
    return _drawn(chart, "png", {"Software": None})


def svg(chart: Chart) -> str:
    """Give a chart as SVG text; letters stay text, so that they can be read out and searched."""
    return _drawn(chart, "svg", {"Date": None, "Creator": None}).decode("utf-8")


def _drawn(chart: Chart, kind: str, metadata: dict[str, None]) -> bytes:
    import matplotlib as mpl  # noqa: PLC0415 - slow to import
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(WIDTH_INCHES, _height(chart)), dpi=DOTS_PER_INCH, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        if isinstance(chart, Lines):
            _lines(axes, chart)
        else:
            _bars(axes, chart)
        _legend(figure, axes, chart)
        written = BytesIO()
        figure.savefig(written, format=kind, metadata=metadata)
    return written.getvalue()


def _height(chart: Chart) -> float:
    """Give a height in inches that leaves every bar and every line of the legend its room."""
    if isinstance(chart, Lines):
        return 3.4 + 0.18 * max(0, len(chart.curves) - 2)
    rows = len(chart.names) * (1 if chart.stacked else len(chart.parts))
    lines = sum(len(_folded(name).splitlines()) for name in chart.names)
    return max(1.6, 0.9 + 0.26 * max(rows, lines) + 0.2 * (len(chart.parts) > 1))


def _lines(axes: Axes, chart: Lines) -> None:
    looks = zip(cycle(COLOURS), cycle(STYLES), strict=False)
    for curve, (colour, style) in zip(chart.curves, looks, strict=False):
        ys = [float("nan") if value is None else value for value in curve.ys]
        axes.plot(curve.xs, ys, color=colour, linestyle=style, linewidth=1.8, label=curve.label)
    for position, label in chart.marks:
        axes.axvline(position, color="#888888", linewidth=0.9, linestyle=(0, (2, 2)))
        axes.annotate(
            label, (position, 1.0), (2, -3), xycoords=("data", "axes fraction"), textcoords="offset points",
            rotation=90, va="top", fontsize=7, color="#555555",
        )  # fmt: skip
    axes.set_xlabel(chart.x_label)
    axes.set_ylabel(chart.y_label)
    _ticks(axes, "x", chart.x_unit, chart.language)
    _ticks(axes, "y", chart.y_unit, chart.language)
    axes.grid(visible=True, color="#dddddd", linewidth=0.6)
    _frame(axes)


def _bars(axes: Axes, chart: Bars) -> None:
    count = 1 if chart.stacked else len(chart.parts)
    thickness = 0.8 / count
    starts = [0.0] * len(chart.names)
    for index, (part, colour, hatch) in enumerate(zip(chart.parts, cycle(COLOURS), cycle(HATCHES), strict=False)):
        shift = 0.0 if chart.stacked else (index - (count - 1) / 2) * thickness
        places = [row + shift for row in range(len(chart.names))]
        bars = axes.barh(
            places, part.values, thickness * 0.92, left=starts if chart.stacked else None, label=part.label,
            color=colour, hatch=hatch, edgecolor="white", linewidth=0.6,
        )  # fmt: skip
        if chart.stacked:
            starts = [start + value for start, value in zip(starts, part.values, strict=True)]
        else:
            shown = [_printed(value, chart.unit, chart.language) for value in part.values]
            axes.bar_label(bars, shown, padding=3, fontsize=8)
    axes.set_yticks(range(len(chart.names)), [_folded(name) for name in chart.names])
    axes.invert_yaxis()
    axes.margins(x=0.14)
    axes.set_xlabel(chart.x_label)
    _ticks(axes, "x", chart.unit, chart.language)
    axes.grid(visible=True, axis="x", color="#dddddd", linewidth=0.6)
    axes.axvline(0, color="#333333", linewidth=0.8)
    _frame(axes)


def _folded(name: str) -> str:
    return textwrap.fill(name, LABEL_WIDTH)


def _frame(axes: Axes) -> None:
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _legend(figure: Figure, axes: Axes, chart: Chart) -> None:
    """Put the legend above the chart, when there is more than one thing to tell apart."""
    handles, labels = axes.get_legend_handles_labels()
    shown = chart.curves if isinstance(chart, Lines) else chart.parts
    if len(shown) > 1:
        columns = _legend_columns(labels)
        figure.legend(handles, labels, loc="outside upper left", ncols=columns, frameon=False, fontsize=8)


def _legend_columns(labels: list[str]) -> int:
    """Give one column for a few long labels, two for many, three for short ones."""
    if max(len(label) for label in labels) <= LABEL_WIDTH:
        return min(3, len(labels))
    return 2 if len(labels) > FEW else 1


def _ticks(axes: Axes, which: str, unit: Unit, language: Language) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: PLC0415 - slow to import

    axis = axes.xaxis if which == "x" else axes.yaxis
    axis.set_major_locator(MaxNLocator(nbins=7, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: _printed(value, unit, language)))


def _printed(value: float, unit: Unit, language: Language) -> str:
    """Give a number of a chart in the language's format, with as many decimals as its size makes sense of."""
    from decimal import Decimal  # noqa: PLC0415 - only here

    shown = value * 100 if unit == "percent" else value
    places = 0 if abs(shown) >= 100 or unit == "money" else 1 if abs(shown) >= 10 else 2  # noqa: PLR2004 - sizes
    text = format_number(Decimal(f"{shown:.{places}f}").normalize() + 0, language)
    return f"{text} %" if unit == "percent" and language == "da" else f"{text}%" if unit == "percent" else text
