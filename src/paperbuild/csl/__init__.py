"""Citations and reference lists after any CSL style.

``find_style`` finds a style, ``process`` sets citations and bibliography in it. ``locale`` and ``as_data``
are for other programs that set them anew.
"""

from .citations import locale, process
from .items.data import as_data
from .records import Citation, Cite, Entry, Problem, Processed, Rendered, Segment, Style, StyleError
from .styles import find_style, styles

__all__ = [
    "Citation",
    "Cite",
    "Entry",
    "Problem",
    "Processed",
    "Rendered",
    "Segment",
    "Style",
    "StyleError",
    "as_data",
    "find_style",
    "locale",
    "process",
    "styles",
]
