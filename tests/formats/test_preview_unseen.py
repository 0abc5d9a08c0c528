"""What nobody sees on a page is no part of what the page holds."""

from __future__ import annotations

import pytest

from paperbuild.formats.preview.read import read

PAGE = (
    "<!DOCTYPE html><html lang=en><head><title>T</title><style>{style}</style></head><body><main><article>"
    '<div class="prose"><p>Before.</p><p class="it" {attributes}>The text in question.</p><p>After.</p></div>'
    "</article></main></body></html>"
)


def texts(style: str = "", attributes: str = "") -> list[str]:
    page = PAGE.format(style=style, attributes=attributes)
    return [item.text for item in read(page.encode()).of("paragraph")]


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden",
        'hidden="until-found"',
        'style="display:none"',
        'style="DISPLAY : NONE !important"',
        'style="visibility: hidden"',
        'style="opacity: 0"',
        'style="font-size: 0.1pt"',
        'style="font-size:0"',
        'style="color: #fff"',
        'style="color: rgba(0, 0, 0, 0)"',
        'style="color: #123456; background: #123456"',
        'style="position: absolute; left: -9999px"',
        'style="text-indent: -999em"',
    ],
)
def test_what_hides_itself_is_not_there(attributes):
    assert texts(attributes=attributes) == ["Before.", "After."]


@pytest.mark.parametrize(
    "style",
    [
        ".it { display: none }",
        "p:nth-of-type(2) { visibility: hidden }",
        "div > p.it, nothing { opacity: 0 }",
        "@media screen { .it { display: none } }",
        "p { margin: 0 } .it { font-size: .1px }",
    ],
)
def test_what_the_style_of_the_page_hides_is_not_there(style):
    assert texts(style) == ["Before.", "After."]


@pytest.mark.parametrize(
    ("style", "attributes"),
    [
        ("", 'style="display: block; color: #333; opacity: .5; font-size: 9pt"'),
        ("", 'style="color: white; background: #123456"'),
        ("", 'style="text-indent: -1.6rem; margin-left: -20px"'),
        ("@media print { .it { display: none } }", ""),
        ("@media (max-width: 30rem) { .it { display: none } }", ""),
        (".it::before { display: none }", ""),
        (".it:::: { display: none }", ""),
        (".other { display: none }", ""),
        ("} .it { display", ""),
    ],
)
def test_what_can_be_seen_is_there(style, attributes):
    assert texts(style, attributes) == ["Before.", "The text in question.", "After."]
