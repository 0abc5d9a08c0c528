"""The PDF format: the whole document, through WeasyPrint."""

from dataclasses import replace

from paperbuild.config import Options
from paperbuild.formats.base import Format, Prepared
from paperbuild.formats.pdf import looks
from paperbuild.formats.pdf.read import read
from paperbuild.formats.pdf.write import write
from paperbuild.inventory import promise
from paperbuild.layouts.running import words
from paperbuild.model import ResolvedDocument
from paperbuild.paywall import without_marks


def prepare(document: ResolvedDocument, options: Options) -> Prepared:
    """Everything is promised."""
    document = without_marks(document)
    promised = promise(document, words(document.front, options).values())
    items = looks.told(promised, document.images, document.mathml)
    return Prepared(document, replace(promised, items=items, title=promised.title or document.slug))


FORMAT = Format("pdf", prepare, write, read, dressed=True)
