"""Imports, once, what every worker needs: read by the process that workers are forked from (see batch)."""

from contextlib import suppress

from paperbuild import config, pipeline
from paperbuild.formats import registry

__all__ = ["pipeline"]

for _name in config.FORMATS:
    registry.get(_name)
with suppress(OSError):  # Pango is missing; whoever makes a PDF says so
    import weasyprint as weasyprint  # noqa: PLC0414 - it is imported for its effect
