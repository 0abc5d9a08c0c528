"""Dates, their parts, and ranges of them."""

from __future__ import annotations

from typing import Any

from citeproc import model
from citeproc.source import DateRange, LiteralDate

from paperbuild.csl.marked import YEAR

from .cited import Cited
from .element import CSL, Element

_DATE_PARTS = ("year", "month", "day")


class Date(Element, model.Date):  # type: ignore[misc]
    """A date."""

    def process(self, item: Cited, *args: Any, **options: Any) -> Any:
        """The date in words, or as digits where it is sorted by."""
        del args, options
        value = item.reference[self.get("variable")]
        form = self.get("form")
        source = self.get_date(form) if form else self
        shown = (self.get("date-parts") or "year-month-day").split("-") if form else list(_DATE_PARTS)
        if isinstance(value, LiteralDate):
            return value.text
        if item.sorting:
            known = [part for part in shown if source.part(part) is not None]
            return value.sort_key()[: 3 + 2 * len(known)]
        set_date = source.render_date_range if isinstance(value, DateRange) else source.render_single_date
        return set_date(value, shown, self)

    def markup(self, text: Any) -> Any:
        """The date in its formatting and affixes; citeproc-py leaves the formatting out."""
        return self.wrap(self.format(self.case(text))) if text else None

    def part(self, name: str) -> Any:
        """The element of this date part, or None."""
        return self.find(f"{CSL}date-part[@name='{name}']")

    def render_single_date(self, date: Any, show_parts: Any = None, context: Any = None) -> Any:
        """One date; nothing where none of its parts is shown."""
        parts = self.parts(date, show_parts, context) if date and show_parts else []
        return self.join(parts) if parts else None

    def render_date_range(self, dates: Any, show_parts: Any = None, context: Any = None) -> Any:
        """Both ends, what they share only once; one date where what is shown is the same."""
        shown = [part for part in show_parts or () if self.part(part) is not None]
        begin, end = dates.begin, dates.get("end")
        if end is None:
            return f"{self.render_single_date(begin, shown, context)}–"
        pair = [
            [date.get(part) for part in ("year", "month", "day") if part in shown] for date in (begin, end)
        ]
        if pair[0] == pair[1]:
            return self.render_single_date(begin, shown, context)
        if set(begin) == set(end) and ("year" in shown or begin.year != end.year):
            return super().render_date_range(dates, shown, context)
        sides = (self.render_single_date(date, shown, context) for date in (begin, end))
        return "–".join(side for side in sides if side)


class DatePart(Element, model.Date_Part):  # type: ignore[misc]
    """Year, month or day. What a style says about it holds only for this one date."""

    def render(self, *args: Any, **options: Any) -> Any:
        """The part; citeproc-py writes overrides into the language's own element, so they are undone."""
        before = dict(self.attrib)
        try:
            text = super().render(*args, **options)
        except (AssertionError, TypeError):
            return None
        finally:
            self.attrib.clear()
            self.attrib.update(before)
        return f"{text}{YEAR}" if text and before.get("name") == "year" else text
