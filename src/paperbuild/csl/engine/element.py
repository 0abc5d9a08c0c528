"""What every element of a style has in common, the style's root, and its macros."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from citeproc import model

from paperbuild.csl import marked
from paperbuild.csl.marked import mark

CSL = "{http://purl.org/net/xbiblio/csl}"
_FALLBACK_FORMS = {"verb-short": "verb", "symbol": "short", "verb": "", "short": ""}


class _Formatter:
    """citeproc-py's formatter protocol, in marks."""

    @staticmethod
    def preformat(text: Any) -> str:
        """The text: nothing is escaped."""
        return str(text)

    Italic = Oblique = staticmethod(lambda text: mark("italic", str(text)))
    Bold = staticmethod(lambda text: mark("bold", str(text)))
    Light = staticmethod(str)
    Underline = staticmethod(lambda text: mark("underline", str(text)))
    Superscript = staticmethod(lambda text: mark("superscript", str(text)))
    Subscript = staticmethod(lambda text: mark("subscript", str(text)))
    SmallCaps = staticmethod(lambda text: mark("small-caps", str(text)))


class Element:
    """What all replaced elements do otherwise: cases, quotation marks, terms."""

    def case(self, text: Any, language: str | None = None) -> str:
        """The text in the case the element asks for; only English has a title case."""
        case: str | None = self.get("text-case")  # type: ignore[attr-defined]
        if not case or (case == "title" and (language or "en")[:2] != "en"):
            return str(text)
        return marked.change_case(str(text), case)

    def quote(self, text: str) -> str:
        """The text in quotation marks, if the element asks for them."""
        return mark("quote", text) if self.get("quotes") == "true" else text  # type: ignore[attr-defined]

    def get_term(self, name: str, form: str | None = None, **options: Any) -> Any:
        """The term's element in the form, or in the next one that CSL falls back to."""
        root = self.get_root()  # type: ignore[attr-defined]
        if options or not isinstance(root, Style):
            return super().get_term(name, form, **options)  # type: ignore[misc]
        if (name, form) not in root.terms_seen:
            root.terms_seen[name, form] = self._term_in_some_form(name, form)
        return root.terms_seen[name, form]

    def _term_in_some_form(self, name: str, form: str | None) -> Any:
        form = None if form == "long" else form
        found = super().get_term(name, form)  # type: ignore[misc]
        while found is None and form:
            form = _FALLBACK_FORMS.get(form) or None
            found = super().get_term(name, form)  # type: ignore[misc]
        return found


class Style(model.Style):  # type: ignore[misc]
    """The style's root; it holds what is looked up often."""

    def prepare(self, locales: Sequence[Any]) -> None:
        """Give the style its languages, the strongest first, and keep every element alive."""
        self.formatter = _Formatter
        self.terms_seen: dict[tuple[str, str | None], Any] = {}
        self.locales = list(locales)
        for locale in self.locales:
            locale.style = self
        self.alive = [list(root.iter()) for root in (self, *self.locales)]
        self.macros = {macro.get("name"): macro for macro in self.findall(f"{CSL}macro")}
        for layout in self.iter(f"{CSL}layout"):
            layout.repressed = {}


class Macro(model.Macro):  # type: ignore[misc]
    """A macro; whether it calls a variable is found out once."""

    _calls: bool | None = None

    def calls_variable(self) -> bool:
        """True where anything in it prints a variable."""
        if self._calls is None:
            self._calls = False
            self._calls = super().calls_variable()
        return self._calls
