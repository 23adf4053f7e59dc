"""What lies in a printed form: the packed parts of a PDF, unpacked."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator


def parts_of(pdf: bytes) -> Iterator[bytes]:
    """Every stream of a PDF."""
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.S):
        try:
            yield zlib.decompressobj().decompress(found[1])
        except zlib.error:
            yield found[1].removesuffix(b"\n")
