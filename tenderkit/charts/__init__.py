"""Charts as pictures: lines and bars for documents (PNG) and the site (SVG); the same data give the same bytes.

matplotlib draws them. It is slow to import, so whoever needs a chart imports this package when it is needed.
"""

from __future__ import annotations

from tenderkit.charts.draw import png, svg
from tenderkit.charts.types import Bars, Chart, Line, Lines, Part

__all__ = ["Bars", "Chart", "Line", "Lines", "Part", "png", "svg"]
