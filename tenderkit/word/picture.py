"""A chart as a picture in the text, as wide as the lines."""

from __future__ import annotations

from collections.abc import Iterator

from tenderkit.assembly.tree import Picture
from tenderkit.word.inline import words
from tenderkit.word.session import Session
from tenderkit.word.xml import NAMESPACES, Node, el

_EMU_IN_TWENTIETH = 635


def picture(block: Picture, session: Session) -> Iterator[Node]:
    """Give the caption and the picture, kept together on a page; the picture says in words what it shows."""
    from tenderkit.charts import png  # noqa: PLC0415 - few documents have a chart, and matplotlib is slow to import

    relation, pixels_wide, pixels_high = session.image(png(block.chart))
    session.pictures += 1
    wide = session.width * _EMU_IN_TWENTIETH
    extent = {"cx": str(wide), "cy": str(wide * pixels_high // pixels_wide)}
    about = {"id": str(session.pictures), "name": f"Picture {session.pictures}", "descr": block.alternative}
    none = {"distT": "0", "distB": "0", "distL": "0", "distR": "0"}
    inline = el(
        "wp:inline",
        none,
        el("wp:extent", extent),
        el("wp:docPr", about),
        el("wp:cNvGraphicFramePr", None, el("a:graphicFrameLocks", {"noChangeAspect": "1"})),
        el("a:graphic", None, el("a:graphicData", {"uri": NAMESPACES["pic"]}, _shape(relation, extent, about))),
    )
    yield session.paragraph("Caption", *words(block.caption, session), keep=True)
    yield session.paragraph("TKBody", el("w:r", None, el("w:drawing", None, inline)))


def _shape(relation: str, extent: dict[str, str], about: dict[str, str]) -> Node:
    return el(
        "pic:pic",
        None,
        el("pic:nvPicPr", None, el("pic:cNvPr", about), el("pic:cNvPicPr")),
        el("pic:blipFill", None, el("a:blip", {"r:embed": relation}), el("a:stretch", None, el("a:fillRect"))),
        el(
            "pic:spPr",
            None,
            el("a:xfrm", None, el("a:off", {"x": "0", "y": "0"}), el("a:ext", extent)),
            el("a:prstGeom", {"prst": "rect"}, el("a:avLst")),
        ),
    )
