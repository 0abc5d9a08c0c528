"""Names: their parts in order, initials, how many there are, what joins them, and what stands in for them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.csl.styles import TITLE, cited, cited_once, listed, people, style, terms, work

from paperbuild.csl.requests import CiteRequest, Cluster

MEER = {"family": "Meer", "given": "Aleida Maria", "non-dropping-particle": "van der"}
BERG = {"family": "Berg", "given": "Otto", "dropping-particle": "von"}
BOTH = {
    "family": "Tour",
    "given": "Jean",
    "dropping-particle": "de",
    "non-dropping-particle": "La",
    "suffix": "III",
}
FOUR = people("Ash, Ann", "Birch, Ben", "Cedar, Cleo", "Date, Dov")


def author(name: str = "", after: str = "", before: str = "") -> str:
    """``cs:names`` of the author with these attributes on ``cs:name``."""
    return f'<names variable="author">{before}<name {name}/>{after}</names>'


def one(names: Any, name: str = "", *, root: str = "", lang: str = "", **more: Any) -> str:
    """The names of one work as they are cited."""
    return cited(style(author(name), root=root), {"a": work(names, **more)}, lang=lang)[0]


# The parts of a name


@pytest.mark.parametrize(
    ("demote", "straight", "inverted"),
    [
        ("never", "Jean de La Tour III", "La Tour, Jean de, III"),
        ("sort-only", "Jean de La Tour III", "La Tour, Jean de, III"),
        ("display-and-sort", "Jean de La Tour III", "Tour, Jean de La, III"),
    ],
)
def test_particles(demote, straight, inverted):
    root = f'demote-non-dropping-particle="{demote}"'
    assert one([BOTH], root=root) == straight
    assert one([BOTH], 'name-as-sort-order="all"', root=root) == inverted
    assert one([BOTH], 'form="short"', root=root) == "La Tour"


@pytest.mark.parametrize(
    ("person", "name", "expected"),
    [
        (MEER, "", "Aleida Maria van der Meer"),
        (MEER, 'form="short"', "van der Meer"),
        (BERG, "", "Otto von Berg"),
        (BERG, 'form="short"', "Berg"),
        (BERG, 'name-as-sort-order="all"', "Berg, Otto von"),
        ({"family": "d'Orne", "given": "Luc"}, "", "Luc d’Orne"),
        ({"family": "Roe", "given": "Jim", "suffix": "Jr."}, "", "Jim Roe Jr."),
        ({"family": "Roe", "given": "Jim", "suffix": "Jr.", "comma-suffix": True}, "", "Jim Roe, Jr."),
        ({"family": "Roe", "given": "Jim", "suffix": "Jr."}, 'name-as-sort-order="all"', "Roe, Jim, Jr."),
        ({"family": "Roe", "given": "Jim", "suffix": "Jr."}, 'form="short"', "Roe"),
        ({"family": "Roe", "given": "Jim"}, 'name-as-sort-order="all" sort-separator=" "', "Roe Jim"),
        ({"family": "Plato"}, 'name-as-sort-order="all"', "Plato"),
        ({"literal": "Guild of Bakers"}, 'name-as-sort-order="all" initialize-with="."', "Guild of Bakers"),
        ({"literal": "Guild of Bakers"}, 'form="short"', "Guild of Bakers"),
    ],
)
def test_one_name(person, name, expected):
    assert one([person], name) == expected


@pytest.mark.parametrize(
    ("given", "options", "expected"),
    [
        ("Ann Mary", 'initialize-with="."', "A.M. Roe"),
        ("Ann Mary", 'initialize-with=". "', "A. M. Roe"),
        ("Ann Mary", 'initialize-with=""', "AM Roe"),
        ("Ann Mary", 'initialize-with=" "', "A M Roe"),
        ("Ann M.", 'initialize-with="."', "A.M. Roe"),
        ("Ann M.", 'initialize-with=". " initialize="false"', "Ann M. Roe"),
        ("A M", 'initialize-with=". " initialize="false"', "A. M. Roe"),
        ("A.M.", 'initialize-with="" initialize="false"', "AM Roe"),
        ("Ann Mary", 'initialize="false"', "Ann Mary Roe"),
        ("Anne-Marie", 'initialize-with="."', "A.-M. Roe"),
        ("Anne-Marie", 'initialize-with=""', "A-M Roe"),
        ("Élodie", 'initialize-with="."', "É. Roe"),
    ],
)
def test_initials(given, options, expected):
    assert one(f"Roe, {given}", options) == expected


def test_initials_without_hyphen():
    root = 'initialize-with-hyphen="false"'
    assert one("Roe, Anne-Marie", 'initialize-with="."', root=root) == "A.M. Roe"
    assert one("Roe, Anne-Marie", root=root) == "Anne-Marie Roe"


def test_the_look_of_the_parts():
    looks = (
        '<names variable="author"><name name-as-sort-order="first">'
        '<name-part name="family" text-case="uppercase" font-weight="bold"/>'
        '<name-part name="given" font-style="italic"/></name></names>'
    )
    works = {"a": work([BERG, MEER])}
    assert cited(style(looks), works) == [
        "<b>BERG</b>, <i>Otto</i> <i>von</i>, <i>Aleida Maria</i> <b>VAN DER</b> <b>MEER</b>"
    ]


def test_affixes_of_the_parts_go_around_all_that_belongs_to_them():
    parts = (
        '<names variable="author"><name name-as-sort-order="first">'
        '<name-part name="family" prefix="[" suffix="]"/>'
        '<name-part name="given" prefix="(" suffix=")"/></name></names>'
    )
    works = {"a": work([BERG, BERG])}
    assert cited(style(parts), works) == ["[Berg], (Otto von), (Otto) [von Berg]"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ('name-as-sort-order="first"', "Ash, Ann, Ben Birch, Cleo Cedar, Dov Date"),
        ('name-as-sort-order="all"', "Ash, Ann, Birch, Ben, Cedar, Cleo, Date, Dov"),
        (
            'name-as-sort-order="all" sort-separator=" " delimiter="; "',
            "Ash Ann; Birch Ben; Cedar Cleo; Date Dov",
        ),
        ('form="short" name-as-sort-order="all"', "Ash, Birch, Cedar, Date"),
    ],
)
def test_several_names(options, expected):
    assert one(FOUR, options) == expected


# What joins names


@pytest.mark.parametrize(
    ("rule", "two", "three"),
    [
        ("contextual", "Ash and Birch", "Ash, Birch, and Cedar"),
        ("always", "Ash, and Birch", "Ash, Birch, and Cedar"),
        ("never", "Ash and Birch", "Ash, Birch and Cedar"),
        ("after-inverted-name", "Ash and Birch", "Ash, Birch and Cedar"),
    ],
)
def test_the_delimiter_before_the_last_name(rule, two, three):
    options = f'form="short" and="text" delimiter-precedes-last="{rule}"'
    assert [one(FOUR[:2], options), one(FOUR[:3], options)] == [two, three]


@pytest.mark.parametrize(
    ("order", "two", "three"),
    [
        ("first", "Ash, Ann, and Ben Birch", "Ash, Ann, Ben Birch and Cleo Cedar"),
        ("all", "Ash, Ann, and Birch, Ben", "Ash, Ann, Birch, Ben, and Cedar, Cleo"),
    ],
)
def test_the_delimiter_after_an_inverted_name(order, two, three):
    options = f'and="text" delimiter-precedes-last="after-inverted-name" name-as-sort-order="{order}"'
    assert [one(FOUR[:2], options), one(FOUR[:3], options)] == [two, three]


@pytest.mark.parametrize(
    ("kind", "lang", "expected"),
    [
        ("text", "en-US", "Ash and Birch"),
        ("symbol", "en-US", "Ash &#38; Birch"),
        ("text", "de", "Ash und Birch"),
        ("text", "fr", "Ash et Birch"),
        ("symbol", "de", "Ash &#38; Birch"),
    ],
)
def test_and(kind, lang, expected):
    assert one(FOUR[:2], f'form="short" and="{kind}"', lang=lang) == expected


def test_without_and_there_are_delimiters_only():
    assert one(FOUR[:3], 'form="short" delimiter=" / "') == "Ash / Birch / Cedar"


# How many names


@pytest.mark.parametrize(
    ("count", "options", "expected"),
    [
        (4, 'et-al-min="4" et-al-use-first="1"', "Ash et al."),
        (3, 'et-al-min="4" et-al-use-first="1"', "Ash, Birch, Cedar"),
        (4, 'et-al-min="4" et-al-use-first="2"', "Ash, Birch, et al."),
        (4, 'et-al-min="3" et-al-use-first="3" et-al-use-last="true"', "Ash, Birch, Cedar, et al."),
        (4, 'et-al-min="3" et-al-use-first="2" et-al-use-last="true"', "Ash, Birch, … Date"),
        (4, 'et-al-min="3" et-al-use-first="2" and="text"', "Ash, Birch, et al."),
        (4, 'et-al-min="3" et-al-use-first="2" delimiter-precedes-et-al="never"', "Ash, Birch et al."),
        (4, 'et-al-min="3" et-al-use-first="1" delimiter-precedes-et-al="always"', "Ash, et al."),
        (4, 'et-al-min="3" et-al-use-first="1" delimiter-precedes-et-al="contextual"', "Ash et al."),
    ],
)
def test_et_al(count, options, expected):
    assert one(FOUR[:count], f'form="short" {options}') == expected


def test_the_last_name_after_a_single_one():
    options = 'form="short" et-al-min="3" et-al-use-first="1" et-al-use-last="true"'
    assert one(FOUR, options) == "Ash, … Date"


@pytest.mark.parametrize(
    ("first", "order", "expected"),
    [
        (1, "first", "Ash, Ann, et al."),
        (2, "first", "Ash, Ann, Ben Birch et al."),
        (2, "all", "Ash, Ann, Birch, Ben, et al."),
    ],
)
def test_et_al_after_an_inverted_name(first, order, expected):
    limits = f'et-al-min="3" et-al-use-first="{first}"'
    rule = f'delimiter-precedes-et-al="after-inverted-name" name-as-sort-order="{order}"'
    assert one(FOUR, f"{limits} {rule}") == expected


def test_et_al_in_other_words_and_another_look():
    xml = style(
        author(
            'form="short" et-al-min="2" et-al-use-first="1"', '<et-al term="and others" font-style="italic"/>'
        )
    )
    assert cited(xml, {"a": work(FOUR)}) == ["Ash <i>and others</i>"]


def test_fewer_names_when_a_work_is_cited_again():
    again = 'et-al-subsequent-min="3" et-al-subsequent-use-first="1"'
    options = f'et-al-min="4" et-al-use-first="3" {again} form="short"'
    works = {"three": work(FOUR[:3]), "four": work(FOUR)}
    xml = style(author(options), author(options))
    assert cited(xml, works, "three", "four", "three", "four") == [
        "Ash, Birch, Cedar",
        "Ash, Birch, Cedar, et al.",
        "Ash et al.",
        "Ash et al.",
    ]
    assert listed(xml, works) == ["Ash, Birch, Cedar", "Ash, Birch, Cedar, et al."]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "4 authors"),
        ('et-al-min="3" et-al-use-first="1"', "1 authors"),
        ('et-al-min="5" et-al-use-first="1"', "4 authors"),
    ],
)
def test_a_count_of_names(options, expected):
    names = author(f'form="count" {options}')
    xml = style(f'<group delimiter=" ">{names}<text value="authors"/></group>')
    assert cited(xml, {"a": work(FOUR)}) == [expected]


def test_a_count_goes_over_all_roles():
    names = '<names variable="author editor"><name form="count"/></names>'
    assert cited(style(names), {"a": work(FOUR[:3], editor=FOUR[:2])}) == ["5"]


# Labels


@pytest.mark.parametrize(
    ("content", "single", "many"),
    [
        ('<name form="short"/><label prefix=", "/>', "Ash, editor", "Ash, Birch, editors"),
        (
            '<name form="short"/><label form="short" prefix=" (" suffix=")"/>',
            "Ash (ed.)",
            "Ash, Birch (eds.)",
        ),
        ('<label form="verb" suffix=" "/><name form="short"/>', "edited by Ash", "edited by Ash, Birch"),
        ('<label suffix=" "/><name form="short"/>', "editor Ash", "editors Ash, Birch"),
        ('<name form="short"/><label prefix=" " plural="never"/>', "Ash editor", "Ash, Birch editor"),
        ('<name form="short"/><label prefix=" " plural="always"/>', "Ash editors", "Ash, Birch editors"),
        (
            '<name form="short"/><label prefix=" " form="short" strip-periods="true"/>',
            "Ash ed",
            "Ash, Birch eds",
        ),
        ('<name form="short"/><label prefix=" " text-case="uppercase"/>', "Ash EDITOR", "Ash, Birch EDITORS"),
    ],
)
def test_labels(content, single, many):
    works = {"one": {"type": "book", "editor": FOUR[:1]}, "two": {"type": "book", "editor": FOUR[:2]}}
    assert cited(style(f'<names variable="editor">{content}</names>'), works) == [single, many]


def test_each_role_has_its_label():
    names = (
        '<names variable="editor translator" delimiter="; ">'
        '<name form="short" and="text"/><label form="short" prefix=", "/></names>'
    )
    works = {"a": {"type": "book", "translator": FOUR[:1], "editor": FOUR[1:3]}}
    assert cited(style(names), works) == ["Birch and Cedar, eds.; Ash, trans."]


@pytest.mark.parametrize(
    ("form", "expected"),
    [("long", "Ash, Birch editors &#38; translators"), ("short", "Ash, Birch eds. &#38; trans.")],
)
def test_editors_who_translate_are_named_once(form, expected):
    content = f'<name form="short"/><label form="{form}" prefix=" "/>'
    same: dict[str, Any] = {"type": "book", "editor": FOUR[:2], "translator": FOUR[:2]}
    for variables in ("editor translator", "translator editor"):
        xml = style(f'<names variable="{variables}" delimiter="; ">{content}</names>')
        assert cited(xml, {"a": same}) == [expected]


def test_editors_who_do_not_all_translate_are_named_twice():
    names = '<names variable="editor translator" delimiter="; "><name form="short"/></names>'
    works = {"a": {"type": "book", "editor": FOUR[:2], "translator": FOUR[:1]}}
    assert cited(style(names), works) == ["Ash, Birch; Ash"]


def test_a_role_without_names_leaves_nothing():
    names = (
        '<names variable="editor translator" delimiter="; " prefix="(" suffix=")">'
        '<name form="short"/><label prefix=" "/></names>'
    )
    xml = style(f"{TITLE}{names}")
    works = {"a": work(title="T", editor=FOUR[:1]), "b": work(title="U")}
    assert cited(xml, works) == ["T(Ash editor)", "U"]


# Scripts


@pytest.mark.parametrize("options", ["", 'name-as-sort-order="all"', 'initialize-with="."'])
@pytest.mark.parametrize(
    ("family", "given", "expected"), [("王", "小明", "王小明"), ("山田", "花子", "山田花子")]
)
def test_chinese_and_japanese_names_stay_whole(family, given, expected, options):
    assert one([{"family": family, "given": given}], options) == expected
    assert one([{"family": family, "given": given}], 'form="short"') == family


def test_a_family_name_that_always_stands_first():
    name = {"family": "Wang", "given": "Xiaoming"}
    assert one([name]) == "Xiaoming Wang"
    static = name | {"static-ordering": True}
    assert one([static]) == "Wang Xiaoming"
    assert one([static], 'name-as-sort-order="all"') == "Wang Xiaoming"


@pytest.mark.parametrize(
    ("language", "expected"), [("ja", "Yamada Hanako"), ("en", "Hanako Yamada"), ("", "Hanako Yamada")]
)
def test_a_japanese_work_has_its_family_names_first(language, expected):
    assert one("Yamada, Hanako", language=language) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", "Анна Петровна Белова и Юрий Громов"),
        ('initialize-with=". "', "А. П. Белова и Ю. Громов"),
        ('name-as-sort-order="all" sort-separator=" " initialize-with=". "', "Белова А. П. и Громов Ю."),
        ('form="short"', "Белова и Громов"),
    ],
)
def test_russian_names(options, expected):
    names = people("Белова, Анна Петровна", "Громов, Юрий")
    assert one(names, f'and="text" {options}', lang="ru").replace("\u00a0", " ") == expected


def test_hebrew_and_is_written_onto_the_name():
    names = people("לוי, דנה", "כהן, אורי")
    assert one(names, 'and="text"', lang="he") == "דנה לוי ואורי כהן"


def test_markup_in_a_name():
    assert one([{"family": "R<i>o</i>e", "given": "A"}]) == "A R<i>o</i>e"


# Substitutes


SUBSTITUTE = (
    '<names variable="author"><name form="short" and="text"/><label form="short" prefix=" (" suffix=")"/>'
    '<substitute><names variable="editor"/><names variable="translator"/>'
    '<text variable="title" font-style="italic"/></substitute></names>'
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"author": FOUR[:1], "editor": FOUR[1:2], "title": "T"}, "Ash"),
        ({"editor": FOUR[:2], "title": "T"}, "Ash and Birch (eds.)"),
        ({"translator": FOUR[:1], "title": "T"}, "Ash (trans.)"),
        ({"title": "T"}, "<i>T</i>"),
    ],
)
def test_the_first_substitute_that_has_something_is_taken(data, expected):
    assert cited(style(SUBSTITUTE), {"a": {"type": "book", **data}}) == [expected]


def test_a_substitute_is_not_printed_again():
    editors = '<names variable="editor" prefix=", ed. "><name/></names>'
    titles = '<text variable="title" prefix=", "/>'
    data: dict[str, Any] = {"title": "T", "editor": FOUR[:1]}
    works = {"written": work(FOUR[1:2], **data), "edited": work(**data), "bare": work(title="T")}
    assert cited(style(f"{SUBSTITUTE}{titles}{editors}"), works) == [
        "Birch, T, ed. Ann Ash",
        "Ash (ed.), T",
        "<i>T</i>",
    ]


def test_a_substitute_with_options_of_its_own():
    names = (
        '<names variable="author"><name form="short"/><substitute>'
        '<names variable="editor"><name name-as-sort-order="all"/></names></substitute></names>'
    )
    assert cited(style(names), {"a": {"type": "book", "editor": FOUR[:1]}}) == ["Ash, Ann"]


def test_a_substitute_inside_of_a_macro():
    before = '<macro name="editors"><names variable="editor"><name initialize-with="."/></names></macro>'
    names = (
        '<names variable="author"><name form="short"/>'
        '<substitute><text macro="editors"/></substitute></names>'
    )
    works = {"a": {"type": "book", "editor": FOUR[:2]}}
    assert cited(style(names, before=before), works) == ["A. Ash, B. Birch"]


def test_nothing_to_stand_in_prints_nothing():
    assert cited(style(f"{SUBSTITUTE}<text value='x'/>"), {"a": work()}) == ["x"]


def test_names_join_as_the_document_speaks():
    before = terms('<term name="and">plus</term><term name="et-al">and co.</term>')
    names = author('form="short" and="text" et-al-min="3" et-al-use-first="1"')
    works = {"a": work(FOUR[:2]), "b": work(FOUR)}
    assert cited_once(style(names, before=before), works) == "Ash plus Birch; Ash and co."


def test_an_author_left_out():
    xml = style(f'<group delimiter=", ">{author()}{TITLE}</group>')
    works = {"a": work("Ash, Ann", title="T"), "b": work(title="U")}
    without = [Cluster((CiteRequest(key, suppress_author=True),)) for key in works]
    assert cited(xml, works, "a", *without) == ["Ann Ash, T", "T", "U"]
