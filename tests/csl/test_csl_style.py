"""Styles compiled: what names inherit, macros, languages and their terms, and what a schema says."""

from __future__ import annotations

from pathlib import Path

import citeproc
import pytest
from tests.csl.styles import TITLE, cited, listed, macro, people, style, terms, work

from paperbuild.csl import StyleError
from paperbuild.csl.style.load import complaints, load_style, load_style_text

NAMES = '<names variable="author"/>'
THREE = {"a": work(people("Ash, Ann", "Elm, Eve", "Fir, Fay"))}
PAGES = '<group><label variable="page" form="{}" suffix=" "/><text variable="page"/></group>'


# What names inherit


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ('initialize-with="."', "A. Ash, E. Elm, F. Fir"),
        ('and="text"', "Ann Ash, Eve Elm, and Fay Fir"),
        ('and="symbol" delimiter-precedes-last="never"', "Ann Ash, Eve Elm &#38; Fay Fir"),
        ('name-form="short"', "Ash, Elm, Fir"),
        ('name-delimiter="; " name-form="short"', "Ash; Elm; Fir"),
        ('name-as-sort-order="first"', "Ash, Ann, Eve Elm, Fay Fir"),
        ('name-as-sort-order="all" sort-separator=" "', "Ash Ann, Elm Eve, Fir Fay"),
        ('et-al-min="3" et-al-use-first="1"', "Ann Ash et al."),
        ('et-al-min="3" et-al-use-first="1" delimiter-precedes-et-al="always"', "Ann Ash, et al."),
        ('initialize-with="." initialize="false"', "Ann Ash, Eve Elm, Fay Fir"),
    ],
)
def test_options_come_from_the_style_or_from_the_layout(options, expected):
    through = macro("author", NAMES)
    call = '<text macro="author"/>'
    assert cited(style(NAMES, root=options), THREE) == [expected]
    assert cited(style(NAMES, cite_options=options), THREE) == [expected]
    assert cited(style(call, cite_options=options, before=through), THREE) == [expected]
    assert listed(style(entry=call, entry_options=options, before=through), THREE) == [expected]


def test_the_delimiter_of_roles_is_inherited():
    names = '<names variable="author editor"/>'
    works = {"a": work("Ash, Ann", editor=people("Elm, Eve"))}
    assert cited(style(names, root='names-delimiter=" / "'), works) == ["Ann Ash / Eve Elm"]
    own = names.replace("/>", ' delimiter=" + "/>')
    assert cited(style(own, root='names-delimiter=" / "'), works) == ["Ann Ash + Eve Elm"]


def test_a_macro_inherits_where_it_is_called():
    xml = style(
        '<text macro="author"/>',
        '<text macro="author"/>',
        before=macro("author", NAMES),
        cite_options='name-form="short" and="symbol"',
        entry_options='name-as-sort-order="all" initialize-with="."',
    )
    assert cited(xml, THREE) == ["Ash, Elm, &#38; Fir"]
    assert listed(xml, THREE) == ["Ash, A., Elm, E., Fir, F."]


def test_the_nearest_option_is_taken():
    root, area = 'and="text" name-form="short"', 'and="symbol"'
    assert cited(style(NAMES, root=root, cite_options=area), THREE) == ["Ash, Elm, &#38; Fir"]
    own = '<names variable="author"><name form="long" delimiter=" + "/></names>'
    assert cited(style(own, root=root, cite_options=area), THREE) == ["Ann Ash + Eve Elm + &#38; Fay Fir"]


def test_the_list_does_not_inherit_from_citations():
    xml = style(NAMES, NAMES, cite_options='name-form="short"')
    assert listed(xml, THREE) == ["Ann Ash, Eve Elm, Fay Fir"]


# Macros


CALL = '<text macro="a"/>'


def test_a_macro_in_a_macro_with_looks_of_their_own():
    before = macro("outer", '<text macro="inner" prefix="(" suffix=")"/>') + macro("inner", TITLE)
    xml = style('<text macro="outer" font-style="italic" text-case="uppercase"/>', before=before)
    assert cited(xml, {"a": work(title="tree")}) == ["<i>(TREE)</i>"]


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (macro("a", '<text macro="b"/>') + macro("b", CALL), "the style's macro 'a' calls itself"),
        (macro("a", '<text macro="gone"/>'), "the style calls the macro 'gone', which it does not have"),
        (macro("a", f"<names variable='author'><substitute>{CALL}</substitute></names>"), "calls itself"),
        (macro("a", f'<choose><if type="book">{CALL}</if></choose>'), "calls itself"),
    ],
)
def test_macros_that_lead_nowhere_are_refused(before, said):
    for xml in (style(CALL, before=before), style(entry=CALL, before=before)):
        with pytest.raises(StyleError, match=said):
            load_style_text(xml)


def test_a_key_without_its_macro_is_refused():
    with pytest.raises(StyleError, match="'gone'"):
        load_style_text(style(cite_sort='<key macro="gone"/>'))


def test_a_macro_may_be_called_twice():
    assert cited(style(CALL * 2, before=macro("a", TITLE)), {"a": work(title="T")}) == ["TT"]


@pytest.mark.parametrize("xml", ["<style", "", style().replace("layout", "outlay"), "<a/>"])
def test_what_is_no_style_is_refused(xml):
    with pytest.raises(StyleError):
        load_style_text(xml)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(StyleError, match=r"gone\.csl"):
        load_style(tmp_path / "gone.csl")


# Languages


def said(lang: str = "", *, root: str = "", before: str = "", form: str = "long") -> str:
    """The word for editors that a style in this language has."""
    names = f'<names variable="editor"><name form="short"/><label form="{form}" prefix=" "/></names>'
    works = {"a": {"type": "book", "editor": people("Ash, Ann", "Elm, Eve")}}
    return cited(style(names, root=root, before=before), works, lang=lang)[0].removeprefix("Ash, Elm ")


@pytest.mark.parametrize(
    ("lang", "root", "expected"),
    [
        ("", "", "editors"),
        ("fr-FR", "", "éditeurs"),
        ("fr", "", "éditeurs"),
        ("fr_fr", "", "éditeurs"),
        ("", 'default-locale="fr-FR"', "éditeurs"),
        ("", 'default-locale="fr"', "éditeurs"),
        ("en-US", 'default-locale="fr-FR"', "editors"),
        ("de-AT", "", "Herausgeber"),
        ("xx", "", "editors"),
        ("", 'default-locale="xx-YY"', "editors"),
        ("fr-BE", "", "éditeurs"),
    ],
)
def test_a_style_speaks_the_language_asked_for_or_its_own(lang, root, expected):
    assert said(lang, root=root) == expected


def editors(word: str, form: str = "long") -> str:
    return f'<term name="editor" form="{form}"><single>{word}</single><multiple>{word}s</multiple></term>'


EVERY, GERMAN, AUSTRIAN = (
    terms(editors("every")),
    terms(editors("german"), "de"),
    terms(editors("austrian"), "de-AT"),
)


@pytest.mark.parametrize("before", [EVERY + GERMAN + AUSTRIAN, AUSTRIAN + GERMAN + EVERY])
@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("de-AT", "austrians"),
        ("de-DE", "germans"),
        ("de", "germans"),
        ("en-US", "everys"),
        ("fr-FR", "everys"),
    ],
)
def test_the_nearest_words_of_the_style_are_taken(before, lang, expected):
    assert said(lang, before=before) == expected


def test_words_for_another_language_are_not():
    assert said("en-US", before=GERMAN) == "editors"
    assert said("de-DE", before=AUSTRIAN) == "Herausgeber"


def test_a_word_in_one_form_leaves_the_others():
    before = terms(editors("redactor", "short"))
    assert said(before=before, form="short") == "redactors"
    assert said(before=before) == "editors"


@pytest.mark.parametrize(
    ("form", "defined", "expected"),
    [
        ("verb-short", "verb", "x"),
        ("verb-short", "long", "x"),
        ("symbol", "short", "x"),
        ("symbol", "long", "x"),
        ("short", "long", "x"),
    ],
)
def test_a_missing_form_falls_back(form, defined, expected):
    before = terms(f'<term name="recipe" form="{defined}">x</term>')
    assert cited(style(f'<text term="recipe" form="{form}"/>', before=before), {"a": work()}) == [expected]


def test_a_word_that_is_empty_prints_nothing():
    before = terms('<term name="page" form="short"><single/><multiple/></term>')
    works = {"a": work(page="3-4")}
    assert cited(style(PAGES.format("short"), before=before), works) == ["3–4"]
    assert cited(style(PAGES.format("short")), works) == ["pp. 3–4"]


def numbered(before: str, *numbers: int, lang: str = "") -> list[str]:
    """The numbers as ordinals."""
    works = {str(number): work(edition=number) for number in numbers}
    return cited(style('<number variable="edition" form="ordinal"/>', before=before), works, lang=lang)


def test_ordinals_of_a_style_replace_all_of_the_language():
    assert numbered("", 1, 2, 3, 11) == ["1st", "2nd", "3rd", "11th"]
    assert numbered(terms('<term name="ordinal">.</term>'), 1, 2, 3, 11) == ["1.", "2.", "3.", "11."]
    some = terms('<term name="ordinal">:</term><term name="ordinal-02">;</term>')
    assert numbered(some, 1, 2, 12, 22, 102) == ["1:", "2;", "12;", "22;", "102;"]


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        ("last-digit", ["2x", "12x", "22x", "112x"]),
        ("last-two-digits", ["2x", "12.", "22.", "112."]),
        ("whole-number", ["2x", "12.", "22.", "112."]),
    ],
)
def test_what_an_ordinal_goes_by(match, expected):
    before = terms(f'<term name="ordinal">.</term><term name="ordinal-02" match="{match}">x</term>')
    assert numbered(before, 2, 12, 22, 112) == expected


def test_other_words_do_not_touch_ordinals():
    assert numbered(terms('<term name="and">plus</term>'), 1, 2) == ["1st", "2nd"]


@pytest.mark.parametrize(
    ("lang", "options", "expected"),
    [
        ("en-US", "", "“T,” x"),
        ("en-GB", "", "‘T’, x"),
        ("en-US", '<style-options punctuation-in-quote="false"/>', "“T”, x"),
        ("de-DE", '<style-options punctuation-in-quote="true"/>', "„T,“ x"),
        ("de-DE", "", "„T“, x"),
    ],
)
def test_where_a_comma_stands_in_a_language(lang, options, expected):
    before = terms("", more=options) if options else ""
    content = '<group delimiter=", "><text variable="title" quotes="true"/><text value="x"/></group>'
    assert cited(style(content, before=before), {"a": work(title="T")}, lang=lang) == [expected]


def test_a_date_of_the_style_replaces_that_of_the_language():
    own = (
        '<date form="text"><date-part name="year" suffix="/"/>'
        '<date-part name="month" form="numeric" suffix="/"/><date-part name="day"/></date>'
    )
    works = {"a": {"type": "book", "issued": {"date-parts": [[2001, 5, 3]]}}}
    content = '<date variable="issued" form="text"/>'
    assert cited(style(content), works) == ["May 3, 2001"]
    assert cited(style(content, before=terms("", more=own)), works) == ["2001/5/3"]


# The schema


def written(folder: Path, xml: str) -> Path:
    path = folder / "own.csl"
    path.write_text(xml, encoding="utf-8")
    return path


def test_nothing_is_wrong_with_a_valid_style(tmp_path):
    assert complaints(written(tmp_path, style(NAMES, TITLE, before=macro("a", TITLE)))) == ()


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ('<text variabel="title"/>', "line 3: Element text failed to validate attributes"),
        ('<text value="x" font-style="bent"/>', "line 3: Invalid attribute font-style for element text"),
        (
            '<names variable="a"><name et-al-min="b"/></names>',
            "line 3: Element names failed to validate content",
        ),
        ("<choose/>", "line 3: Expecting an element if, got nothing"),
        ('<texts variable="title"/>', "line 1: Did not expect element texts there"),
    ],
)
def test_an_invalid_style_is_told_with_its_lines(tmp_path, wrong, complaint):
    found = complaints(written(tmp_path, style(f"\n\n{wrong}\n")))
    assert complaint in found
    assert len(found) <= 3


@pytest.mark.parametrize(
    "xml",
    [style(cite_options='collapse="years"'), style(kind="footnote"), style(before='<macro name="a"/>')],
)
def test_more_that_a_schema_minds(tmp_path, xml):
    assert complaints(written(tmp_path, xml))


def test_comments_and_what_stands_between_elements_are_skipped():
    xml = style(f"<!-- first -->{TITLE}<?pi x?>", before="<!-- no macro -->")
    assert cited(xml, {"a": work(title="T")}) == ["T"]


# Conditions of several values


@pytest.mark.parametrize("kind", ["book", "thesis", "map"])
def test_a_work_is_of_a_type_when_it_is_of_one_of_several(kind):
    yes, no = (f'<text value="{word}"/>' for word in ("yes", "no"))
    asked = f'<choose><if type="book thesis">{yes}</if><else>{no}</else></choose>'
    assert cited(style(asked), {"a": work(type=kind)}) == ["no" if kind == "map" else "yes"]


# The bundled locales

EVERYTHING = (
    '<group delimiter="; "><names variable="author"><name and="text"/><et-al/></names>'
    '<date variable="issued" form="text"/><date variable="issued" form="numeric"/>'
    '<date variable="issued"><date-part name="day" form="ordinal"/><date-part name="month" form="short"/>'
    '<date-part name="century"/></date>'
    '<number variable="edition" form="ordinal"/><number variable="edition" form="long-ordinal"/>'
    '<label variable="page" plural="always"/><text term="editor" form="verb-short"/>'
    '<text variable="title" quotes="true"/></group>'
)


@pytest.mark.parametrize("lang", sorted(citeproc.LANGUAGE_NAMES))
def test_every_bundled_locale_has_what_a_style_asks_for(lang):
    locale = load_style_text(style(EVERYTHING), lang).locale
    assert locale.lang == lang
    missing = [
        name for name in ("and", "et-al", "editor", "page", "accessed", "month-05") if not locale.term(name)
    ]
    assert not missing
    assert {"text", "numeric"} <= set(locale.dates)
    works = {
        "a": work(
            people("Ash, Ann", "Elm, Eve"), issued={"date-parts": [[2001, 5, 3]]}, edition=2, page="1-2"
        )
    }
    (made,) = cited(style(EVERYTHING), works, lang=lang)
    assert "2001" in made
    assert "Ash" in made


def test_a_style_is_kept_until_its_file_changes(tmp_path):
    path = written(tmp_path, style(TITLE))
    kept = load_style(path)
    assert load_style(path) is kept
    path.write_text(style(f"{TITLE}{TITLE}"), encoding="utf-8")
    assert len(load_style(path).citation.children) == 2
