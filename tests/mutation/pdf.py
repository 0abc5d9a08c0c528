"""Faults in finished PDFs, by name."""

from __future__ import annotations

from tests.mutation import Mutation
from tests.mutation import pdf_framed as framed
from tests.mutation import pdf_linked as linked
from tests.mutation import pdf_links as links
from tests.mutation import pdf_pictures as pictures
from tests.mutation import pdf_tables as tables
from tests.mutation import pdf_text as text
from tests.mutation import pdf_things as things
from tests.mutation import pdf_whole as whole
from tests.mutation.pdf_edit import Fault, mutation
from tests.mutation.pdf_faults import carry, drop, duplicate, either, swap, truncate

_SECTIONS: dict[str, Fault] = {
    "drop section": drop(things.sections),
    "duplicate section": duplicate(things.sections),
    "move section": swap(things.level_pairs),
    "truncate section": tables.truncate_section,
    "drop heading": drop(things.headings),
    "duplicate heading": duplicate(things.headings),
    "move heading": swap(things.followed(things.headings, "P")),
    "truncate heading": truncate(things.headings),
    "change a heading's level": tables.change_level,
    "drop paragraph": drop(things.paragraphs),
    "duplicate paragraph": duplicate(things.paragraphs),
    "move paragraph": either(
        swap(things.neighbours(things.paragraphs)), swap(things.together(things.paragraphs), near=False)
    ),
    "truncate paragraph": truncate(things.paragraphs),
    "drop list item": drop(things.items),
    "duplicate list item": duplicate(things.items),
    "move list item": swap(things.neighbours(things.items)),
    "truncate list item": truncate(things.items),
    "drop code line": drop(things.flat(things.code_lines)),
    "duplicate code line": duplicate(things.flat(things.code_lines)),
    "move code line": swap(things.code_lines),
    "truncate code line": truncate(things.flat(things.code_lines)),
    "change indentation": tables.unindent,
}

_LINKS: dict[str, Fault] = {
    "drop note": drop(linked.notes),
    "duplicate note": duplicate(linked.notes),
    "move note": links.swap_notes,
    "truncate note": truncate(linked.notes),
    "drop note and mark": links.drop_note_and_mark,
    "drop note mark": drop(linked.note_marks),
    "duplicate note mark": duplicate(linked.note_marks, beside=True),
    "move note mark": links.move_mark,
    "move note mark to another paragraph": links.move_mark_far,
    "drop citation": drop(linked.citations),
    "duplicate citation": duplicate(linked.citations),
    "move citation": links.move_citation,
    "truncate citation": truncate(linked.citations),
    "unlink citation": links.unlink(linked.citations),
    "lead citation to another entry": links.lead(linked.citations, links.other_entries),
    "drop reference": drop(things.references),
    "duplicate reference": duplicate(things.references),
    "move reference": carry(things.together(things.references), least=2),
    "swap two references": swap(things.together(things.references)),
    "truncate reference": truncate(things.references),
    "add a reference": tables.add_reference,
    "drop link": links.unlink(linked.links),
    "lead link elsewhere": links.lead(linked.links, links.other_places),
    "duplicate link": duplicate(linked.links),
    "truncate link": links.truncate_link(linked.links),
    "change scheme": links.lead(linked.links, links.other_scheme),
    "drop anchor": links.anchor(links.drop_anchor),
    "rename anchor": links.anchor(links.rename_anchor),
    "move anchor": links.anchor(links.move_anchor),
}

_TABLES: dict[str, Fault] = {
    "drop table": drop(framed.tables),
    "duplicate table": duplicate(framed.tables),
    "move table": swap(things.followed(framed.tables, "P", "H1", "H2", "H3", "H4", "L", "Div")),
    "truncate table": tables.truncate_table,
    "drop row": drop(things.flat(framed.rows)),
    "duplicate row": duplicate(things.flat(framed.rows)),
    "move row": swap(framed.rows),
    "drop cell": tables.drop_cell,
    "empty cell": tables.empty_cell,
    "duplicate cell": duplicate(framed.cells),
    "move cell": swap(tables.plain_cells, near=False),
    "truncate cell": truncate(framed.cells),
    "unmerge cells": tables.unmerge,
    "head row made a common row": tables.common_head,
    "drop caption": drop(framed.captions),
    "duplicate caption": duplicate(framed.captions),
    "truncate caption": truncate(framed.captions),
    "swap captions": swap(things.together(framed.captions), near=False),
    "change a caption's number": text.retype(framed.captions, text.LABEL_NUMBER),
    "drop figure": drop(framed.figures),
    "drop picture": drop(framed.pictures),
    "duplicate picture": duplicate(framed.pictures),
    "swap pictures": pictures.swap_pictures,
    "blank picture": pictures.blank_picture,
    "drop alternative text": pictures.drop_alt,
    "truncate alternative text": pictures.truncate_alt,
    "swap alternative texts": pictures.swap_alts,
    "drop equation": drop(things.equations),
    "duplicate equation": duplicate(things.equations),
    "move equation": swap(things.together(things.equations), near=False),
    "truncate equation": pictures.truncate_equation,
}

_TEXT: dict[str, Fault] = {
    "change a digit of a year in a paragraph": text.retype(things.paragraphs, text.YEAR),
    "change a digit in a reference": text.retype(things.references, text.DIGIT),
    "change a letter of a name in a reference": text.retype(things.references, text.NAME, text.LETTER),
    "change a letter in a paragraph": text.retype(things.paragraphs, text.LETTER, text.LETTER),
    "change a digit in a table cell": text.retype(framed.cells, text.DIGIT),
    "change an author's name on the page": text.retype(text.author_lines, text.LETTER, text.LETTER),
    "change a contents list's page number": text.retype(text.page_numbers, text.DIGIT),
    "white text": text.hidden(text.white),
    "invisible text": text.hidden(text.invisible),
    "transparent text": text.hidden(text.transparent),
    "tiny text": text.tiny,
    "covered text": text.covered,
    "text off the page": text.outside,
}

_WHOLE: dict[str, Fault] = {
    "drop title metadata": whole.drop_metadata("/Title"),
    "change title metadata": whole.change_title,
    "change language": whole.change_language,
    "drop author metadata": whole.drop_metadata("/Author"),
    "drop outline entry": whole.outline(whole.drop_entry),
    "duplicate outline entry": whole.outline(whole.duplicate_entry),
    "move outline entry": whole.outline(whole.swap_entries),
    "truncate outline entry": whole.outline(whole.truncate_entry),
    "lead outline entry to another page": whole.outline(whole.mislead_entry),
    "drop page": whole.paged(whole.drop_page),
    "duplicate page": whole.paged(whole.duplicate_page, least=1),
    "swap pages": whole.paged(whole.swap_pages),
    "blank page": whole.paged(whole.blank_page, least=1),
    "drop font": whole.drop_font,
    "drop structure tree": whole.drop_tree,
    "drop tag": whole.drop_tag,
}

MUTATIONS: dict[str, Mutation] = {
    name: mutation(fault) for name, fault in (_SECTIONS | _LINKS | _TABLES | _TEXT | _WHOLE).items()
}
"""The faults by what they do."""
