"""From the AST to the document that every format shows: citations, reference list, numbers, pictures."""

from paperbuild.resolve.document import resolve

__all__ = ["resolve"]
