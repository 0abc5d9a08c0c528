"""One Markdown manuscript in; a PDF, a Word document, a web preview and a report out."""

__version__ = "0.1.0"
