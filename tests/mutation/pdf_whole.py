"""Faults in a PDF as a whole: its outline, its pages, its metadata, its fonts and its structure tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Dictionary, OutlineItem
from tests.mutation.pdf_edit import Edit, Fault, Words
from tests.mutation.pdf_faults import pick
from tests.mutation.pdf_paper import Node, Paper, bare, below
from tests.mutation.pdf_parts import parts
from tests.mutation.pdf_pictures import cut
from tests.mutation.pdf_things import thing

# -- outline ---------------------------------------------------------------------------------------------

Siblings = list[OutlineItem]


def outline(change: Callable[[Edit, Siblings, int], bool]) -> Fault:
    """An outline entry is changed, given its siblings and its place; the change says whether it could."""

    def fault(edit: Edit) -> Words | None:
        with edit.pdf.open_outline() as opened:
            places = list(_entries(opened.root))
            edit.rng.shuffle(places)
            for siblings, index in places:
                words = tuple(item.title for item in siblings[index : index + 2])
                if change(edit, siblings, index):
                    return words if change is swap_entries else words[:1]
        return None

    return fault


def _entries(items: Siblings) -> list[tuple[Siblings, int]]:
    found = []
    for index, item in enumerate(items):
        found += [(items, index), *_entries(item.children)]
    return found


def drop_entry(edit: Edit, siblings: Siblings, index: int) -> bool:
    """The entry goes; those under it come in its place."""
    del edit
    siblings[index : index + 1] = siblings[index].children
    return True


def duplicate_entry(edit: Edit, siblings: Siblings, index: int) -> bool:
    """The entry stands twice."""
    del edit
    item = siblings[index]
    siblings.insert(index + 1, OutlineItem(item.title, item.destination, action=item.action))
    return True


def swap_entries(edit: Edit, siblings: Siblings, index: int) -> bool:
    """The entry and the next, with those under them, change places."""
    del edit
    if len(siblings) <= index + 1 or siblings[index].title == siblings[index + 1].title:
        return False
    siblings[index : index + 2] = [siblings[index + 1], siblings[index]]
    return True


def truncate_entry(edit: Edit, siblings: Siblings, index: int) -> bool:
    """The entry's title has lost its end."""
    del edit
    title = siblings[index].title
    siblings[index].title = cut(title)
    return bool(bare(title) != bare(cut(title)))


def mislead_entry(edit: Edit, siblings: Siblings, index: int) -> bool:
    """The entry leads to another page."""
    destination = siblings[index].destination
    if not isinstance(destination, pikepdf.Array):
        return False
    others = [page.obj for page in edit.pdf.pages if page.obj.objgen != destination[0].objgen]
    if others:
        destination[0] = edit.rng.choice(others)
    return bool(others)


# -- pages -----------------------------------------------------------------------------------------------


def paged(change: Callable[[Edit, int], None], least: int = 2) -> Fault:
    """A page is changed, in a file of at least so many."""

    def fault(edit: Edit) -> Words | None:
        count = len(edit.pdf.pages)
        last = count - 1 if change is swap_pages else count
        full = [number for number in range(last) if _texts(edit.paper, number)]
        if count < least or not full:
            return None
        number = edit.rng.choice(full)
        change(edit, number)
        second = _texts(edit.paper, number + 1) if change is swap_pages else []
        numbers = [number + 1, number + 2] if change in {swap_pages, duplicate_page} else [number + 1]
        return (*(f"page {each}" for each in numbers), *_texts(edit.paper, number), *second)

    return fault


def _texts(paper: Paper, number: int) -> list[str]:
    """What a reader reads on a page, block by block."""
    blocks = [*parts(paper).body, *parts(paper).notes]
    found = (paper.text(part, page=number) for block in blocks for part in _undivided(block))
    return [text for text in found if bare(text)]


def _undivided(block: Node) -> Iterator[Node]:
    """The paragraphs, items and cells of a block; it may hold more than stands on one page."""
    kinds = ("P", "LI", "TH", "TD")
    inner = [node for node in below(block) if node is not block and node.kind in kinds]
    yield from inner or [block]


def drop_page(edit: Edit, number: int) -> None:
    """The page is not in the file."""
    del edit.pdf.pages[number]


def duplicate_page(edit: Edit, number: int) -> None:
    """The page comes twice."""
    edit.pdf.pages.insert(number + 1, edit.pdf.pages[number])


def swap_pages(edit: Edit, number: int) -> None:
    """The page comes after the next."""
    page = edit.pdf.pages[number]
    del edit.pdf.pages[number]
    edit.pdf.pages.insert(number + 1, page)


def blank_page(edit: Edit, number: int) -> None:
    """The page is empty."""
    edit.pdf.pages[number].Contents = edit.pdf.make_stream(b"")


# -- metadata --------------------------------------------------------------------------------------------


def drop_metadata(key: str) -> Fault:
    """The document information lacks an entry."""

    def fault(edit: Edit) -> Words | None:
        value = str(edit.pdf.docinfo.get(key, ""))
        if not bare(value):
            return None
        del edit.pdf.docinfo[key]
        if "/Metadata" in edit.pdf.Root:
            del edit.pdf.Root.Metadata
        return (value, *edit.paper.authors) if key == "/Author" else (value,)

    return fault


def change_title(edit: Edit) -> Words | None:
    """The document information has another title."""
    title = edit.paper.title
    if not bare(title):
        return None
    fresh = edit.rng.choice((cut(title), f"{title} revisited", "Untitled document"))
    edit.pdf.docinfo["/Title"] = pikepdf.String(fresh)
    if "/Metadata" in edit.pdf.Root:
        del edit.pdf.Root.Metadata
    return (title, fresh)


def change_language(edit: Edit) -> Words | None:
    """The document says that it is in another language."""
    old = str(edit.pdf.Root.get("/Lang", ""))
    fresh = edit.rng.choice([tag for tag in ("en", "de", "fr", "es", "ru") if tag != old[:2]])
    edit.pdf.Root.Lang = pikepdf.String(fresh)
    return (old, fresh) if old else (fresh,)


# -- fonts and tags --------------------------------------------------------------------------------------


def drop_font(edit: Edit) -> Words | None:
    """A font is not in the file any more."""
    found = []
    for thing_ in edit.pdf.objects:
        if isinstance(thing_, Dictionary) and thing_.get("/Type") == "/FontDescriptor":
            found += [(thing_, key) for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in thing_]
    if not found:
        return None
    descriptor, key = edit.rng.choice(found)
    del descriptor[key]
    return (str(descriptor.FontName).split("+")[-1],)


def drop_tree(edit: Edit) -> Words | None:
    """The file has no structure tree."""
    del edit.pdf.Root.StructTreeRoot
    edit.pdf.Root.MarkInfo = Dictionary(Marked=False)
    return ("structure tree",)


def drop_tag(edit: Edit) -> Words | None:
    """A paragraph is painted as before, and the structure tree does not have it."""
    blocks = [thing(edit.paper, node) for node in parts(edit.paper).body if node.kind == "P"]
    paragraph = pick(edit, [each for each in blocks if len(bare(edit.paper.text(each.node))) > 7])
    if paragraph is None:
        return None
    edit.detach(paragraph.node)
    return paragraph.words
