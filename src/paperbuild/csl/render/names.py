"""``cs:names``: sets of names, how many of them are shown, and what joins them (CSL 1.0.2, "Names")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from paperbuild.csl.items.item import Name
from paperbuild.csl.style.nodes import EtAl, Label, NameOptions, Names
from paperbuild.csl.text import case
from paperbuild.csl.text.tree import PLAIN, Child, Format, Rich

from .person import LATIN, base_level, person, sortable
from .scene import NameSet, Scene

_VAV = "\u05d5"
"""The Hebrew ``and``, which is written onto the next word."""
_EAST = frozenset({"ja", "zh"})


def render_names(node: Names, scene: Scene) -> Child | None:
    """The names of the variables that have some, each with its label; None where none has.

    The node is tagged ``names``; its data are the sets of names that were printed.
    """
    sets = list(_sets(node, scene))
    if not sets or (not scene.place.sorting and not any(_limit(node.name, len(n), scene) for _, n in sets)):
        return None
    if node.name.form == "count":
        return _count(node, sets, scene)
    pieces: list[Child] = []
    records: list[NameSet] = []
    for variable, names in sets:
        made, record = _set(node, variable, names, scene)
        pieces.append(made)
        records.append(record)
    return Rich(tuple(pieces), node.format, "names", tuple(records))


def _sets(node: Names, scene: Scene) -> Iterator[tuple[str, tuple[Name, ...]]]:
    """Each variable with its names; an editor who is the translator, too, once (CSL 1.0.2, "Names")."""
    people = scene.item.names
    wanted = [name for name in node.variables if people.get(name) and name not in scene.hidden]
    both = {"editor", "translator"}
    if both <= set(wanted) and people["editor"] == people["translator"]:
        form = "long" if node.label is None else node.label.form
        if scene.style.locale.term("editortranslator", form):
            first = next(name for name in wanted if name in both)
            wanted = ["editortranslator" if n == first else n for n in wanted if n == first or n not in both]
    for name in wanted:
        yield name, people["editor" if name == "editortranslator" else name]


def _count(node: Names, sets: Sequence[tuple[str, tuple[Name, ...]]], scene: Scene) -> Child | None:
    number = sum(_limit(node.name, len(names), scene) for _, names in sets)
    return str(number) if number else None


def _limit(options: NameOptions, total: int, scene: Scene) -> int:
    """How many of so many names the style shows."""
    least, first = options.et_al_min, options.et_al_use_first
    if not scene.place.bibliography and "subsequent" in scene.place.position:
        least = options.et_al_subsequent_min or least
        first = options.et_al_subsequent_use_first or first
    return total if first is None or not least or total < least else min(first, total)


def _set(node: Names, variable: str, names: tuple[Name, ...], scene: Scene) -> tuple[Child, NameSet]:
    """The names of one variable with their label, and the record of what is shown."""
    options, index = node.name, scene.name_sets
    scene.name_sets += 1
    total = len(names)
    shown = _limit(options, total, scene)
    levels = _levels(node, names, index, scene)
    if not scene.place.sorting and index < len(scene.told.shown):
        shown = min(max(shown, scene.told.shown[index]), total)
    record = NameSet(variable, names, shown, options.initialize_with is not None and options.initialize)
    scene.sets.append(record)
    made = (_sorted if scene.place.sorting else _list)(node, names, shown, levels, scene)
    return _labelled(node, variable, names, made, scene), record


def _levels(node: Names, names: Sequence[Name], index: int, scene: Scene) -> tuple[int, ...]:
    base = base_level(node.name)
    told = scene.told.levels[index] if index < len(scene.told.levels) else ()
    everywhere = scene.given.levels
    if not told and not everywhere:
        return (base,) * len(names)
    result = []
    for place, name in enumerate(names):
        own = told[place] if place < len(told) else 0
        result.append(max(base, own, everywhere.get((name, place == 0), 0)))
    return tuple(result)


def _sorted(node: Names, names: Sequence[Name], shown: int, levels: Sequence[int], _: Scene) -> Child:
    """The names as a text to sort by."""
    visible = _visible(node.name, len(names), shown)
    return " ".join([sortable(names[place], node.name, levels[place]) for place in visible])


def _visible(options: NameOptions, total: int, shown: int) -> list[int]:
    """The places of the names that are printed: the first ones, and with ``et-al-use-last`` the last."""
    last = options.et_al_use_last and shown <= total - 2
    return [*range(shown), total - 1] if last else list(range(shown))


def _list(node: Names, names: Sequence[Name], shown: int, levels: Sequence[int], scene: Scene) -> Child:
    """The names that are shown, joined."""
    options, lang = node.name, scene.style.locale.lang
    east = scene.item.text.get("language", "")[:2] in _EAST
    visible = _visible(options, len(names), shown)
    inverted = [_is_inverted(options, place, names[place], scene) for place in visible]
    around = Format(prefix=options.format.prefix, suffix=options.format.suffix)
    pieces = [
        Rich(
            (person(names[place], options, levels[place], inverted=turned, lang=lang, east=east),),
            PLAIN if around == PLAIN else around,
            "name",
            names[place],
        )
        for place, turned in zip(visible, inverted, strict=True)
    ]
    if len(visible) > shown:
        whole = _ellipsis(pieces, options)
    elif shown < len(names):
        whole = _et_al(pieces, inverted, options, node.et_al)
    else:
        whole = _all(pieces, inverted, options)
    look = options.format
    return Rich(
        (whole,), replace(look, prefix="", suffix="") if look.prefix or look.suffix else look, "persons"
    )


def _is_inverted(options: NameOptions, place: int, name: Name, scene: Scene) -> bool:
    if name.literal or not name.family or not (name.given or name.dropping):
        return False
    if options.form == "short" and not scene.told.levels and not scene.given.levels:
        return False
    return options.name_as_sort_order == "all" or (options.name_as_sort_order == "first" and place == 0)


def _row(pieces: Sequence[Child], delimiter: str) -> Child:
    if len(pieces) == 1:
        return pieces[0]
    return Rich(tuple(pieces), Format(delimiter=delimiter) if delimiter else PLAIN)


def _all(pieces: Sequence[Child], inverted: Sequence[bool], options: NameOptions) -> Child:
    """All names, with ``and`` before the last one where the style has it."""
    if len(pieces) < 2 or not options.and_:
        return _row(pieces, options.delimiter)
    joint = _joint(len(pieces), inverted[-2], options)
    return Rich((_row(pieces[:-1], options.delimiter), joint, pieces[-1]))


def _joint(count: int, after_inverted: bool, options: NameOptions) -> str:
    """What stands between the last two names: ``, and `` or `` and ``."""
    word = options.and_
    spaced = word.startswith("&") or (bool(LATIN.match(word)) and not word.startswith(_VAV))
    rule = options.delimiter_precedes_last
    delimited = (
        rule == "always"
        or (rule == "contextual" and count > 2)
        or (rule == "after-inverted-name" and after_inverted)
    )
    if word.startswith(_VAV) and not word[-1].isspace():
        return f" {word}"
    if not spaced:
        return (options.delimiter if rule == "always" and count == 2 else "") + word
    before = options.delimiter if delimited else " "
    return f"{before}{word} "


def _et_al(pieces: Sequence[Child], inverted: Sequence[bool], options: NameOptions, et_al: EtAl) -> Child:
    rule = options.delimiter_precedes_et_al
    delimited = (
        rule == "always"
        or (rule == "contextual" and len(pieces) > 1)
        or (rule == "after-inverted-name" and bool(pieces) and inverted[-1])
    )
    if not et_al.text:
        return _row(pieces, options.delimiter)
    words: Child = et_al.text if et_al.format == PLAIN else Rich((et_al.text,), et_al.format)
    if not pieces:
        return words
    spaced = LATIN.match(et_al.text) or (not LATIN.search(et_al.text) and et_al.text[:1].isascii())
    between = options.delimiter if delimited else " " if spaced else ""
    return Rich(
        (_row(pieces, options.delimiter), between, words)
        if between
        else (_row(pieces, options.delimiter), words)
    )


def _ellipsis(pieces: Sequence[Child], options: NameOptions) -> Child:
    """``A, B, … Z`` (CSL 1.0.2, ``et-al-use-last``)."""
    return Rich((_row(pieces[:-1], options.delimiter), f"{options.delimiter}… ", pieces[-1]))


def _labelled(node: Names, variable: str, names: Sequence[Name], made: Child, scene: Scene) -> Child:
    """The names of a variable with its label before or after them."""
    label = (
        None if node.label is None or scene.place.sorting else _label(node.label, variable, len(names), scene)
    )
    if label is None:
        return made
    return Rich((label, made) if node.label_first else (made, label))


def _label(label: Label, variable: str, count: int, scene: Scene) -> Child | None:
    many = label.plural == "always" or (label.plural == "contextual" and count > 1)
    words = scene.style.locale.term(variable, label.form, plural=many)
    if not words:
        return None
    child: Child = words
    if label.strip_periods:
        child = case.strip_periods(child)
    if label.text_case:
        child = case.change(child, label.text_case, scene.style.locale.lang)
    return Rich((child,), label.format, "label")
