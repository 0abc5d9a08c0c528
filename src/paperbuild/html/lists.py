"""How the items of ordered lists are numbered: “1.”, “a)”, “(iv)”."""

from __future__ import annotations

_TYPES = {"LowerRoman": "i", "UpperRoman": "I", "LowerAlpha": "a", "UpperAlpha": "A"}
"""HTML's ``type`` for pandoc's ListNumberStyle; decimal numbers need none."""
_NAMES = {
    "LowerRoman": "lower-roman",
    "UpperRoman": "upper-roman",
    "LowerAlpha": "lower-alpha",
    "UpperAlpha": "upper-alpha",
}
_AROUND = {"OneParen": ("", ")"), "TwoParens": ("(", ")")}
"""What stands around a number for pandoc's ListNumberDelim; the others are a full stop, as in CSS."""
SEPARATOR = "--"
"""Parts a counter style's name from what stands around its numbers."""


def attributes(start: int, style: str, delimiter: str) -> str:
    """The attributes of an ``ol``, for pandoc's ListAttributes."""
    kind = _TYPES.get(style, "")
    return (
        (f' start="{start}"' if start != 1 else "")
        + (f' type="{kind}"' if kind else "")
        + (f' class="{_name(style, delimiter)}"' if delimiter in _AROUND else "")
    )


def rules() -> str:
    """The style sheet of lists whose numbers stand in parentheses (CSS Counter Styles 3, 3.1.7).
    WeasyPrint lets the attribute ``type`` win over what is not important."""
    return "\n".join(
        f"@counter-style {_name(style, delimiter)} {{ system: extends {_NAMES.get(style, 'decimal')}; "
        f'prefix: "{before}"; suffix: "{behind} "; }}\n'
        f"ol.{_name(style, delimiter)} {{ list-style-type: {_name(style, delimiter)} !important; }}"
        for delimiter, (before, behind) in _AROUND.items()
        for style in ("Decimal", *_NAMES)
    )


def _name(style: str, delimiter: str) -> str:
    return f"{_NAMES.get(style, 'decimal')}{SEPARATOR}{delimiter.lower()}"
