"""Forms on paper: one described document, printed as PDF/A with its data inside, or written as a workbook.

The hall knows no word of the domain: whoever prints hands in titles, labels and values in two languages, the one of the
office that asks for the paper and the one of the reader. Fonts are the ones beside this file, so that the same document
is the same bytes on every machine.
"""

from .document import Attached, Document, Line, Part

__all__ = ["Attached", "Document", "Line", "Part"]
