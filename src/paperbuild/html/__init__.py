"""HTML from the AST, for the PDF and for the web."""

from paperbuild.html.body import Body, Target, write_blocks, write_inlines

__all__ = ["Body", "Target", "write_blocks", "write_inlines"]
