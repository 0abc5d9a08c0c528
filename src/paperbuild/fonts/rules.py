"""Rules for fontconfig, which fonts.conf is made of: which families a request stands for (fonts.conf(5)).

They take the place of a machine's own, so that its settings, languages and other fonts count for nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from xml.sax.saxutils import escape

from paperbuild.fonts.families import GENERIC, KINDS, LANGUAGES

_KINDS = ("Serif", "Sans")
_SIMPLIFIED = "SC"


def rules() -> str:
    """A whole configuration, the rules and no folder of fonts, as an XML document."""
    return "".join(
        [
            '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n',
            *(_match(_family(name), "append", [kind]) for kind, names in KINDS.items() for name in names),
            *(_match(_family(name), "assign", families) for name, families in GENERIC.items()),
            *_shapes(),
            *_bold(),
            # A request may name no generic family: what it lacks is looked for in the same order everywhere.
            _match("", "append_last", GENERIC["serif"]),
            "</fontconfig>\n",
        ]
    )


def _shapes() -> Iterable[str]:
    """Japanese, Korean and traditional Chinese text in its own shapes of Chinese characters."""
    for language, area in LANGUAGES.items():
        # Only the first language counts: fontconfig adds those of the environment behind it.
        spoken = f'<test qual="first" name="lang" compare="contains"><string>{language}</string></test>'
        for kind in _KINDS:
            simplified, own = f"Noto {kind} {_SIMPLIFIED}", f"Noto {kind} {area}"
            yield _match(spoken + _family(simplified), "prepend", [own])


def _bold() -> Iterable[str]:
    """Bold in Chinese, Japanese and Korean is set in sans: the packages' serif fonts have one weight."""
    heavy = '<test name="weight" compare="more_eq"><const>demibold</const></test>'
    for area in (_SIMPLIFIED, *dict.fromkeys(LANGUAGES.values())):
        yield _match(heavy + _family(f"Noto Serif {area}"), "prepend", [f"Noto Sans {area}"])


def _family(name: str) -> str:
    return f'<test name="family"><string>{escape(name)}</string></test>'


def _match(tests: str, mode: str, families: Iterable[str]) -> str:
    names = "".join(f"<string>{escape(name)}</string>" for name in families)
    edit = f'<edit name="family" mode="{mode}" binding="strong">{names}</edit>'
    return f'<match target="pattern">{tests}{edit}</match>\n'


if __name__ == "__main__":
    sys.stdout.write(rules())
