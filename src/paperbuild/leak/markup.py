"""Markup: what a page says once its tags are gone, and what its tags say themselves."""

from __future__ import annotations

import html
import re

from paperbuild.leak.marks import END

_INLINE = (
    "abbr|acronym|a|bdi|bdo|big|b|cite|code|data|del|dfn|em|font|ins|i|kbd|label|mark|q|ruby|rb|small|span"
    "|strike|strong|sub|sup|s|time|tspan|tt|u|var|wbr"
)
"""Elements that do not end a word (HTML, section 4.5; SVG's tspan)."""
_REST = r"""((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>"""
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})(?=[\s/>]){_REST}", re.IGNORECASE)
_TAG = re.compile(rf"</?[a-zA-Z!][^\s<>/\"'-]*+{_REST}")
_INSIDE = re.compile(rf"<[a-zA-Z][^\s<>/\"'-]*+(?=[\s/]){_REST}")
_DECLARATION = re.compile(r"<\?xml(?:\s+(?:version|encoding|standalone)=[\"'][\w.-]*[\"'])*\s*\?>")
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_EDGES = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>|/\*|\*/")
_QUOTED = re.compile(r"""\\?["']\s*[,:;\]})](?:\s*\\?["'])?|[\[{(,:=]\s*\\?["']""")
"""Where a text of JSON or of a script begins or ends, or one ends and the next begins."""
_GLUE = re.compile(r"""(["'`])\s*\+\s*\1""")
"""Where a script puts texts together."""
_VALUE = re.compile(r"""=\s*["']|["'](?=\s|/|\x00|$)""")
_TOUCHING = re.compile(rf"</({_INLINE})><\1[\s>]")


def plain(text: str) -> tuple[str, str]:
    """What stands between the tags, and what stands in them: texts with END between them.

    Comments, scripts, templates and what is hidden count as text. Elements within a line join what they
    touch, as a browser does; all others end a text.
    """
    if "<" not in text:
        return _unquoted(text), ""
    text = _DECLARATION.sub(END, text)
    if end := text.rfind("-->") + 1:  # what is not closed is no comment, and would be looked through in vain
        ended, rest = text[: end + 2], text[end + 2 :]
        text = END.join([_COMMENT.sub("", ended) + rest, *_COMMENT.findall(ended)])
    text = _EDGES.sub(END, text)
    inside = _VALUE.sub(END, END.join(_INSIDE.findall(text)))
    body = _TAG.sub(END, _INLINE_TAG.sub("", _BREAK.sub(" ", text)))
    return _unquoted(html.unescape(body)), html.unescape(inside)


def apart(text: str) -> str:
    """What stands between the tags, each element within a line taken for a word; nothing where none touch."""
    if not _TOUCHING.search(text):
        return ""
    return html.unescape(_TAG.sub(END, _INLINE_TAG.sub(" ", _EDGES.sub(END, text))))


def _unquoted(text: str) -> str:
    if '"' in text or "'" in text:
        return _QUOTED.sub(END, _GLUE.sub("", text))
    return text
