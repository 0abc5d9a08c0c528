"""The PDF format: the whole document, through WeasyPrint."""

from paperbuild.config import Options
from paperbuild.formats.base import Format, Prepared
from paperbuild.formats.pdf.read import read
from paperbuild.formats.pdf.write import write
from paperbuild.inventory import promise
from paperbuild.model import ResolvedDocument


def prepare(document: ResolvedDocument, options: Options) -> Prepared:
    """Everything is promised."""
    del options
    return Prepared(document, promise(document))


FORMAT = Format("pdf", prepare, write, read)
