"""From a manuscript to pandoc's AST: the only user of pandoc's readers."""

from paperbuild.parse.document import parse

__all__ = ["parse"]
