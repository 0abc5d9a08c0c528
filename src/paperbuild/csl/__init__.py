"""Citations and reference lists after any CSL style.

``find_style`` finds a style, ``process`` sets citations and bibliography in it.
"""

from .citations import process
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
    "find_style",
    "process",
    "styles",
]
