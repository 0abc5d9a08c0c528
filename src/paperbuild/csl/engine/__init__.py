"""What a style makes of one item: everything that touches citeproc-py.

citeproc-py keeps a style as an XML tree whose elements render themselves. Its elements are
replaced here, one by one, where they would lose or double text, by classes that the parser
instantiates instead (see ``load``); the rest is citeproc-py's. All text is in marked strings
(see ``paperbuild.csl.marked``).
"""

from .processor import Processor

__all__ = ["Processor"]
