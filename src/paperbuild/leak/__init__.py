"""Leaks: whether anything that a preview withholds can be had from a file, in whatever disguise.

``withhold`` says what is withheld, ``leaks`` looks for it in a file's bytes. ``gather`` collects all that a
document says; ``marks`` makes of texts what can be compared (``fold`` undoes disguises of letters);
``layers`` undoes encodings; ``markup`` takes tags away; ``pictures`` knows pictures again; ``counts`` reads
numbers of words; ``find`` looks.
"""

from .find import leaks
from .withheld import Withheld, withhold

__all__ = ["Withheld", "leaks", "withhold"]
