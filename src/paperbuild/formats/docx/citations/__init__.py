"""Live citations: fields that Zotero reads, shows and sets anew in Word.

Zotero keeps a citation as the code of a field whose result is the text on the page, the reference list as
another, and its settings as custom properties of the document. What stands on the page is the same with
fields and without.
"""

from __future__ import annotations

from .fields import promised, with_fields
from .remarks import remarks
from .settings import with_settings

__all__ = ["promised", "remarks", "with_fields", "with_settings"]
