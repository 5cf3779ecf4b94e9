"""A Word file of an authority, as a Danish Word saves it."""

from __future__ import annotations

import io
import struct
import zlib

import docx
from docx.shared import Cm, RGBColor

from tenderkit.package import read_parts, write_parts


def danish_template(*, template: bool = True) -> bytes:
    """Give a file as a Danish Word saves it: style ids in Danish, names in English, a logo, a header and a footer."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(3)
    header = section.header.paragraphs[0]
    header.text = "Nørreå Kommune · Udbud og Indkøb"
    header.add_run().add_picture(io.BytesIO(_logo()), width=Cm(1))
    section.footer.paragraphs[0].text = "Rådhuspladsen 1 · 9999 Nørreå"
    document.styles["Normal"].font.name = "Arial"
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x7A, 0x1F, 0x3D)
    document.add_heading("Skabelonens egen tekst", 1)
    document.add_paragraph("Skal ikke med.").add_run().add_picture(io.BytesIO(_logo()), width=Cm(2))
    buffer = io.BytesIO()
    document.save(buffer)
    parts = read_parts(buffer.getvalue(), "skabelon.dotx")
    for name in ("word/styles.xml", "word/document.xml"):
        for level in (1, 2, 3):
            parts[name] = parts[name].replace(f'"Heading{level}"'.encode(), f'"Overskrift{level}"'.encode())
        parts[name] = parts[name].replace(b'w:val="Heading 1"', b'w:val="heading 1"')
    if template:
        kinds = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = kinds.replace(
            b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml"
        )
    return write_parts(parts)


def _logo() -> bytes:
    """Give a small red square as PNG."""
    rows = b"".join(b"\x00" + b"\xb0\x20\x30" * 8 for _ in range(8))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
